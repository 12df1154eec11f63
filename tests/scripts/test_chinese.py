"""The font for Chinese: whatever the product shows in Chinese is in one of its slices."""

import re
from pathlib import Path

import pytest

from scripts import translations, vendor

SHEETS = (vendor.CHINESE_STYLES, vendor.FONT_STYLES)
DATA = vendor.ROOT / "moderator" / "data"


@pytest.fixture(scope="module")
def covered() -> set[int]:
    """The code points for which some file of ours is loaded."""
    points: set[int] = set()
    for sheet in SHEETS:
        for ranges in re.findall(r"unicode-range: (.*);", sheet.read_text(encoding="utf-8")):
            points |= vendor._points(ranges)
    return points


def signs(text: str) -> set[str]:
    return {sign for sign in text if ord(sign) in vendor.HAN}


def missing(text: str, covered: set[int]) -> list[str]:
    return sorted(sign for sign in signs(text) if ord(sign) not in covered)


@pytest.mark.parametrize(
    "path",
    [translations._path("zh"), *DATA.rglob("*.csv"), *DATA.rglob("*.yaml")],
    ids=lambda path: path.name,
)
def test_every_sign_of_our_texts_is_in_a_slice(path: Path, covered: set[int]) -> None:
    text = path.read_text(encoding="utf-8")

    assert missing(text, covered) == []


def test_the_texts_are_full_of_signs() -> None:
    assert len(signs(translations._path("zh").read_text(encoding="utf-8"))) > 300


def test_so_is_every_sign_of_everyday_chinese(covered: set[int]) -> None:
    common = vendor._common_signs()

    assert len(common) == 3755
    assert common <= covered


def test_signs_of_other_ways_of_writing_are_not_carried_along(covered: set[int]) -> None:
    assert missing("鋼鋸錐", covered) == ["鋸", "鋼", "錐"]


def test_every_slice_that_is_named_is_there_and_is_named_by_its_version() -> None:
    files = re.findall(r'url\("(.*?)"\)', vendor.CHINESE_STYLES.read_text(encoding="utf-8"))

    assert len(files) > 50
    for name in files:
        assert re.fullmatch(r"noto-sans-sc-\d+-wght-normal\.woff2\?v=[\d.]+", name)
        assert (vendor.FONTS / name.partition("?")[0]).is_file()
