"""Pictures made new: whatever a file claims to be, only pixels that we drew again ourselves are kept."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from engage.core.i18n import gettext as _

READ = ("JPEG", "PNG", "WEBP", "GIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
MAX_PIXELS = 50_000_000
MAX_SIDE = 1600
QUALITY = 80
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow raises on files that lie or stop in the middle; each of its readers has its own ways.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_one_at_a_time = threading.Lock()  # an unpacked picture takes up to 200 MB


class NotAPhoto(ValueError):
    """The file cannot be kept; says why in one plain sentence."""


@dataclass(frozen=True)
class CheckedPhoto:
    """A picture drawn again: no metadata, at most MAX_SIDE pixels a side."""

    data: bytes
    media_type: str
    width: int
    height: int


def check(data: bytes, *, max_bytes: int) -> CheckedPhoto:
    """Draw the picture again, upright. Raises NotAPhoto."""
    if not data:
        raise NotAPhoto(_("This file is empty. Please choose your photo again."))
    if len(data) > max_bytes:
        limit = max_bytes // 1_000_000
        raise NotAPhoto(_("This photo is too heavy. It may weigh %(limit)s MB at most.", limit=limit))
    with _one_at_a_time:
        return _encoded(_drawn_again(data))


def _drawn_again(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=READ) as picture:
            return _pixels(picture)
    except NotAPhoto:
        raise
    except TOO_LARGE as fault:
        raise _too_many_pixels() from fault
    except UnidentifiedImageError as fault:
        wanted = _("We can read JPEG, PNG, WebP and GIF.")
        raise NotAPhoto(_("This file is not a photo that we can read.") + " " + wanted) from fault
    except BROKEN as fault:
        raise NotAPhoto(_("This photo is damaged or incomplete. Please choose it again.")) from fault


def _too_many_pixels() -> NotAPhoto:
    return NotAPhoto(_("This photo has too many pixels. Please choose a smaller one."))


def _pixels(picture: Image.Image) -> Image.Image:
    """The first picture of the file, upright, small enough, with nothing but its pixels."""
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a JPEG is unpacked at a fraction of its size
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    bare = _eight_bits(upright).convert(mode)
    bare.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    bare.info.clear()
    return bare


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey in 16 bits would turn white when converted."""
    return (
        picture.point(lambda value: value / 256).convert("L") if picture.mode.startswith("I;16") else picture
    )


def _encoded(picture: Image.Image) -> CheckedPhoto:
    """JPEG, which the oldest phone can show; WebP where something is transparent."""
    kind, options = ("WEBP", {"method": 4}) if picture.mode == "RGBA" else ("JPEG", {"progressive": True})
    packed = io.BytesIO()
    said: dict[str, Any] = {"quality": QUALITY, **options}
    picture.save(packed, kind, **said)
    return CheckedPhoto(packed.getvalue(), f"image/{kind.lower()}", picture.width, picture.height)
