"""A browser that costs little: one kept connection, cookies, and the forms of the page open now."""

from __future__ import annotations

import re
import socket
from html import unescape
from urllib.parse import urlencode, urlsplit

COOKIE = re.compile(rb"^set-cookie: ([^=;\r]+)=([^;\r]*)", re.I | re.M)
LENGTH = re.compile(rb"^content-length: (\d+)", re.I | re.M)
LOCATION = re.compile(rb"^location: (\S+)", re.I | re.M)
HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')
TIMEOUT_SECONDS = 30


class Reply:
    """What came back: the status, the head as bytes, the body as bytes."""

    def __init__(self, status: int, head: bytes, body: bytes) -> None:
        self.status, self.head, self.body = status, head, body

    @property
    def location(self) -> str:
        found = LOCATION.search(self.head)
        return urlsplit(found[1].decode()).path if found else ""


class Visitor:
    """One person. Raises OSError when the server is gone."""

    def __init__(self, port: int, *, encoding: str = "identity") -> None:
        self.port, self.encoding = port, encoding
        self.cookies: dict[str, str] = {}
        self.socket: socket.socket | None = None
        self.page = ""

    def _connection(self) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def request(self, method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
        """The bytes that ask for it."""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Accept-Encoding: {self.encoding}",
            "Accept-Language: fr",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def exchange(self, asked: bytes) -> Reply:
        """Send these bytes, read one whole reply."""
        connection = self._connection()
        connection.sendall(asked)
        got = b""
        while b"\r\n\r\n" not in got:
            part = connection.recv(65536)
            if not part:
                raise ConnectionResetError("the server closed the connection")
            got += part
        head, body = got.split(b"\r\n\r\n", 1)
        length = LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        parts, held = [body], len(body)
        while held < wanted:
            part = connection.recv(65536)
            if not part:
                raise ConnectionResetError("the server closed the connection")
            parts.append(part)
            held += len(part)
        return Reply(int(head[9:12]), head, b"".join(parts))

    def _noted(self, reply: Reply) -> Reply:
        for name, value in COOKIE.findall(reply.head):
            self.cookies[name.decode()] = value.decode()
        if self.encoding == "identity":
            self.page = reply.body.decode("utf-8", "replace")
        return reply

    def get(self, path: str) -> Reply:
        return self._noted(self.exchange(self.request("GET", path)))

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send the form of the page open now: its hidden fields go along."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.page)}
        body = urlencode(hidden | fields).encode()
        return self._noted(
            self.exchange(self.request("POST", path, body, "application/x-www-form-urlencoded"))
        )


class Stuck(AssertionError):
    """A page was not what a person would have seen."""


def expect(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        raise Stuck(f"{reply.status} instead of {status}: {reply.body[:300]!r}")
    return reply


def answer_wave(visitor: Visitor, code: str, marks: dict[str, str]) -> int:
    """Every question on a screen of its own, from the first screen to the thanks; how many requests."""
    first = f"/questionnaires/{code}"
    expect(visitor.get(first), 200)
    place = expect(visitor.post(f"{first}/debut", {}), 302).location
    requests = 2
    while not place.endswith("/merci"):
        reply = visitor.get(place)
        requests += 1
        if reply.status == 302:
            place = reply.location
            continue
        expect(reply, 200)
        key = place.rpartition("/")[2]
        go = "send" if 'value="send"' in visitor.page else ""
        place = expect(visitor.post(place, {key: marks[key], "go": go}), 302).location
        requests += 1
    expect(visitor.get(place), 200)
    return requests + 1


def send_idea(visitor: Visitor, text: str) -> int:
    """The whole way as a person goes it, nine requests; how many were made."""
    expect(visitor.get("/idees/nouvelle"), 200)
    expect(visitor.post("/idees/nouvelle", {"text": text}), 302)
    expect(visitor.get("/idees/nouvelle/theme"), 200)
    expect(visitor.post("/idees/nouvelle/theme", {"theme": "reach"}), 302)
    expect(visitor.get("/idees/nouvelle/reponse"), 200)
    answer = {"reply": "none", "public": "yes"}
    expect(visitor.post("/idees/nouvelle/reponse", answer), 302)
    expect(visitor.get("/idees/nouvelle/relecture"), 200)
    expect(visitor.post("/idees/nouvelle/envoi", {}), 302)
    expect(visitor.get("/idees/nouvelle/envoyee"), 200)
    return 9
