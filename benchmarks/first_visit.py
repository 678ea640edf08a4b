"""What a phone that never came here fetches for its first page: bytes over the wire, requests, script."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

import brotli

from benchmarks.visitor import Reply, Visitor, expect

LINKED = re.compile(
    r'<(?:link(?=[^>]*rel="(?:stylesheet|icon|preload|manifest)")[^>]*?href|script[^>]*?src|img[^>]*?src)="([^"]+)"'
)
IN_CSS = re.compile(r"url\(([^)]+)\)")
INLINE = re.compile(r"<script[^>]*>(.*?)</script>", re.S)


class FirstVisit(NamedTuple):
    """`script` counts files and what stands in the page."""

    bytes: int
    requests: int
    script: int


def _text(reply: Reply) -> str:
    packed = b"content-encoding: br" in reply.head.lower()
    return (brotli.decompress(reply.body) if packed else reply.body).decode("utf-8", "replace")


def _wire(reply: Reply) -> int:
    return len(reply.head) + 4 + len(reply.body)


def first_visit(port: int, path: str) -> FirstVisit:
    """As a browser with brotli does it: the page, what it links, what its style sheets draw in."""
    visitor = Visitor(port, encoding="gzip, br")
    page = expect(visitor.get(path), 200)
    total, script = _wire(page), sum(len(text.encode()) for text in INLINE.findall(_text(page)))
    queue = [urljoin(path, link) for link in LINKED.findall(_text(page))]
    seen = {path}
    for address in queue:
        if address in seen or address.startswith("data:"):
            continue
        seen.add(address)
        reply = expect(visitor.get(address), 200)
        total += _wire(reply)
        script += len(reply.body) if b"javascript" in reply.head else 0
        if b"text/css" in reply.head.lower():
            inside = (found.strip("'\"") for found in IN_CSS.findall(_text(reply)))
            queue += [urljoin(address, link) for link in inside if not link.startswith("data:")]
    visitor.close()
    return FirstVisit(total, len(seen), script)
