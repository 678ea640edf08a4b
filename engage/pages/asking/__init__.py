"""What readers say of a page: did they understand, and what is missing."""
