"""One box over pages, words, the directory, events and what changes."""
