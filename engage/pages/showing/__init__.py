"""Pages as readers meet them: on a phone, aloud, on paper."""
