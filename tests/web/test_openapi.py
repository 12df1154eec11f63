"""The OpenAPI document says what the interface does."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from moderator.core.rejected import Reason
from moderator.web import openapi, wire
from tests.web.hall import Hall
from tests.web.strangers import tried


@pytest.fixture
def document(quiet: Hall) -> Any:
    answer = quiet.app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.get_json()


def references(node: Any) -> Iterator[str]:
    """Every reference within a document."""
    match node:
        case {"$ref": str(target)}:
            yield target
        case dict():
            for value in node.values():
                yield from references(value)
        case list():
            for value in node:
                yield from references(value)


def test_it_is_the_document_of_the_code(document: Any):
    assert document == openapi.document()
    assert document["openapi"] == "3.1.0"


def test_every_reference_leads_somewhere(document: Any):
    for reference in references(document):
        here = document
        for step in reference.removeprefix("#/").split("/"):
            here = here[step]


def test_every_command_and_every_reason_is_in_it(document: Any):
    schemas = document["components"]["schemas"]

    assert {body.__name__ for body in get_args(wire.CommandBody)} <= set(schemas)
    assert set(Reason) <= set(schemas["Refusal"]["properties"]["reason"]["enum"])


def test_every_path_in_it_is_served_and_all_of_the_interface_is_in_it(quiet: Hall, document: Any):
    served = {
        (re.sub(r"<(\w+?)_id>", r"{\1}", rule.rule), method)
        for rule in quiet.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    told = {
        (path, method.upper())
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }

    assert told <= served
    own = ("/api/openapi.json", "GET")
    assert {way for way in served if way[0].startswith("/api/")} - told == {own}


def test_whatever_is_sent_is_answered_as_the_document_tells(hall: Hall):
    answers = tried(hall, examples=15)

    assert {operation for operation, status in answers if status == 200} >= {
        "command",
        "view",
        "programme",
        "notes",
        "drop-note",
        "seats",
        "expel-seat",
        "record",
        "links",
        "reissue-link",
        "revoke-link",
        "reissue-links",
        "revoke-links",
    }


def test_what_is_answered_has_what_the_document_requires(hall: Hall, document: Any):
    answers = {
        "Receipt": hall.chair.send("open-dialogue"),
        "Snapshot": hall.chair.get("/view"),
        "Refusal": hall.chair.send("seize-power"),
        "Link": hall.chair.get("/links"),
    }

    for name, answer in answers.items():
        schema = document["components"]["schemas"][name]
        body = answer.get_json()
        body = body["links"][0] if name == "Link" else body
        assert set(schema["required"]) <= set(body) <= set(schema["properties"])
