"""Pages travel compressed: an old phone on a weak network waits for bytes, not for us.

Guessing a secret from the length of a compressed page needs requests that another site makes with our
cookies; ours are SameSite=Lax, so such a request for a part of a page carries none.
"""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

WORTH_BYTES = 1_000
TEXTS = ("text/html", "text/css", "application/json", "application/atom+xml")
BROTLI_QUALITY = 4
BROTLI_WINDOW = 17  # looks back over 128 kB: a page is shorter, and a thread keeps that much and not 4 MB
GZIP_LEVEL = 4


def _compress(response: Response) -> Response:
    if response.mimetype not in TEXTS or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    accepted = request.accept_encodings
    data = response.get_data()
    if len(data) < WORTH_BYTES or response.content_encoding:
        return response
    if accepted["br"]:
        response.set_data(brotli.compress(data, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW))
        response.content_encoding = "br"
    elif accepted["gzip"]:
        response.set_data(gzip.compress(data, GZIP_LEVEL))
        response.content_encoding = "gzip"
    return response


def init_app(app: Flask) -> None:
    app.after_request(_compress)
