"""Pages everyone understands: what they say, who checked it, the words, the directory, whom to call."""
