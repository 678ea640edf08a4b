"""The pictures of a page, as its authors put them in."""
