"""Writing a page: drafts, preview, the assistant, freezing, publishing, restoring, reviewing."""
