"""A phone in software: makes passkeys and answers for them as WebAuthn level 3 says (ES256)."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def _private_key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


@dataclass
class Phone:
    """Holds one key for one site. `checks_user` False: somebody else may be holding the phone."""

    origin: str = "http://localhost"
    checks_user: bool = True
    count: int = 0
    key: EllipticCurvePrivateKey = field(default_factory=_private_key)
    key_id: bytes = field(default_factory=lambda: token_bytes(32))
    user: str = ""

    def make(self, options: str) -> str:
        """What the browser sends after navigator.credentials.create()."""
        asked = json.loads(options)
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        self.user = asked["user"]["id"]
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        kept = bytes(16) + struct.pack(">H", len(self.key_id)) + self.key_id + cbor2.dumps(cose)
        data = self._data(asked["rp"]["id"], HAS_KEY) + kept
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = {"attestationObject": bytes_to_base64url(attestation)}
        return self._sent(said, self._client("webauthn.create", asked["challenge"]))

    def answer(self, options: str) -> str:
        """What the browser sends after navigator.credentials.get()."""
        asked = json.loads(options)
        self.count += 1
        data, client = self._data(asked["rpId"], 0), self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        said = {
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
            "userHandle": self.user,
        }
        return self._sent(said, client)

    def _data(self, site: str, flags: int) -> bytes:
        checked = VERIFIED if self.checks_user else 0
        return (
            sha256(site.encode()).digest()
            + bytes([flags | PRESENT | checked])
            + struct.pack(">I", self.count)
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        assert len(base64url_to_bytes(challenge)) >= 16
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _sent(self, said: dict[str, Any], client: bytes) -> str:
        response = said | {"clientDataJSON": bytes_to_base64url(client)}
        key_id = bytes_to_base64url(self.key_id)
        return json.dumps({"id": key_id, "rawId": key_id, "type": "public-key", "response": response})
