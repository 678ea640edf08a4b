"""Sounds for tests, made here."""

from __future__ import annotations

import io
import wave


def sound(seconds: float = 1, rate: int = 8000) -> bytes:
    """A silent WAV file of that length."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(b"\x80" * int(rate * seconds))
    return held.getvalue()
