"""Writing a draft: both texts, the assistant, the preview, the pictures, the twenty questions."""
