"""Free text as it comes over the wire: what people write, without what no text may hold."""

import unicodedata
from typing import Final

# Overrides and isolates would turn the text around them as well.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def written(text: str) -> str:
    """Text without white space around it; ValueError for what no text may hold."""
    for letter in text:
        shapeless = unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"
        if shapeless or letter in _TURNING:
            raise ValueError(f"U+{ord(letter):04X} is a character that no text may hold")
    if not text.strip():
        raise ValueError("nothing is written here")
    return text.strip()
