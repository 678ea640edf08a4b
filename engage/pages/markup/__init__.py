"""Our Markdown: a small set of blocks, no HTML, and the lines and sections of a text."""
