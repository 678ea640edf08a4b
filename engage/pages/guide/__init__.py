"""Whom to call: three questions at most, and each way ends with a human."""
