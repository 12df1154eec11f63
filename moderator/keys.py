"""Ids, and what is kept of secrets: their hashes."""

import base64
import hashlib
import secrets
from typing import Final

ID_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
ID_LENGTH: Final = 10
TOKEN_LENGTH: Final = 24
"""Of 64 signs: 144 bits."""


def new_id() -> str:
    """Ten letters and digits: 50 bits, for what is no secret."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


def is_id(text: str) -> bool:
    """Whether this could be an id of ours; what could not is not shown to the database."""
    return len(text) == ID_LENGTH and set(text) <= set(ID_LETTERS)


def new_secret() -> str:
    """What a device or a program keeps: 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Lower-case hexadecimal SHA-256; anything may be shown as a secret, even what is no text."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def token_of(digest: bytes) -> str:
    """The token of a link, from the digest that it is derived by."""
    return base64.urlsafe_b64encode(digest).decode()[:TOKEN_LENGTH]
