"""Files as people send them, good and bad."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112


def packed(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    held = io.BytesIO()
    picture.save(held, kind, **options)
    return held.getvalue()


def photo(width: int = 60, height: int = 40, kind: str = "JPEG", **options: Any) -> bytes:
    return packed(Image.new("RGB", (width, height), (180, 90, 40)), kind, **options)


def with_secrets() -> bytes:
    """A photo lying on its side that says where it was taken, by whom, and more in a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x013B] = "Amina Secret"
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    return photo(exif=exif, comment=b"Secret comment", icc_profile=b"Secret profile")


def bomb_png(side: int = 30_000) -> bytes:
    """A few kilobytes that claim to be `side` x `side` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 200))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving_gif() -> bytes:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    return packed(frames[0], "GIF", save_all=True, append_images=frames[1:])


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture
