"""POST commands: the receipt, the same tap again, and everything that is no command."""

import json
from typing import Any

import pytest

from moderator.core.terms import Role
from moderator.web import commands, gate
from tests.web.hall import CO_CHAIR, PANEL, Hall, new_id


def test_a_command_is_answered_with_the_version_that_holds_it(hall: Hall):
    opened = hall.chair.do("open-dialogue")
    begun = hall.chair.do("begin-segment", segment=PANEL, holder=None)

    assert opened == {"version": 1, "undo": None}
    assert begun == {"version": 2, "undo": 2}
    assert [entry.version for entry in hall.log()] == [1, 2]


@pytest.mark.story(35)
def test_the_same_tap_again_is_answered_the_same_and_recorded_once(hall: Hall):
    hall.begin()
    phone = hall.enter(Role.DELEGATION, "NG")
    tap = new_id()

    first = phone.do("request-floor", tap, segment=PANEL)
    again = phone.do("request-floor", tap, segment=PANEL)

    assert again == first
    assert hall.log()[-1].version == first["version"]


def test_the_id_of_a_request_is_the_id_of_its_command(hall: Hall):
    hall.begin()

    request = hall.ask("NG")

    assert hall.chair.get("/view").get_json()["view"]["list"]["entries"][0]["id"] == request


def test_what_is_already_true_is_accepted_and_not_recorded(hall: Hall):
    hall.begin()
    before = hall.log()

    again = hall.program(Role.CHAIR, CO_CHAIR).do("open-list", segment=PANEL)

    assert again == {"version": len(before), "undo": None}
    assert hall.log() == before


def test_a_command_is_undone_by_the_version_in_its_receipt(hall: Hall):
    hall.begin(list_open=False)
    opened = hall.chair.do("open-list", segment=PANEL)

    hall.chair.do("undo", version=opened["undo"])

    assert hall.chair.get("/view").get_json()["view"]["list"]["open"] is False


def test_the_bureau_asks_for_a_delegation_that_has_no_phone(hall: Hall):
    hall.begin()

    hall.program(Role.ASSISTANT).do("request-floor", segment=PANEL, delegation="EU", group="EU")

    (entry,) = hall.chair.get("/view").get_json()["view"]["list"]["entries"]
    assert (entry["delegation"], entry["capacity"], entry["group"]) == ("EU", "group", "EU")
    assert entry["by_bureau"] is True


def test_a_delegation_is_taken_from_the_seat_and_may_be_named_too(hall: Hall):
    hall.begin()

    hall.program(Role.DELEGATION, "NG").do("request-floor", segment=PANEL, delegation="NG")

    assert hall.log()[-1].actor.startswith("delegation/NG/")


def test_a_delegation_does_not_ask_in_anothers_name(hall: Hall):
    hall.begin()

    answer = hall.program(Role.DELEGATION, "NG").send(
        "request-floor", segment=PANEL, delegation="BR"
    )

    assert (answer.status_code, answer.get_json()["reason"]) == (403, "not-yours")


GOOD = {"id": "12345678", "type": "open-dialogue"}
REQUEST = {"id": "12345678", "type": "request-floor", "segment": PANEL}
GIVE = {"id": "12345678", "type": "give-floor", "holder": None}
END = {"id": "12345678", "type": "end-intervention", "holder": "somebody"}
LIMIT = {"id": "12345678", "type": "set-allowance", "holder": "somebody"}


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, [""]),
        ([], [""]),
        (None, [""]),
        ("open-dialogue", [""]),
        ({"type": "open-dialogue"}, ["open-dialogue.id"]),
        ({"id": "12345678"}, [""]),
        ({**GOOD, "type": "seize-power"}, [""]),
        ({**GOOD, "type": None}, [""]),
        ({**GOOD, "type": ["open-dialogue"]}, [""]),
        ({**GOOD, "id": "1234567"}, ["open-dialogue.id"]),
        ({**GOOD, "id": "1" * 65}, ["open-dialogue.id"]),
        ({**GOOD, "id": "1234567\n"}, ["open-dialogue.id"]),
        ({**GOOD, "id": "12345678\n"}, ["open-dialogue.id"]),
        ({**GOOD, "id": "١٢٣٤٥٦٧٨"}, ["open-dialogue.id"]),
        ({**GOOD, "id": 12345678}, ["open-dialogue.id"]),
        ({**GOOD, "by": "chair"}, ["open-dialogue.by"]),
        ({**GOOD, "__proto__": {}}, ["open-dialogue.__proto__"]),
        ({**REQUEST, "segment": ""}, ["request-floor.segment"]),
        ({**REQUEST, "segment": "s" * 65}, ["request-floor.segment"]),
        ({**REQUEST, "segment": 2}, ["request-floor.segment"]),
        ({**REQUEST, "kind": "filibuster"}, ["request-floor.kind"]),
        ({**REQUEST, "delegation": ["NG"]}, ["request-floor.delegation"]),
        ({**REQUEST, "capacity": "group"}, ["request-floor.capacity"]),
        (
            {**REQUEST, "id": 1, "segment": 2, "group": 3},
            ["request-floor.id", "request-floor.segment", "request-floor.group"],
        ),
        ({**GIVE}, ["give-floor"]),
        ({**GIVE, "request": "r", "person": "p01"}, ["give-floor"]),
        ({"id": "12345678", "type": "give-floor", "request": "r"}, ["give-floor.holder"]),
        ({**LIMIT}, ["set-allowance.total"]),
        ({**LIMIT, "total": "60000"}, ["set-allowance.total"]),
        ({**LIMIT, "total": 60000.0}, ["set-allowance.total"]),
        ({**LIMIT, "total": True}, ["set-allowance.total"]),
        ({**LIMIT, "total": -1}, ["set-allowance.total"]),
        ({**LIMIT, "total": 0}, ["set-allowance.total"]),
        ({**LIMIT, "total": 3_600_001}, ["set-allowance.total"]),
        ({**LIMIT, "total": 10**40}, ["set-allowance.total"]),
        ({**LIMIT, "total": float("nan")}, ["set-allowance.total"]),
        ({**LIMIT, "total": float("inf")}, ["set-allowance.total"]),
        ({"id": "12345678", "type": "undo", "version": 0}, ["undo.version"]),
        ({"id": "12345678", "type": "undo", "version": 2**31}, ["undo.version"]),
        ({**END, "holder": None}, ["end-intervention.holder"]),
        ({**END, "outcome": "time-expired"}, ["end-intervention.outcome"]),
    ],
)
def test_a_body_that_is_no_command_is_told_every_problem_with_its_path(
    quiet: Hall, body: Any, paths: list[str]
):
    answer = quiet.program(Role.CHAIR).raw(json.dumps(body).encode())

    assert answer.status_code == 400
    told = answer.get_json()
    assert told["reason"] == "invalid"
    assert [problem["path"] for problem in told["problems"]] == paths
    assert all(problem["message"] for problem in told["problems"])
    assert quiet.log() == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'{"id": "12345678", "type": "open-dialogue"} {}',
        b'{"id": "12345678", "type": "open-dialogue",}',
        b"{'id': '12345678', 'type': 'open-dialogue'}",
        b'{"id": "\\ud8001234567", "type": "open-dialogue"}',
        b'{"id": "12345678", "type": "open-list", "segment": "\\ud800"}',
        b'{"id": "12345678", "type": "open-list", "segment": "\xed\xa0\x80"}',
        b"[" * 60_000,
        b'{"id":' * 10_000,
        b'{"a": ' + b"9" * 60_000 + b"}",
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_not_json_is_told_so(quiet: Hall, body: bytes):
    answer = quiet.program(Role.CHAIR).raw(body)

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
    assert len(answer.get_json()["problems"]) == 1
    assert quiet.log() == ()


def test_of_a_key_that_comes_twice_the_last_counts(hall: Hall):
    hall.begin()

    answer = hall.chair.raw(
        b'{"id": "12345678", "type": "open-list", "type": "close-list", "segment": "s2"}'
    )

    assert answer.status_code == 200
    assert hall.chair.get("/view").get_json()["view"]["list"]["open"] is False


@pytest.mark.parametrize("name", ["\x00", "s2\x00", "'; DROP TABLE event; --", "\u202es2", "S2"])
def test_a_name_that_is_none_is_only_unknown(hall: Hall, name: str):
    hall.begin()
    before = hall.log()

    answers = [
        hall.chair.send("begin-segment", segment=name, holder=None),
        hall.chair.send("request-floor", segment=PANEL, delegation=name),
        hall.chair.send("request-floor", segment=PANEL, delegation="NG", group=name),
        hall.chair.send("give-floor", request=name, holder=None),
        hall.chair.send("give-floor", person=name, holder=None),
        hall.chair.send("start-clock", holder=name),
    ]

    assert [answer.get_json()["reason"] for answer in answers] == [
        "unknown-segment",
        "unknown-delegation",
        "unknown-group",
        "unknown-request",
        "not-in-programme",
        "floor-changed",
    ]
    assert hall.log() == before


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
    ],
)
def test_only_json_is_taken(quiet: Hall, content_type: str):
    answer = quiet.chair.raw(json.dumps(GOOD).encode(), content_type)

    assert (answer.status_code, answer.get_json()["reason"]) == (415, "not-json")
    assert quiet.log() == ()


def test_json_is_taken_whatever_is_said_of_its_letters(hall: Hall):
    answer = hall.chair.raw(json.dumps(GOOD).encode(), "application/JSON; charset=utf-8")

    assert answer.status_code == 200


def test_a_body_may_be_as_long_as_the_limit_and_no_longer(hall: Hall):
    body = json.dumps(GOOD).encode()

    assistant = hall.program(Role.ASSISTANT)

    for caller, most in ((assistant, gate.MAX_BODY), (hall.chair, commands.MAX_PROGRAMME)):
        too_long = caller.raw(body.ljust(most + 1))
        just_short_enough = caller.raw(body.ljust(most))

        assert (too_long.status_code, too_long.get_json()["reason"]) == (413, "too-large")
        assert just_short_enough.status_code != 413


def test_whoever_is_not_admitted_is_not_read(hall: Hall):
    answer = hall.app.test_client().post(
        f"{hall.api}/commands", data=b" " * 10_000_000, content_type="application/json"
    )

    assert (answer.status_code, answer.get_json()["reason"]) == (401, "no-seat")


def test_commands_are_counted_for_each_seat_apart(hall: Hall):
    wild, calm = hall.chair, hall.program(Role.CHAIR, CO_CHAIR)
    for _ in range(gate.COMMANDS_PER_SEAT.amount + 1):
        last = wild.send("start-clock", holder="nobody")

    assert last.status_code == 429
    assert calm.send("open-dialogue").status_code == 200
