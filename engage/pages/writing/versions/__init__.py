"""The versions of a page: what changed between two of them, publishing one, going back to one."""
