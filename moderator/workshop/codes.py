"""QR codes: reads a JSON list of texts, writes the list of their pictures (SVG) in its order.

Level Q bears a quarter of the picture being covered: a fold, a thumb, a coffee cup.
"""

import json
import sys

import segno

QUIET = 4
"""Modules of white around a code, as the standard asks for."""


def main() -> None:
    """Draw what comes in."""
    texts = json.load(sys.stdin)
    json.dump([drawn(text) for text in texts], sys.stdout)


def drawn(text: str) -> str:
    """One code, without a size of its own."""
    return segno.make_qr(text, error="q").svg_inline(border=QUIET, omitsize=True)


if __name__ == "__main__":
    main()
