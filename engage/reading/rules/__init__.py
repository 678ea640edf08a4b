"""What the assistant looks for, one family of rules a module; each gives findings in plain words."""
