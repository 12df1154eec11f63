"""The flags: one for each that is known, harmless as pictures, and kept by browsers for long."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from moderator.core.terms import Role
from moderator.programme.catalogue import known_delegations
from tests.web.hall import Hall

FLAGS = Path(__file__).resolve().parents[2] / "static" / "flags"

DRAWN = {
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "use",
}
"""What a picture is drawn of. Not: script, foreignObject, image, a, style, animate."""

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
MEANT = re.compile(r"url\((?!#)|:\s*//|javascript:|data:", re.IGNORECASE)


def test_every_delegation_that_is_known_has_its_flag_and_so_have_the_united_nations() -> None:
    codes = {"un", *(code.lower() for code in known_delegations())}

    assert {path.stem for path in FLAGS.iterdir()} == codes
    assert len(codes) == 193 + 2 + 2


@pytest.mark.parametrize("path", sorted(FLAGS.iterdir()), ids=lambda path: path.stem)
def test_a_flag_is_a_picture_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "<!" not in text.replace("<!--", "")
    assert "<?" not in text
    root = ElementTree.fromstring(text)  # noqa: S314  pinned, and looked at before

    assert root.get("viewBox") == "0 0 640 480"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in DRAWN
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert not MEANT.search(value), value
            if name in (LINK, "href"):
                assert value.startswith("#"), value


def test_flags_are_kept_by_browsers_and_other_files_are_asked_for_again(quiet: Hall) -> None:
    client = quiet.app.test_client()

    def kept(address: str) -> str | None:
        with client.get(address) as answer:
            return answer.headers["Cache-Control"]

    assert kept("/static/flags/mx.svg?v=7.5.0") == "public, max-age=31536000, immutable"
    assert kept("/static/flags/mx.svg") == "no-cache"
    assert kept("/static/flags/xx.svg?v=7.5.0") == "no-cache"
    assert kept("/strings/en.json?v=1") == "no-cache"


def test_the_way_in_shows_the_flag_or_the_initials(quiet: Hall) -> None:
    client = quiet.app.test_client()

    state = client.get(f"/l/{quiet.link(Role.DELEGATION, 'NG').token}").text
    assert re.search(r'<img src="/static/flags/ng\.svg\?v=[\d.]+" alt="" loading="lazy"', state)
    entity = client.get(f"/l/{quiet.link(Role.DELEGATION, 'UNODC').token}").text
    assert '<span class="flag" aria-hidden="true"><span>UN</span></span>' in entity
    assert "<img" not in entity
    assert "flag" not in client.get(f"/l/{quiet.link(Role.CHAIR).token}").text


def test_the_programme_tells_which_delegations_have_a_flag(quiet: Hall) -> None:
    device = quiet.enter(Role.DELEGATION, "NG")
    document = device.client.get(f"{quiet.api}/programme", headers=device.headers).get_json()

    flags = {code for code, one in document["delegations"].items() if one["flag"]}
    assert flags == document["delegations"].keys() & known_delegations().keys()
