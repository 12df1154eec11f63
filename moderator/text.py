"""Free text: what people write, without what no text may hold; and words of a refusal."""

import unicodedata
from collections.abc import Mapping
from typing import Final

# Overrides and isolates would turn the text around them as well; the others have no shape, and
# some of them (surrogates, unassigned characters) no file takes.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHAPELESS: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


class Words(str):
    """What is wrong, in English; `template` and `values` let it be said in another language.

    The template has the values' names as %(name)s, and is a string of the catalogues.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> "Words":
        """The words of the template with these values in it."""
        made = super().__new__(cls, template % values)
        made.template, made.values = template, values
        return made


def strange_letter(text: str) -> str | None:
    """The first character that no text may hold; None when there is none. Lines may end in it."""
    if text.isascii() and text.isprintable():
        return None
    for letter in text:
        if letter in "\n\t":
            continue
        if letter in _TURNING or unicodedata.category(letter) in _SHAPELESS:
            return letter
    return None


def paragraphs(text: str) -> str:
    """Text in lines, without white space around it; ValueError for what no text may hold."""
    return _without_strange_letters(text.strip())


def line(text: str) -> str:
    """Text in one line, its white space closed up; ValueError for what no text may hold."""
    return _without_strange_letters(" ".join(text.split()))


def _without_strange_letters(text: str) -> str:
    if letter := strange_letter(text):
        raise ValueError(
            Words("%(letter)s is a character that no text may hold", letter=f"U+{ord(letter):04X}")
        )
    if not text:
        raise ValueError(Words("nothing is written here"))
    return text
