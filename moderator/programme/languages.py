"""The six languages of the United Nations: texts in them, and the order of their alphabets."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")

Text = Mapping[str, str]
"""The same text in some of the languages, by the code of the language."""


def said_in(text: Text, language: str, original: str) -> str:
    """`text` in `language`, else in the original language, else in English, else as it is."""
    for choice in (language, original, "en"):
        if choice in text:
            return text[choice]
    return next(iter(text.values()), "")


def place_in_alphabet(name: str, language: str) -> str:
    """What to sort `name` by in lists, roll-calls and annexes of `language`.

    English, French and Spanish look past accents (Spanish ñ comes after n), Russian takes ё for е,
    Arabic looks past the article and the seats of the hamza. Chinese has no alphabet: sorting by
    sound or by strokes takes tables that are not here, so sort by another language's name instead.
    """
    words = _SEPARATORS.sub(" ", name.casefold()).strip()
    if language == "ru":
        return words.replace("ё", "е")
    if language == "ar":
        return _ARTICLE.sub("", words).translate(_ARABIC_LETTERS)
    if language == "es":
        words = words.replace("ñ", "n\U0010ffff")
    letters = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_SEPARATORS = re.compile(r"[\s()«»'’.,–-]+")
_ARTICLE = re.compile(r"\bال(?=\w\w)")
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه"}
)
