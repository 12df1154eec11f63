"""Every refusal that the web knows: provoked over HTTP, in its words, with nothing recorded."""

import logging
import sqlite3
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from werkzeug.test import TestResponse

from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Role
from moderator.core.units import MINUTE, Duration
from moderator.core.view import rules_section
from moderator.secretariat import SEAT_LIFE, Entry
from moderator.service import Service
from moderator.store import engine, tables
from moderator.walkins import MOST_PENDING, Refusal
from moderator.web import gate, refusals
from tests.web.hall import (
    HAMMAD,
    NELSON,
    OPENING,
    PANEL,
    PANEL_2,
    PRESIDENT,
    Caller,
    Hall,
    Program,
    new_id,
)

Provoke = Callable[[Hall], TestResponse]
PROVOKED: dict[str, tuple[int, Provoke]] = {}
"""For each reason the status of its answer, and how to come by it."""

TOLD_BY_SOCKETS = {"rehearsal-over"}
"""Over HTTP there is nothing left to ask: a rehearsal that is over is not found."""


def provoked_by(reason: str, status: int) -> Callable[[Provoke], Provoke]:
    def keep(provoke: Provoke) -> Provoke:
        PROVOKED[reason] = status, provoke
        return provoke

    return keep


def delegation(hall: Hall, code: str) -> Program:
    return hall.program(Role.DELEGATION, code)


def ask(asker: Program, **fields: str) -> TestResponse:
    body = {"segment": PANEL, "kind": "statement", **fields}
    return asker.send("request-floor", **body)


@provoked_by(Reason.NOT_ALLOWED, 403)
def _a_display_opens_the_dialogue(hall: Hall) -> TestResponse:
    return hall.program(Role.DISPLAY).send("open-dialogue")


@provoked_by(Reason.NOT_YOURS, 403)
def _another_delegations_request_is_withdrawn(hall: Hall) -> TestResponse:
    hall.begin()
    return delegation(hall, "NG").send("withdraw-request", request=hall.ask("BR"))


@provoked_by(Reason.NOT_OPEN, 409)
def _a_segment_begins_before_the_gavel(hall: Hall) -> TestResponse:
    return hall.chair.send("begin-segment", segment=PANEL, holder=None)


@provoked_by(Reason.SUSPENDED, 409)
def _a_delegation_asks_in_the_coffee_break(hall: Hall) -> TestResponse:
    hall.begin()
    hall.chair.do("suspend-dialogue")
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.DIALOGUE_CLOSED, 409)
def _a_delegation_asks_after_the_meeting(hall: Hall) -> TestResponse:
    hall.begin()
    hall.chair.do("close-dialogue", holder=None)
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.NO_SEGMENT, 409)
def _a_list_opens_before_any_segment(hall: Hall) -> TestResponse:
    hall.chair.do("open-dialogue")
    return hall.chair.send("open-list", segment=PANEL)


@provoked_by(Reason.UNKNOWN_SEGMENT, 409)
def _a_segment_begins_that_is_none(hall: Hall) -> TestResponse:
    hall.chair.do("open-dialogue")
    return hall.chair.send("begin-segment", segment="s9", holder=None)


@provoked_by(Reason.SEGMENT_CHANGED, 409)
def _a_delegation_asks_in_a_segment_that_is_over(hall: Hall) -> TestResponse:
    hall.begin(PANEL_2)
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.LIST_CLOSED, 409)
def _a_delegation_asks_on_a_closed_list(hall: Hall) -> TestResponse:
    hall.begin(list_open=False)
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.UNKNOWN_REQUEST, 409)
def _a_request_is_moved_that_was_never_made(hall: Hall) -> TestResponse:
    hall.begin()
    return hall.chair.send("move-request", request="nobody-asked", before=None)


@provoked_by(Reason.UNKNOWN_DELEGATION, 409)
def _the_floor_is_requested_for_a_stranger(hall: Hall) -> TestResponse:
    hall.begin()
    return ask(hall.chair, delegation="XX")


@provoked_by(Reason.UNKNOWN_GROUP, 409)
def _the_floor_is_requested_for_a_group_that_is_none(hall: Hall) -> TestResponse:
    hall.begin()
    return ask(delegation(hall, "NG"), group="G8")


@provoked_by(Reason.MAY_NOT_REPRESENT, 409)
def _a_stakeholder_speaks_for_a_group(hall: Hall) -> TestResponse:
    hall.begin()
    return ask(delegation(hall, "EHTN"), group="G77")


@provoked_by(Reason.ALREADY_WAITING, 409)
def _a_second_phone_of_the_delegation_asks(hall: Hall) -> TestResponse:
    hall.begin()
    hall.ask("NG")
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.HAS_THE_FLOOR, 409)
def _the_speaker_asks(hall: Hall) -> TestResponse:
    hall.begin()
    hall.give(hall.ask("NG"))
    return ask(delegation(hall, "NG"))


@provoked_by(Reason.NOT_WAITING, 409)
def _a_request_is_withdrawn_twice(hall: Hall) -> TestResponse:
    hall.begin()
    request = hall.ask("NG")
    delegation(hall, "NG").do("withdraw-request", request=request)
    return hall.chair.send("give-floor", request=request, holder=None)


@provoked_by(Reason.FLOOR_CHANGED, 409)
def _the_second_of_two_chairs_gives_the_floor(hall: Hall) -> TestResponse:
    hall.begin()
    first, second = hall.ask("NG"), hall.ask("BR")
    hall.give(first)
    return hall.chair.send("give-floor", request=second, holder=None)


@provoked_by(Reason.NOT_IN_PROGRAMME, 409)
def _the_floor_is_given_to_a_speaker_of_the_other_panel(hall: Hall) -> TestResponse:
    hall.begin()
    return hall.chair.send("give-floor", person=HAMMAD, holder=None)


@provoked_by(Reason.LESS_THAN_USED, 409)
def _a_limit_is_set_below_what_was_spoken(hall: Hall) -> TestResponse:
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.now.pass_by(MINUTE)
    return hall.chair.send("set-allowance", holder=turn, total=1_000)


@provoked_by(Reason.NOTHING_LEFT, 409)
def _a_turn_without_time_is_put_back(hall: Hall) -> TestResponse:
    hall.begin(OPENING)  # where nobody is stopped at the limit
    request = new_id()
    delegation(hall, "NG").do("request-floor", request, segment=OPENING, kind="statement")
    hall.give(request)
    hall.now.pass_by(Duration(4 * MINUTE))
    return hall.chair.send("return-to-list", holder=request)


@provoked_by(Reason.CANNOT_CONTINUE, 409)
def _a_turn_that_never_was_goes_on(hall: Hall) -> TestResponse:
    hall.begin()
    return hall.chair.send("continue-intervention", intervention="nobody-spoke", total=60_000)


@provoked_by(Reason.UNKNOWN_VERSION, 409)
def _nothing_is_undone(hall: Hall) -> TestResponse:
    return hall.chair.send("undo", version=7)


@provoked_by(Reason.CANNOT_UNDO, 409)
def _a_suspension_is_undone(hall: Hall) -> TestResponse:
    hall.begin()
    suspended = hall.chair.do("suspend-dialogue")
    return hall.chair.send("undo", version=suspended["version"])


@provoked_by(Reason.TOO_LATE_TO_UNDO, 409)
def _an_end_is_undone_after_the_next_has_begun(hall: Hall) -> TestResponse:
    hall.begin()
    first, second = hall.ask("NG"), hall.ask("BR")
    hall.give(first)
    ended = hall.chair.do("end-intervention", holder=first)
    hall.give(second)
    return hall.chair.send("undo", version=ended["undo"])


@provoked_by(Reason.ID_REUSED, 409)
def _an_id_is_used_for_something_else(hall: Hall) -> TestResponse:
    chair = hall.chair
    chair.do("open-dialogue", "the-same-id")
    return chair.send("take-gavel", "the-same-id")


@provoked_by(Entry.NO_SEAT, 401)
def _nobody_asks(hall: Hall) -> TestResponse:
    return hall.app.test_client().get(f"{hall.api}/view")


@provoked_by(Entry.SEAT_EXPIRED, 401)
def _a_seat_of_last_month_asks(hall: Hall) -> TestResponse:
    device = hall.enter(Role.DELEGATION, "NG")
    hall.now.pass_by(SEAT_LIFE)
    return device.get("/view")


@provoked_by(Entry.SEAT_EXPELLED, 401)
def _an_expelled_seat_asks(hall: Hall) -> TestResponse:
    device = hall.enter(Role.DELEGATION, "NG")
    assert hall.chair.post(f"/seats/{device.seat}/expel").status_code == 200
    return device.send("request-floor", segment=PANEL)


@provoked_by(Entry.NO_DESK, 401)
def _(hall: Hall) -> TestResponse:
    return hall.app.test_client().get("/api/wall")


@provoked_by(Entry.UNKNOWN_LINK, 404)
def _a_link_of_another_installation_is_followed(hall: Hall) -> TestResponse:
    return hall.app.test_client().get("/l/AAAAAAAAAAAAAAAAAAAAAAAA")


@provoked_by(Entry.LINK_REVOKED, 404)
def _a_revoked_link_is_followed(hall: Hall) -> TestResponse:
    link = hall.house.secretariat.revoke(hall.link(Role.DELEGATION, "NG"))
    return hall.app.test_client().get(f"/l/{link.token}")


@provoked_by("own-link", 409)
def _a_chair_revokes_the_link_it_came_by(hall: Hall) -> TestResponse:
    return hall.chair.post("/links/revoke", {"role": "chair"})


@provoked_by("too-late-to-rehearse", 409)
def _a_meeting_is_rehearsed_that_was_opened(hall: Hall) -> TestResponse:
    hall.chair.do("open-dialogue")
    return hall.chair.post("/rehearsal")


@provoked_by("in-rehearsal", 409)
def _a_link_is_revoked_in_a_rehearsal(hall: Hall) -> TestResponse:
    rehearsal = hall.chair.post("/rehearsal").get_json()["rehearsal"]
    there = Program(Hall(hall.app, rehearsal, hall.now), hall.chair.client, "", hall.chair.secret)
    return there.post("/links/revoke", {"role": "delegation"})


@provoked_by(Entry.UNKNOWN_CODE, 404)
def _a_code_is_mistyped(hall: Hall) -> TestResponse:
    return hall.app.test_client().post("/join", data={"code": "2222-2222"})


@provoked_by("not-found", 404)
def _another_dialogue_is_asked_for(hall: Hall) -> TestResponse:
    return hall.chair.client.get("/api/dialogues/another/view", headers=hall.chair.headers)


def _two_write_one_note(hall: Hall, first_then: str) -> TestResponse:
    """One writes a note, changes or drops it; another still writes on what they saw first."""
    rapporteur, note = hall.enter(Role.RAPPORTEUR), f"{hall.api}/notes/{new_id()}"
    headers = dict(rapporteur.headers)

    def put(base: int, text: str) -> TestResponse:
        body = {"base": base, "segment": PANEL, "intervention": None, "theme": None, "text": text}
        return rapporteur.client.put(note, json=body, headers=headers)

    put(0, "A point")
    if first_then == "changes":
        put(1, "Another point")
    else:
        rapporteur.client.delete(f"{note}?base=1", headers=headers)
    return put(1, "A third point")


@provoked_by("note-changed", 409)
def _somebody_else_has_changed_the_note(hall: Hall) -> TestResponse:
    return _two_write_one_note(hall, "changes")


@provoked_by("note-dropped", 409)
def _somebody_else_has_dropped_the_note(hall: Hall) -> TestResponse:
    return _two_write_one_note(hall, "drops")


def change(hall: Hall, base: int = 0, **fields: object) -> TestResponse:
    programme = hall.house.secretariat.form(hall.dialogue)[0] | fields
    return hall.chair.send("change-programme", base=base, programme=programme)


@provoked_by(Reason.PROGRAMME_CHANGED, 409)
def _two_change_the_programme(hall: Hall) -> TestResponse:
    return change(hall, base=7)


@provoked_by(Reason.SEGMENT_HELD, 409)
def _the_panel_that_goes_on_is_taken_out(hall: Hall) -> TestResponse:
    hall.begin()
    segments = hall.house.secretariat.form(hall.dialogue)[0]["segments"]
    assert isinstance(segments, list)
    return change(hall, segments=segments[:1])


@provoked_by(Reason.IN_THE_RECORD, 409)
def _somebody_who_has_asked_is_taken_out(hall: Hall) -> TestResponse:
    hall.begin()
    hall.ask("NG")
    return change(hall, delegations=["BR", "PT"])


def correct(hall: Hall, intervention: str, delegation: str | None) -> TestResponse:
    return hall.chair.send(
        "correct-intervention",
        intervention=intervention,
        delegation=delegation,
        group=None,
        outcome="concluded",
        used=60_000,
        reason="so it was",
    )


@provoked_by(Reason.UNKNOWN_INTERVENTION, 409)
def _what_was_never_said_is_corrected(hall: Hall) -> TestResponse:
    return correct(hall, "never-said", "NG")


@provoked_by(Reason.NOT_ENDED, 409)
def _who_still_speaks_is_corrected(hall: Hall) -> TestResponse:
    hall.begin()
    return correct(hall, hall.give(hall.ask("NG")), "NG")


@provoked_by(Reason.NOT_THIS_SPEAKER, 409)
def _a_delegation_becomes_a_person(hall: Hall) -> TestResponse:
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.chair.do("end-intervention", holder=turn)
    return correct(hall, turn, None)


@provoked_by(Reason.NOT_ENTITLED, 409)
def _a_stakeholder_raises_a_point_of_order(hall: Hall) -> TestResponse:
    hall.begin()
    return ask(delegation(hall, "EHTN"), kind="point-of-order")


@provoked_by(Reason.REPLIES_USED, 409)
def _a_third_right_of_reply_is_asked_for(hall: Hall) -> TestResponse:
    hall.begin()
    statement = hall.give(hall.ask("NG"))
    hall.chair.do("end-intervention", holder=statement)
    brazil = delegation(hall, "BR")
    for _ in range(2):
        reply = new_id()
        brazil.do("request-floor", reply, segment=PANEL, kind="right-of-reply", statement=statement)
        hall.give(reply)
        hall.chair.do("end-intervention", holder=reply)
    return ask(brazil, kind="right-of-reply", statement=statement)


@provoked_by(Reason.CANNOT_REINSTATE, 409)
def _whoever_was_heard_is_reinstated(hall: Hall) -> TestResponse:
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.chair.do("end-intervention", holder=turn)
    return hall.chair.send("reinstate-request", request=turn, before=None)


@provoked_by(Reason.NO_DRAW, 409)
def _the_draw_of_a_list_that_never_opened_is_revealed(hall: Hall) -> TestResponse:
    hall.begin(list_open=False)
    return hall.chair.send("reveal-draw", segment=PANEL)


@provoked_by(Reason.DRAW_WINDOW_OPEN, 409)
def _the_draw_is_revealed_at_once(hall: Hall) -> TestResponse:
    hall.begin()
    return hall.chair.send("reveal-draw", segment=PANEL)


@provoked_by(Reason.WRONG_SEED, 409)
def _the_seed_was_changed_in_the_database(hall: Hall) -> TestResponse:
    hall.begin()
    hall.now.pass_by(MINUTE)
    with hall.house.engine.begin() as connection:
        connection.execute(sa.update(tables.draw).values(seed="a better one"))
    return hall.chair.send("reveal-draw", segment=PANEL)


@provoked_by(Reason.TOO_MANY_QUESTIONS, 409)
def _a_fourth_question_is_written(hall: Hall) -> TestResponse:
    hall.chair.do("open-dialogue")
    nigeria = delegation(hall, "NG")
    for _ in range(3):
        nigeria.do("write-question", to=HAMMAD, words="Why?")
    return nigeria.send("write-question", to=HAMMAD, words="And why not?")


@provoked_by(Reason.UNKNOWN_QUESTION, 409)
def _a_question_is_ticked_that_nobody_asked(hall: Hall) -> TestResponse:
    hall.chair.do("open-dialogue")
    return hall.chair.send("set-answered", question="nobody-asked", answered=True)


@provoked_by(Reason.SEGMENT_OVER, 409)
def _the_rules_of_a_part_that_is_over_are_set(hall: Hall) -> TestResponse:
    hall.begin()
    hall.chair.do("begin-segment", segment=PANEL_2, holder=None)
    return hall.chair.send("set-rules", base=0, segment=PANEL, rules=rules_section(Rules()))


def register(device: Caller, name: str = "Harbour of Hope") -> TestResponse:
    return device.post("/walk-ins", {"name": name, "category": "ngo", "person": "Ada"})


@provoked_by(Refusal.TOO_MANY, 409)
def _a_crowd_stands_at_the_door(hall: Hall) -> TestResponse:
    for number in range(MOST_PENDING):
        register(hall.enter(Role.FOLLOWER), f"Body {number}")
    return register(hall.enter(Role.FOLLOWER), "One more")


@provoked_by(Refusal.WAITS_ALREADY, 409)
def _one_device_registers_two(hall: Hall) -> TestResponse:
    follower = hall.enter(Role.FOLLOWER)
    register(follower)
    return register(follower, "Another")


@provoked_by(Refusal.UNKNOWN, 404)
def _nobody_is_let_in(hall: Hall) -> TestResponse:
    return hall.chair.post("/walk-ins/nobody/approve")


@provoked_by(Refusal.DECIDED, 409)
def _somebody_turned_away_is_let_in(hall: Hall) -> TestResponse:
    waiting = register(hall.enter(Role.FOLLOWER)).get_json()["id"]
    hall.chair.post(f"/walk-ins/{waiting}/refuse")
    return hall.chair.post(f"/walk-ins/{waiting}/approve")


@provoked_by("not-recorded", 503)
def _another_program_holds_the_database(hall: Hall) -> TestResponse:
    chair = hall.chair
    with (
        pytest.MonkeyPatch.context() as patched,
        sqlite3.connect(make_url(hall.house.settings.database_url).database or "") as other,
    ):
        patched.setattr(engine, "PATIENCE_S", 0)
        other.execute("BEGIN IMMEDIATE")
        try:
            answer = chair.send("open-dialogue")
        finally:
            other.rollback()
    other.close()
    assert answer.headers["Retry-After"] == "1"
    return answer


@provoked_by("too-many", 429)
def _a_program_has_run_wild(hall: Hall) -> TestResponse:
    chair = hall.chair
    for _ in range(gate.COMMANDS_PER_SEAT.amount):
        assert chair.send("start-clock", holder="nobody").status_code == 409
    answer = chair.send("start-clock", holder="nobody")
    assert answer.headers["Retry-After"] == "10"
    return answer


@provoked_by("wrong-origin", 403)
def _another_web_site_asks(hall: Hall) -> TestResponse:
    device = hall.enter(Role.CHAIR, PRESIDENT)
    body = {"id": new_id(), "type": "open-dialogue"}
    return device.post("/commands", body, headers={"Origin": "https://elsewhere.example"})


@provoked_by("invalid", 400)
def _a_command_is_none(hall: Hall) -> TestResponse:
    return hall.chair.send("seize-power")


@provoked_by("too-large", 413)
def _ten_megabytes_come(hall: Hall) -> TestResponse:
    return hall.chair.raw(b" " * 10_000_000)


@provoked_by("not-json", 415)
def _a_form_comes(hall: Hall) -> TestResponse:
    body = b'{"id": "12345678", "type": "open-dialogue"}'
    return hall.chair.raw(body, "text/plain")


@provoked_by("paragraph-changed", 409)
def _two_write_the_same_paragraph(hall: Hall) -> TestResponse:
    rapporteur = hall.program(Role.RAPPORTEUR)
    address, headers = f"{hall.api}/summary/own-1", dict(rapporteur.headers)
    for text in ("Mine.", "Yours."):
        body = {"base": 0, "text": text, "after": None}
        answer = rapporteur.client.put(address, json=body, headers=headers)
    return answer


@provoked_by("method-not-allowed", 405)
def _commands_are_read(hall: Hall) -> TestResponse:
    return hall.chair.get("/commands")


@provoked_by("failed", 500)
def _the_server_has_a_fault(hall: Hall) -> TestResponse:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    chair = hall.chair
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Service, "handle", fail)
        return chair.send("open-dialogue")


@pytest.mark.parametrize(
    "reason", [reason for reason in refusals.WORDS if reason not in TOLD_BY_SOCKETS]
)
def test_every_refusal_is_told_by_its_reason_and_in_words(hall: Hall, reason: str):
    status, provoke = PROVOKED[reason]

    answer = provoke(hall)

    assert answer.status_code == status
    message = str(refusals.WORDS[reason])
    if answer.mimetype == "application/json":
        assert answer.get_json().items() >= {"reason": reason, "message": message}.items()
    else:
        assert message in answer.text


def test_every_reason_of_the_core_and_of_the_entrance_has_words():
    assert {*Reason, *Entry} <= set(refusals.WORDS)
    assert set(PROVOKED) | TOLD_BY_SOCKETS == set(refusals.WORDS)


@pytest.mark.parametrize(
    "reason",
    [
        Reason.NOT_ALLOWED,
        Reason.NOT_OPEN,
        Entry.NO_SEAT,
        Entry.SEAT_EXPIRED,
        "note-changed",
        "note-dropped",
        "not-recorded",
        "too-many",
        "wrong-origin",
        "invalid",
        "too-large",
        "not-json",
        "failed",
    ],
)
def test_a_refusal_leaves_the_log_as_it_was(hall: Hall, reason: str):
    PROVOKED[reason][1](hall)

    assert hall.log() == ()


def test_a_fault_is_logged_without_the_secret_of_the_link(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    token = hall.link(Role.DELEGATION, "NG").token
    monkeypatch.setattr("moderator.secretariat.Secretariat.link", fail)

    with caplog.at_level(logging.DEBUG):
        answer = hall.app.test_client().get(f"/l/{token}")

    assert answer.status_code == 500
    assert "a fault of ours" not in answer.text
    assert "GET join.show failed" in caplog.text
    assert "a fault of ours" in caplog.text
    assert token not in caplog.text


def test_pages_refuse_in_a_page_and_the_interface_in_json(hall: Hall):
    client = hall.app.test_client()

    page, interface = client.get("/nowhere"), client.get("/api/nowhere")

    assert page.mimetype == "text/html"
    assert 'data-screen="refused"' in page.text
    assert interface.get_json() == {"reason": "not-found", "message": "There is nothing here."}


def test_whoever_may_never_give_a_command_is_not_told_what_there_is(hall: Hall):
    panellist = hall.program(Role.PANELLIST, NELSON)

    for body in ({"version": 7}, {"version": 1}):
        answer = panellist.send("undo", **body)
        assert answer.get_json()["reason"] == Reason.NOT_ALLOWED
    assert ask(panellist, delegation="XX").get_json()["reason"] == Reason.NOT_ALLOWED


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GET"])
def test_a_wrong_method_is_told_the_right_ones(hall: Hall, method: str):
    answer = hall.app.test_client().open(f"{hall.api}/commands", method=method)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
