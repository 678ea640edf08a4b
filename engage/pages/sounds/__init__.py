"""Recordings of a page: a human voice wins over the voice of the machine."""
