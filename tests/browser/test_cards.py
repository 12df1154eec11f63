"""Place cards as they come out of a printer: sizes, names, and codes that open what they should."""

import re
import subprocess
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from moderator.programme.catalogue import known_delegations
from tests.browser.conftest import Enter
from tests.processes.server import Server

A4, A6 = (210, 297), (105, 148)
DPI = 150
MM = 25.4 / DPI
SMALLEST_QR = 25
DECIDING = 24
SHAPES = {"a4": (A4, 4), "a6": (A6, 1), "badge": (A4, 5)}
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
WIFI = {"ssid": 'Room; "2"', "password": r"a\b:c,d;e"}
AS_READ = r"WIFI:T:WPA;S:Room\; \"2\";P:a\\b\:c\,d\;e;;"


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    """One server for all: nobody changes anything."""
    return shared_server


@dataclass(frozen=True)
class Code:
    """A QR code on a page: what it says and where it is, in mm from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Pdf:
    """What a printer would get."""

    path: Path

    def sizes(self) -> list[tuple[int, int]]:
        """Of every page, in whole mm."""
        said = _run("pdfinfo", "-l", "9999", str(self.path)).decode()
        found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", said, re.MULTILINE)
        return [(round(float(w) * 25.4 / 72), round(float(h) * 25.4 / 72)) for w, h in found]

    def text(self) -> str:
        """All that is written on it, in one line."""
        return " ".join(_run("pdftotext", "-raw", str(self.path), "-").decode().split())

    def picture(self, page: int = 1) -> tuple[int, int, bytes]:
        """Width, height and grey pixels of a page at `DPI`."""
        at = ("-f", str(page), "-l", str(page))
        drawn = _run("pdftoppm", "-gray", "-r", str(DPI), *at, str(self.path))
        _, size, _, pixels = drawn.split(b"\n", 3)
        width, height = map(int, size.split())
        return width, height, pixels

    def codes(self, page: int = 1) -> list[Code]:
        """The QR codes that a camera finds on a page."""
        width, height, pixels = self.picture(page)
        shape = memoryview(pixels).cast("B", shape=[height, width])
        return [
            _code(found.text, found.position.top_left, found.position.bottom_right)
            for found in zxingcpp.read_barcodes(shape)
        ]


@pytest.fixture
def secretary(enter: Enter) -> Page:
    return enter("secretary", at="./cards?search=GB")


def printed(page: Page, tmp_path: Path, query: str = "") -> Pdf:
    """The cards of an address on paper."""
    page.goto(address(page, query))
    return to_paper(page, tmp_path)


def address(page: Page, query: str) -> str:
    """Where a seat's cards stand, from any page of the seat."""
    seat = re.match(r".*/s/\w+", page.url)
    assert seat
    return f"{seat[0]}/cards?{query}"


def to_paper(page: Page, tmp_path: Path) -> Pdf:
    path = tmp_path / "cards.pdf"
    page.evaluate("document.fonts.ready.then(() => null)")
    page.pdf(path=path, prefer_css_page_size=True)
    return Pdf(path)


@pytest.mark.parametrize(("shape", "language"), [("a4", "en"), ("a6", "ar"), ("badge", "fr")])
def test_each_delegation_has_one_card_on_paper_of_the_right_size(
    server: Server, secretary: Page, tmp_path: Path, shape: str, language: str
) -> None:
    links = codes_of(server)

    pdf = printed(secretary, tmp_path, f"format={shape}&language={language}")

    size, per_sheet = SHAPES[shape]
    assert pdf.sizes() == [size] * ceil(len(links) / per_sheet)
    text = pdf.text()
    assert {code: text.count(code) for code in links} == dict.fromkeys(links, 1)
    for not_on_paper in ("Show the cards", "Back to the meeting", "Name of the network"):
        assert not_on_paper not in text
    names = secretary.locator(".front h2").all_inner_texts()
    assert len(names) == len(links)
    if language != "ar":  # whose letters stand in another order in a PDF
        # The text of a page has lines that end with a hyphen in one piece.
        written = text.replace(" ", "")
        assert [
            name for name in names if name.replace(" ", "").replace("\n", "") not in written
        ] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_code_on_paper_admits_its_delegation(
    server: Server, secretary: Page, tmp_path: Path, shape: str
) -> None:
    pdf = printed(secretary, tmp_path, f"format={shape}&search=GB")

    (code,) = pdf.codes()

    secretary.goto(server.url + "/l/" + code.text.rpartition("/l/")[2])
    name = "United Kingdom of Great Britain and Northern Ireland"
    expect(secretary.locator("h1")).to_have_text(name)
    secretary.click("button[type=submit]")
    expect(secretary.locator(".seat")).to_contain_text(name)


def test_a_code_is_large_and_folded_away_from_the_name(secretary: Page, tmp_path: Path) -> None:
    tents = printed(secretary, tmp_path, "search=NG,BR,MX,DE").codes()
    badges = printed(secretary, tmp_path, "format=badge&search=NG,BR,MX,DE,FR").codes()
    arabic = printed(secretary, tmp_path, "format=badge&language=ar&search=NG").codes()

    assert (len(tents), len(badges), len(arabic)) == (4, 5, 1)
    for code in (*tents, *badges, *arabic):
        assert code.right - code.left >= SMALLEST_QR
        assert code.bottom - code.top >= SMALLEST_QR
    # Under the second fold of its tent; behind the fold in the middle of a badge.
    assert all(code.top % 148.5 > 102 for code in tents)
    assert all(code.left > 105 for code in badges)
    assert all(code.right < 105 for code in arabic)


@pytest.mark.parametrize("where", ["card", "poster"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_wifi_is_read_from_cards_or_a_poster(
    secretary: Page, tmp_path: Path, shape: str, where: str
) -> None:
    secretary.goto(address(secretary, f"format={shape}&search=NG"))
    for name, value in WIFI.items():
        secretary.fill(f"[name={name}]", value)
    secretary.select_option("[name=where]", where)
    secretary.click(".order [type=submit]")
    expect(secretary.locator("[aria-label='QR code of the Wi-Fi']")).to_have_count(1)
    secretary.wait_for_load_state()

    assert "password" not in secretary.url
    pdf = to_paper(secretary, tmp_path)
    codes = {code.text: code for page in (1, 2)[: len(pdf.sizes())] for code in pdf.codes(page)}
    assert pdf.sizes() == [SHAPES[shape][0]] * (2 if where == "poster" else 1)
    assert AS_READ in codes
    assert len(codes) == 2
    assert all(code.right - code.left >= SMALLEST_QR for code in codes.values())


def test_paper_is_light_whatever_the_device(enter: Enter, tmp_path: Path) -> None:
    page = enter("assistant", at="./cards?search=NG", color_scheme="dark", contrast="more")

    _, _, pixels = printed(page, tmp_path, "format=a6&search=NG").picture()

    assert pixels[0] == pixels[len(pixels) // 3] == 255
    assert sum(pixels) / len(pixels) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_cut_on_any_card(server: Server, secretary: Page, language: str) -> None:
    longest = ",".join(longest_names(language) | of_the_programme(server))
    for shape in SHAPES:
        for flags in ("", "1") if language == "en" else ("1",):
            query = f"format={shape}&language={language}&flags={flags}&search={longest}"
            secretary.goto(address(secretary, query))
            secretary.evaluate("document.fonts.ready.then(() => null)")
            # The widest code there can be: which one a card bears is chance.
            secretary.evaluate(WIDEST)
            assert secretary.evaluate(OVERFLOWING) == [], (shape, flags)


def longest_names(language: str) -> set[str]:
    """The codes of the delegations with the longest names and the longest words: if these fit."""
    names = {code: one.names[language] for code, one in known_delegations().items()}
    by_length = sorted(names, key=lambda code: len(names[code]))
    by_word = sorted(names, key=lambda code: max(map(len, names[code].split())))
    return {*by_length[-DECIDING:], *by_word[-DECIDING:]}


WIDEST = """
document.querySelectorAll(".code").forEach((code) => { code.textContent = "WMWM WMWM"; })
"""

OVERFLOWING = """
[...document.querySelectorAll(".front, .back, .base")].filter((box) => {
  const outer = box.getBoundingClientRect();
  return [...box.querySelectorAll("h2, p, .qr")].some((part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    const inner = range.getBoundingClientRect();
    return inner.left < outer.left - 1 || inner.right > outer.right + 1
      || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
  });
}).map((box) => box.textContent.replace(/\\s+/g, " "))
"""


def of_the_programme(server: Server) -> set[str]:
    """The codes of the delegations that are no State's."""
    return set(server.house.demonstration["seats"]["delegation"]) - known_delegations().keys()


def codes_of(server: Server) -> list[str]:
    """The short codes of all delegations, in groups of four."""
    seats = server.house.demonstration["seats"]["delegation"].values()
    return [f"{seat['code'][:4]} {seat['code'][4:]}" for seat in seats]


def _code(text: str, corner: zxingcpp.Point, other: zxingcpp.Point) -> Code:
    # One that stands upside down has its top left at the bottom right.
    across, along = sorted((corner.x, other.x)), sorted((corner.y, other.y))
    return Code(text, across[0] * MM, along[0] * MM, across[1] * MM, along[1] * MM)


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout
