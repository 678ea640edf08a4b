"""Whatever a file claims to be, only its pixels are kept."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engage.uploads.pictures import MAX_SIDE, CheckedPhoto, NotAPhoto, check
from tests.uploads import pictures

LIMIT = 1_000_000


def checked(data: bytes, *, max_bytes: int = LIMIT) -> CheckedPhoto:
    return check(data, max_bytes=max_bytes)


@pytest.fixture(autouse=True)
def speaking(app: Flask) -> object:
    with app.app_context():
        yield


@pytest.fixture(params=["sqlite"])
def engine_name() -> str:
    """Nothing here asks a database."""
    return "sqlite"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_photo_of_each_kind_is_drawn_again(kind: str) -> None:
    kept = checked(pictures.photo(kind=kind))
    again = pictures.opened(kept.data)
    assert (kept.media_type, again.format) == ("image/jpeg", "JPEG")
    assert again.size == (kept.width, kept.height) == (60, 40)


def test_photo_is_upright_and_forgets_where_it_was_taken() -> None:
    sent = pictures.with_secrets()
    assert b"Secret" in sent
    assert pictures.opened(sent).getexif().get_ifd(pictures.GPS)
    kept = checked(sent)
    again = pictures.opened(kept.data)
    assert again.size == (40, 60)
    assert not again.getexif()
    assert b"Secret" not in kept.data
    assert not {"exif", "comment", "icc_profile", "xmp"} & again.info.keys()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_text_hidden_in_other_kinds_goes_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Secret"
    seen = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    sent = pictures.packed(seen, kind, exif=exif, icc_profile=b"Secret profile", xmp=b"<x>Secret</x>")
    assert b"Secret" not in checked(sent).data


def test_large_photo_shrinks_in_proportion() -> None:
    kept = checked(pictures.photo(4000, 1000))
    assert (kept.width, kept.height) == (MAX_SIDE, 400)


def test_small_photo_does_not_grow() -> None:
    assert checked(pictures.photo(1, 1)).width == 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_picture_stays_transparent(mode: str) -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0)).convert(mode)
    kept = checked(pictures.packed(clear, "PNG", **({"transparency": 0} if mode == "P" else {})))
    corner = pictures.opened(kept.data).convert("RGBA").getpixel((0, 0))
    assert kept.media_type == "image/webp"
    assert isinstance(corner, tuple)
    assert corner[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_unusual_pixels_are_read(mode: str) -> None:
    grey = Image.new(mode, (20, 20), 40 * 256 if mode == "I;16" else 0)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    tone = pictures.opened(checked(pictures.packed(grey, kind)).data).convert("L").getpixel((5, 5))
    assert isinstance(tone, int)
    assert tone < 60 or mode == "CMYK"


def test_moving_picture_keeps_its_first_frame() -> None:
    kept = pictures.opened(checked(pictures.moving_gif()).data)
    red, _green, blue = kept.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red > 200 > blue


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    polyglot = pictures.photo() + b"PK\x03\x04<script>alert(1)</script>"
    assert b"script" not in checked(polyglot).data
    gif = pictures.moving_gif().replace(b"GIF89a", b"GIF89a") + b"<?php evil ?>"
    assert b"evil" not in checked(gif).data


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "vide"),
        (b"Bonjour, ceci est un texte.", "pas une photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "pas une photo"),
        (b"%PDF-1.7 ...", "pas une photo"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "pas une photo"),
        (pictures.packed(Image.new("RGB", (9, 9)), "BMP"), "pas une photo"),
        (pictures.packed(Image.new("RGB", (9, 9)), "TIFF"), "pas une photo"),
        (pictures.photo(800, 800, "PNG")[:900], "abîmée"),
        (pictures.photo(400, 400)[:1500], "abîmée"),
        (pictures.bomb_png(), "trop de points"),
        (pictures.bomb_png(9_000), "trop de points"),
    ],
)
def test_file_that_is_no_photo_is_refused_in_plain_words(sent: bytes, said: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(NotAPhoto, match=said):
        checked(sent)
    assert time.perf_counter() - begun < 2


def test_heavy_file_is_refused_unread() -> None:
    with pytest.raises(NotAPhoto, match="1\u00a0Mo"):
        checked(pictures.photo() + bytes(LIMIT))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(0, 3000), st.binary(min_size=1, max_size=12)
)
def test_damaged_file_is_kept_or_refused_but_never_breaks(kind: str, place: int, noise: bytes) -> None:
    sent = pictures.photo(64, 64, kind)
    place %= len(sent)
    try:
        kept = checked(sent[:place] + noise + sent[place + len(noise) :])
    except NotAPhoto:
        return
    assert pictures.opened(kept.data).size == (kept.width, kept.height)
