"""Keep the catalogues in moderator/translations in step with the strings of the code.

`make translations` brings them up to date and compiles them; `make check` finds a string without
its translation (in Arabic any, in the other languages one that the hall reads), a placeholder that
was lost, and a catalogue that is behind the code.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from moderator.web.strings import is_for_the_hall  # noqa: E402  of this folder, not an installed one

TRANSLATIONS: Final = ROOT / "moderator" / "translations"

# English is the language of the sources. These must be complete for everybody; and these for the
# hall: phones, display, the way in and every refusal. The bureau reads English for what they lack.
COMPLETE: Final = ("ar",)
COMPLETE_FOR_THE_HALL: Final = ("es", "fr", "ru", "zh")

# A string of the screens: t("…") or tn("…", "…", n), always literal and in double quotes. Babel's
# own reader of scripts loses those that stand in a template within a template.
SCRIPT_CALL: Final = re.compile(
    r"""(?<![\w.$])(tn?)\(\s*("(?:[^"\\]|\\.)*")(?:\s*,\s*("(?:[^"\\]|\\.)*"))?"""
)


def strings_of_script(
    file: BinaryIO, _keywords: object, _tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """(line, function, string or both forms, no comments) of each call: a reader for Babel."""
    script = file.read().decode()
    for call in SCRIPT_CALL.finditer(script):
        function, one, other = call.groups()
        line = script.count("\n", 0, call.start()) + 1
        words = json.loads(one)
        yield line, function, words if function == "t" else (words, json.loads(other)), []


# Where strings are: the files, how they are read, and what marks a string there beside `_`.
SOURCES: Final[tuple[tuple[str, Any, dict[str, tuple[int, int] | None]], ...]] = (
    ("moderator/**/*.py", "python", {"_l": None, "Words": None}),
    ("templates/**/*.html", "jinja2", {}),
    ("static/js/**/*.js", strings_of_script, {"t": None, "tn": (1, 2)}),
)

# Which form goes with a number. Written down, because Babel's own rule for Arabic changes the
# places of the last two (11-99; 100, 101, 102 …), against the order zero, one, two, few, many,
# other that translators use and static/js/i18n.js counts by. A test asks Intl.PluralRules.
PLURAL_FORMS: Final = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "zh": "nplurals=1; plural=0;",
}

PLACEHOLDER: Final = re.compile(r"%\(\w+\)|\{\w+\}")


def main() -> int:
    """Update, or with `--check` report every fault; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; change nothing")
    parser.add_argument("languages", nargs="*", help="languages to begin, such as fr")
    asked = parser.parse_args()
    if asked.check:
        problems = [problem for name in _languages() for problem in check(name)]
        for problem in problems:
            print(f"translations: {problem}", file=sys.stderr)
        return 1 if problems else 0
    for language in sorted({*_languages(), *asked.languages}):
        update(language)
    return 0


def update(language: str) -> None:
    """Take in new strings, drop those that are gone, write the catalogue and compile it."""
    catalogue = _read(language)
    # A guess from a string that looks alike would have to be found out by a translator.
    catalogue.update(_strings_of_the_code(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    missing = [message for message in catalogue if message.id and not _is_translated(message)]
    of_hall = sum(1 for message in missing if is_for_the_hall(_files(message)))
    print(
        f"{language}: {len(catalogue)} strings, {len(missing)} without translation, "
        f"{of_hall} of them for the hall"
    )


def check(language: str) -> Iterator[str]:
    """Every fault of one catalogue, in words."""
    catalogue, code = _read(language), _strings_of_the_code()
    known, wanted = _keys(catalogue), _keys(code)
    for key in sorted(wanted - known, key=str):
        yield f"{language}: {key[1][0]!r} is not in the catalogue; run `make translations`"
    for key in sorted(known - wanted, key=str):
        yield f"{language}: {key[1][0]!r} is not in the code any more; run `make translations`"
    for message in catalogue:
        if not message.id:
            continue
        if _is_translated(message):
            for placeholder in sorted(_placeholder_faults(message)):
                yield f"{language}: {message.id!r}: {placeholder} differs in the translation"
        elif language in COMPLETE or (
            language in COMPLETE_FOR_THE_HALL and is_for_the_hall(_files(message))
        ):
            yield f"{language}: {message.id!r} has no translation"


def _languages() -> list[str]:
    begun = (path.parents[1].name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    return sorted({*COMPLETE, *COMPLETE_FOR_THE_HALL, *begun})


def _path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def _read(language: str) -> Catalog:
    if _path(language).is_file():
        with _path(language).open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(
            locale=language,
            project="Moderator",
            version="",
            header_comment=f"# The strings of Moderator: {Locale.parse(language).english_name}.",
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            revision_date=datetime.now(UTC),
            fuzzy=False,
        )
    if language in PLURAL_FORMS:
        catalogue.mime_headers = [("Plural-Forms", PLURAL_FORMS[language])]
    return catalogue


def _strings_of_the_code() -> Catalog:
    template = Catalog(project="Moderator", fuzzy=False)
    for pattern, method, marks in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            found = extract_from_file(
                method, path, keywords={**DEFAULT_KEYWORDS, **marks}, comment_tags=["Translators:"]
            )
            where = path.relative_to(ROOT).as_posix()
            for line, message, comments, context in found:
                template.add(
                    message, None, [(where, line)], auto_comments=comments, context=context
                )
    return template


def _keys(catalogue: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(message.context, tuple(_parts(message.id))) for message in catalogue if message.id}


def _files(message: Message) -> list[str]:
    return [name for name, _ in message.locations]


def _is_translated(message: Message) -> bool:
    return all(_parts(message.string)) and not message.fuzzy


def _placeholder_faults(message: Message) -> set[str]:
    wanted, used = (
        set(PLACEHOLDER.findall("".join(_parts(part)))) for part in (message.id, message.string)
    )
    # A plural form may say the number in words; none may invent a placeholder.
    return used - wanted if message.pluralizable else used ^ wanted


def _parts(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if isinstance(text, str | None) else text


if __name__ == "__main__":
    sys.exit(main())
