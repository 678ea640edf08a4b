"""The pages, the guide and the directory that a centre begins with."""
