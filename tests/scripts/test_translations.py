"""The check that keeps the catalogues complete, on a made-up project of three files."""

from pathlib import Path

import pytest
from babel.support import Translations

from scripts import translations


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "moderator/refusals.py": '_("The list is closed")',
        "templates/phone.html": '<p>{{ _("Welcome, %(name)s", name=name) }}</p>',
        "static/js/phone.js": 'tn("{n} minute", "{n} minutes", left);',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path / "moderator" / "translations")
    return tmp_path


def translate(project: Path, *replacements: tuple[str, str]) -> None:
    path = project / "moderator/translations/ar/LC_MESSAGES/messages.po"
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


CLOSED = ('"The list is closed"\nmsgstr ""', '"The list is closed"\nmsgstr "أغلقت القائمة"')
WELCOME = ('"Welcome, %(name)s"\nmsgstr ""', '"Welcome, %(name)s"\nmsgstr "أهلا %(name)s"')
MINUTES = tuple((f'msgstr[{form}] ""', f'msgstr[{form}] "{{n}} دقيقة"') for form in range(6))


def test_a_complete_catalogue_passes(project: Path) -> None:
    translations.update("ar")
    translate(project, CLOSED, WELCOME, *MINUTES)
    assert not list(translations.check("ar"))


def test_every_kind_of_file_is_read(project: Path) -> None:
    assert len(list(translations.check("ar"))) == 3


def test_a_string_without_arabic_is_a_fault(project: Path) -> None:
    translations.update("ar")
    translate(project, CLOSED, *MINUTES)
    assert list(translations.check("ar")) == ["ar: 'Welcome, %(name)s' has no translation"]


def test_other_languages_must_be_complete_for_the_hall_and_not_for_the_desks(project: Path) -> None:
    (project / "static/js/chair.js").write_text('t("Press again to confirm");')
    translations.update("fr")
    missing = list(translations.check("fr"))
    assert "fr: 'The list is closed' has no translation" in missing
    assert not any("Press again" in problem for problem in missing)


def test_a_string_of_a_desk_that_the_hall_reads_too_is_for_the_hall(project: Path) -> None:
    (project / "static/js/chair.js").write_text('t("Limit {limit}");')
    (project / "static/js/display.js").write_text('t("Limit {limit}");')
    translations.update("fr")
    assert "fr: 'Limit {limit}' has no translation" in list(translations.check("fr"))


def test_a_missing_plural_form_is_a_fault(project: Path) -> None:
    translations.update("ar")
    translate(project, CLOSED, WELCOME, *MINUTES[:5])
    assert len(list(translations.check("ar"))) == 1


def test_a_lost_placeholder_is_a_fault(project: Path) -> None:
    translations.update("ar")
    translate(project, CLOSED, WELCOME, *MINUTES, ("أهلا %(name)s", "أهلا"))
    assert list(translations.check("ar")) == [
        "ar: 'Welcome, %(name)s': %(name) differs in the translation"
    ]


def test_a_catalogue_behind_the_code_is_a_fault(project: Path) -> None:
    translations.update("ar")
    translate(project, CLOSED, WELCOME, *MINUTES)
    (project / "moderator/refusals.py").write_text('_("The list is open")')
    assert [problem.split(";")[0] for problem in translations.check("ar")] == [
        "ar: 'The list is open' is not in the catalogue",
        "ar: 'The list is closed' is not in the code any more",
    ]


def test_updating_twice_changes_nothing(project: Path) -> None:
    path = project / "moderator/translations/ar/LC_MESSAGES/messages.po"
    translations.update("ar")
    translate(project, CLOSED, WELCOME, *MINUTES)
    translations.update("ar")
    once = path.read_text(encoding="utf-8")
    translations.update("ar")
    assert path.read_text(encoding="utf-8") == once


def test_arabic_plurals_have_the_order_that_browsers_use(project: Path) -> None:
    translations.update("ar")
    forms = ["صفر", "واحدة", "اثنتان", "قليل", "كثير", "أخرى"]
    translate(
        project, *((f'msgstr[{form}] ""', f'msgstr[{form}] "{forms[form]}"') for form in range(6))
    )
    translations.update("ar")
    compiled = Translations.load(translations.TRANSLATIONS, ["ar"])
    expected = {0: "صفر", 1: "واحدة", 2: "اثنتان", 5: "قليل", 11: "كثير", 100: "أخرى"}
    assert {n: compiled.ngettext("{n} minute", "{n} minutes", n) for n in expected} == expected
