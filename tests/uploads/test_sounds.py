"""A recording is kept when it is one, short and light; anything else is refused in a sentence."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from engage.core.forms import Form
from engage.uploads import sounds
from engage.uploads.forms import SoundField
from engage.uploads.sounds import NotASound, check
from tests.uploads.pictures import photo
from tests.uploads.sounds import sound


class SoundForm(Form):
    voice = SoundField("Voix")


def filled(data: bytes) -> Any:
    return SoundForm(formdata=MultiDict({"voice": FileStorage(io.BytesIO(data), "voix.mp3", "voice")}))


def test_a_short_sound_is_kept_as_what_it_is(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        form = filled(sound())
        assert form.validate()
        assert form.voice.data.media_type == "audio/wav"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (photo(), "pas un son"),
        (b"<script>alert(1)</script>", "pas un son"),
        (b"ID3" + b"\0" * 200, "abîmé"),
        (b"OggS" + b"\xff" * 500, "abîmé"),
        (b"\0\0\0\x20ftypM4A " + b"\xff" * 300, "abîmé"),
        (sound()[:30], "abîmé"),
        (sound(sounds.SHORT.seconds + 1), "trop long"),
        (sound(10, rate=400_000), "trop lourd"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(app: Flask, data: bytes, said: str) -> None:
    with app.test_request_context("/", method="POST"):
        with pytest.raises(NotASound, match=said):
            check(data)
        form = filled(data)
        assert not form.validate() or form.voice.data is None


HEADS = (b"ID3\x04\0\0", b"\xff\xfb\x90\x64", b"OggS\0\x02", b"RIFF\0\0\0\0WAVEfmt ", b"\0\0\0\x18ftypmp42")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=400))
def test_whatever_stands_in_it_a_file_is_kept_or_refused(app: Flask, head: bytes, rest: bytes) -> None:
    with app.test_request_context("/", method="POST"), contextlib.suppress(NotASound):
        assert check(head + rest).data == head + rest
