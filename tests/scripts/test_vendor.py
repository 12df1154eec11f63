"""The check of the vendored files, on a copy of them."""

import shutil
from pathlib import Path

import pytest

from scripts import vendor

ROOT = vendor.ROOT


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "package.json", tmp_path)
    for folder in ("vendor", "fonts", "flags"):
        shutil.copytree(ROOT / "static" / folder, tmp_path / "static" / folder)
    (tmp_path / "static" / "css").mkdir()
    shutil.copy(vendor.FONT_STYLES, tmp_path / "static" / "css")
    for name in ("VENDOR", "FONTS", "FLAGS", "MANIFEST", "ROOT"):
        moved = tmp_path / getattr(vendor, name).relative_to(ROOT)
        monkeypatch.setattr(vendor, name, moved)
    return tmp_path


def test_the_committed_files_pass(copy: Path) -> None:
    assert not list(vendor.check())


def test_an_edited_file_is_found(copy: Path) -> None:
    with (copy / "static/vendor/lit.js").open("a") as file:
        file.write("// mine\n")
    assert list(vendor.check()) == ["static/vendor/lit.js was edited; run `make vendor`"]


def test_an_unlisted_file_is_found(copy: Path) -> None:
    (copy / "static/fonts/mine.woff2").write_bytes(b"")
    assert list(vendor.check()) == ["static/fonts/mine.woff2 is not in the manifest"]


def test_a_missing_file_is_found(copy: Path) -> None:
    (copy / "static/css/fonts.css").unlink()
    assert list(vendor.check()) == ["static/css/fonts.css is missing"]


def test_a_new_pin_that_was_not_vendored_is_found(copy: Path) -> None:
    package = copy / "package.json"
    package.write_text(package.read_text().replace('"lit-html": "', '"lit-html": "9'))
    assert {problem.split(";")[0] for problem in vendor.check()} == {
        "static/vendor/lit.js is of another version than package.json",
        "static/vendor/licences/lit-html.txt is of another version than package.json",
    }
