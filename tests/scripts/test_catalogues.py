"""The catalogues themselves: the plurals of six languages, and how each sets its type."""

import gettext
import json
import re
import subprocess
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from scripts import translations

NUMBERS = 1201
"""From nought to more than any list of speakers is long."""

SCRIPT = str(translations.ROOT / "static/js/i18n.js")

BEGUN = sorted(path.parents[1].name for path in translations.TRANSLATIONS.glob("*/*/messages.po"))

BROWSER = """
const { tn, useStrings } = await import(process.argv[1]);
const chosen = {};
for (const [lang, count] of Object.entries(JSON.parse(process.argv[2]))) {
  const forms = Array.from({ length: count }, (_, form) => `${form}`);
  useStrings({ lang, strings: { one: forms } });
  chosen[lang] = Array.from({ length: process.argv[3] }, (_, n) => tn("one", "other", n));
}
console.log(JSON.stringify(chosen));
"""
"""Which form of each language's catalogue the screens take, for every number."""

WRONG = {
    # A narrow no-break space goes before a double mark, and inside the marks of a quotation.
    "fr": re.compile(r"[^\s\u202f][:;?!»](?!\d)| [:;?!»]|«(?!\u202f)|['\"]|\.\.\."),
    # What is asked or called is opened, too.
    "es": re.compile(r"^[^¿]*\?|^[^¡]*!|\s[:;?!]|[\"']|\.\.\."),
    # A dash does not begin a line; ё is left to those who teach reading.
    "ru": re.compile(r"[^\u00a0]—|[ёЁ]|\s[:;?!]|[\"']|\.\.\."),
    # Marks as wide as the signs, and no spaces between these.
    "zh": re.compile(r"[一-鿿] ?[,.:;?!()]|[,:;?!()] ?[一-鿿]|\.\.\.|[一-鿿] [一-鿿]"),
    "ar": re.compile(r"[,;?](?!\d)|\.\.\."),
}


def translated(language: str) -> Iterator[str]:
    """Every text of a catalogue, each form of a plural by itself."""
    for message in translations._read(language):
        if message.id and translations._is_translated(message):
            yield from translations._parts(message.string)


def test_all_six_languages_but_that_of_the_sources_are_begun() -> None:
    assert BEGUN == ["ar", "es", "fr", "ru", "zh"]


def test_every_number_takes_its_form_on_the_server_as_in_the_browser() -> None:
    headers = {"en": "nplurals=2; plural=(n != 1);"}
    for language in BEGUN:
        with translations._path(language).open("rb") as file:
            headers[language] = dict(read_po(file).mime_headers)["Plural-Forms"]
    count = {name: int(re.findall(r"nplurals=(\d)", rule)[0]) for name, rule in headers.items()}

    done = subprocess.run(
        ["node", "--input-type=module", "--eval", BROWSER, SCRIPT, json.dumps(count), str(NUMBERS)],
        capture_output=True,
        text=True,
        check=True,
    )

    in_browser = json.loads(done.stdout)
    for language, rule in headers.items():
        # The rule as gettext reads it.
        form = gettext.c2py(rule.partition("plural=")[2].rstrip(";"))  # type: ignore[attr-defined]
        assert in_browser[language] == [str(form(n)) for n in range(NUMBERS)], language
        assert set(in_browser[language]) == {str(form) for form in range(count[language])}


@pytest.mark.parametrize("language", sorted(WRONG))
def test_the_type_is_set_as_the_language_has_it(language: str) -> None:
    texts = list(translated(language))

    assert len(texts) > 200
    assert [text for text in texts if WRONG[language].search(text)] == []
