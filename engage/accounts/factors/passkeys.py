"""Passkeys (WebAuthn level 3): keys that a phone or a computer holds, and that also say who signs in.

The challenge stands in the browser's signed session; `is_fresh` makes it serve once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import webauthn
from flask import session as browser
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from engage.accounts.house import house, settings
from engage.accounts.models import Account, Passkey
from engage.core import keys, limits
from engage.core.clock import now

LIFE = timedelta(minutes=10)
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class NewKey:
    """What a device answered when it made a key for us."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def _host() -> str:
    return urlsplit(settings().base_url).hostname or ""


def _origin() -> str:
    parts = urlsplit(settings().base_url)
    return f"{parts.scheme}://{parts.netloc}"


def are_possible() -> bool:
    """Browsers make no passkeys for a bare number, nor without TLS but on localhost."""
    try:
        ip_address(_host())
    except ValueError:
        return settings().on_tls or _host() == "localhost"
    return False


def _keep(challenge: bytes) -> None:
    browser["challenge"] = {"value": bytes_to_base64url(challenge), "until": (now() + LIFE).timestamp()}


def _take() -> bytes | None:
    """The challenge this browser was given: once, and while it lasts."""
    held = browser.pop("challenge", None)
    if held is None or held["until"] < now().timestamp():
        return None
    until = datetime.fromtimestamp(held["until"], UTC)
    once = limits.first_time("passkey challenge", held["value"], until=until)
    return base64url_to_bytes(held["value"]) if once else None


def ask(held: Sequence[Passkey] = ()) -> str:
    """A question, as JSON for the browser, for one of these keys, or for any that it holds for this site."""
    if not are_possible():
        return ""
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        allow_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in held],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(options.challenge)
    return str(options_to_json(options))


def is_answer(answer: str, key: Passkey) -> bool:
    """Whether `key` signed the question of this browser. Notes how often the key was used."""
    challenge = _take()
    if challenge is None:
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE:
        return False
    key.sign_count = verified.new_sign_count
    return True


def named_in(answer: str) -> bytes | None:
    """The id of the key that answered."""
    try:
        return bytes(webauthn.helpers.parse_authentication_credential_json(answer).raw_id)
    except UNREADABLE:
        return None


def ask_to_make(account: Account, held: Sequence[Passkey]) -> str:
    """A request, as JSON for the browser, to make a key that can later sign in without a name."""
    if not are_possible():
        return ""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=house().name,
        user_id=bytes.fromhex(keys.digest("passkey user", str(account.actor_id))),
        user_name=account.email or account.full_name,
        user_display_name=account.full_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in held],
    )
    _keep(options.challenge)
    return str(options_to_json(options))


def made(answer: str) -> NewKey | None:
    """The key that a device made at our request, or None when the answer is not to be believed."""
    challenge = _take()
    if challenge is None:
        return None
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except UNREADABLE:
        return None
    return NewKey(verified.credential_id, verified.credential_public_key, verified.sign_count)
