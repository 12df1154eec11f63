"""What is sent compressed, to whom, and what stays as it is."""

import gzip
import re
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderator.core.terms import Role
from tests.web.conftest import MakeHall
from tests.web.hall import Hall

SCRIPT = "/static/js/link.js"
SOURCE = Path("static/js/link.js")
FONT = "/static/fonts/noto-serif-latin-400-normal.woff2"
PACKED = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture
def client(quiet: Hall) -> FlaskClient:
    """Somebody who has not entered, and reads every answer to its end."""
    return _reader(quiet)


@pytest.mark.parametrize("path", ["/", SCRIPT, "/static/css/phone.css", "/strings/ar.json"])
def test_text_goes_compressed_to_whoever_takes_it_so(client: FlaskClient, path: str):
    plain = client.get(path)
    packed = client.get(path, headers=PACKED)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data)
    assert plain.headers["Vary"].count("Accept-Encoding") == 1
    assert packed.headers["Vary"] == plain.headers["Vary"]
    sent, whole = (
        {line.strip() for line in _without_types(text.decode()).splitlines()}
        for text in (gzip.decompress(packed.data), plain.data)
    )
    assert sent <= whole


def test_the_interface_is_compressed_too(quiet: Hall):
    phone = quiet.program(Role.DELEGATION, "MX")

    answer = phone.get("/programme", headers=PACKED)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"Viet Nam" in gzip.decompress(answer.data)


def test_scripts_go_without_comments_and_indents_when_compressed(client: FlaskClient):
    source = SOURCE.read_text()
    assert "/** @type" in source

    sent = gzip.decompress(client.get(SCRIPT, headers=PACKED).data).decode().splitlines()

    lines = (line.lstrip() for line in source.splitlines())
    kept = (line for line in lines if line and not line.startswith(("//", "*")))
    whole = "\n".join(line for line in kept if not (line.startswith("/*") and line.endswith("*/")))
    assert sent == [line for line in _without_types(whole).splitlines() if line != "/**"]


def test_the_programme_is_packed_in_the_language_of_whoever_asks(quiet: Hall):
    names = {"fr": "Mexique", "ar": "المكسيك", "zh": "墨西哥"}
    for lang in (*names, *names):
        phone = quiet.enter(Role.DELEGATION, "MX", lang=lang)
        headers = {**phone.headers, **PACKED}

        answer = phone.client.get(f"{quiet.api}/programme", headers=headers)

        assert names[lang] in gzip.decompress(answer.data).decode()


@pytest.mark.parametrize(
    "headers", [{"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "br"}, {}]
)
def test_whoever_takes_no_gzip_is_sent_the_file(client: FlaskClient, headers: dict[str, str]):
    answer = client.get(SCRIPT, headers=headers)

    assert answer.data == SOURCE.read_bytes()
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("path", [FONT, "/static/icon.svg", "/strings/en.json"])
def test_what_would_not_get_smaller_stays_as_it_is(client: FlaskClient, path: str):
    answer = client.get(path, headers=PACKED)

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "path", [SCRIPT, "/strings/ar.json", "/strings/ar/hall.json", "/strings/ar/phone.json"]
)
@pytest.mark.parametrize("first", [PACKED, {}], ids=["packed", "plain"])
def test_what_is_unchanged_is_not_sent_again(client: FlaskClient, path: str, first: dict[str, str]):
    tag = client.get(path, headers=first).headers["ETag"]
    assert tag.startswith("W/")  # one for both, though their bytes differ

    for headers in (PACKED, {}):
        again = client.get(path, headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Accept-Encoding" in again.headers["Vary"]
        assert "Content-Encoding" not in again.headers


def test_the_head_tells_what_would_be_sent(client: FlaskClient):
    for headers in (PACKED, {}):
        whole = client.get(SCRIPT, headers=headers)
        head = client.head(SCRIPT, headers=headers)

        assert head.data == b""
        assert head.content_length == whole.content_length
        assert head.headers.get("Content-Encoding") == whole.headers.get("Content-Encoding")


def test_a_part_is_a_part_of_the_file(client: FlaskClient):
    part = client.get(SCRIPT, headers={**PACKED, "Range": "bytes=3-9"})

    assert part.status_code == 206
    assert part.data == SOURCE.read_bytes()[3:10]
    assert "Content-Encoding" not in part.headers
    assert "Accept-Ranges" not in client.get(SCRIPT, headers=PACKED).headers


def test_a_file_that_was_changed_is_packed_anew(make_hall: MakeHall, tmp_path: Path):
    hall = make_hall()
    hall.app.static_folder = str(tmp_path)
    (tmp_path / "css").mkdir()
    sheet = tmp_path / "css" / "own.css"
    sent = []
    for colour in ("red", "blue and more"):
        sheet.write_text(f"a {{ color: {colour}; }}\n" * 40)
        sent.append(gzip.decompress(_packed(_reader(hall), "/static/css/own.css").data).decode())

    assert "red" in sent[0]
    assert "blue" in sent[1]


def test_what_is_packed_once_is_not_packed_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    kept = _packed(client, SCRIPT).data
    monkeypatch.setattr(gzip, "compress", None)

    assert _packed(client, SCRIPT).data == kept


def _reader(hall: Hall) -> FlaskClient:
    client = hall.app.test_client()
    client.open = partial(client.open, buffered=True)  # type: ignore[method-assign]
    return client


def _packed(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path, headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    return answer


def _without_types(text: str) -> str:
    return re.sub(r"/\*\* @(type|param)\b[^*]*\*/ ?", "", text)
