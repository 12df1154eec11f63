"""Answers are sent compressed to whoever takes them so: a hall loads its phones all at once.

gzip alone, since browsers take nothing better over plain http. What does not change between two
requests is packed once and kept. An answer compressed by a secret would betray it by its length
if somebody else could put guesses beside it: our secrets are in cookies and headers, which are not
compressed, and no page of another site is sent a seat's answer (SameSite, no-store).
"""

import gzip
import re
from typing import Final

from flask import Flask, Response, request

from moderator.web import language

SMALLEST: Final = 500
"""Bytes; what is shorter goes in one packet anyhow."""

QUICKLY: Final = 5
"""How hard zlib tries on what is sent once."""

PACKED: Final = frozenset(
    {
        "application/json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/markdown",
    }
)

BY_LANGUAGE: Final = "programme.show"
"""The endpoint whose answers last too, and differ by the language of whoever asks."""

LASTING: Final = frozenset(
    {
        BY_LANGUAGE,
        "static",
        "strings.show",
        "strings.hall",
        "strings.phone",
        "strings.display",
        "strings.panel",
    }
)
"""Endpoints whose answers have the same bytes as long as they have the same tag."""

_OURS: Final = ("/static/js/", "/static/css/")
_COMMENT: Final = re.compile(rb"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE)
"""One that has its lines to itself."""

_TYPE: Final = re.compile(rb"/\*\* @(?:type|param)\b[^*]*\*/ ?")
"""A type in the midst of a script's line, for whoever checks it."""

_BLANK: Final = re.compile(rb"^\s+", re.MULTILINE)
"""Indents and empty lines say nothing in a script, a style sheet or the HTML within a script."""


def init_app(app: Flask) -> None:
    """Compress the answers of an application from now on."""
    kept: dict[str, tuple[str, bytes]] = {}

    def compress(response: Response) -> Response:
        if response.mimetype not in PACKED or response.status_code not in (200, 304):
            return response
        response.vary.add("Accept-Encoding")
        tag, _ = response.get_etag()
        if tag is not None:
            # The same for both: what they say is the same, not their bytes.
            response.set_etag(tag, weak=True)
        if _is_worth_it(response):
            if tag is not None and request.endpoint in LASTING:
                _pack_once(response, tag, kept)
            else:
                _send_packed(response, gzip.compress(response.get_data(), QUICKLY, mtime=0))
        return response

    app.after_request(compress)


def _is_worth_it(response: Response) -> bool:
    length = response.content_length or response.calculate_content_length() or 0
    taken = request.accept_encodings.quality("gzip") > 0
    return response.status_code == 200 and taken and length >= SMALLEST


def _pack_once(response: Response, tag: str, kept: dict[str, tuple[str, bytes]]) -> None:
    key = request.path
    if request.endpoint == BY_LANGUAGE:
        key = f"{key} {language.current()}"
    of, packed = kept.get(key, ("", b""))
    if of != tag:
        response.direct_passthrough = False
        body = response.get_data()
        if request.path.startswith(_OURS):
            # They explain the source to its reader, and weigh as much as a fifth of all the rest.
            body = _BLANK.sub(b"", _TYPE.sub(b"", _COMMENT.sub(b"", body)))
        packed = gzip.compress(body, mtime=0)
        kept[key] = tag, packed
    response.close()  # the file; it need not be read
    _send_packed(response, packed)


def _send_packed(response: Response, packed: bytes) -> None:
    response.direct_passthrough = False
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    # Parts are of the file as it is.
    response.headers.pop("Accept-Ranges", None)
