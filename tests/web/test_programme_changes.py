"""Live edits over HTTP: the fields go out with ids, come back changed, and reach every page."""

from copy import deepcopy
from typing import Any

import pytest

from moderator import create_app
from moderator.core.terms import Role
from moderator.core.units import SECOND
from tests.web.hall import BACHELET, PANEL, PRESIDENT, Hall, new_id


def form_of(hall: Hall) -> dict[str, Any]:
    return hall.chair.get("/programme/form").get_json()


def change(hall: Hall, fields: dict[str, Any], base: int = 0, **more: Any):
    return hall.chair.send("change-programme", base=base, programme=fields, **more)


def document(hall: Hall) -> dict[str, Any]:
    return hall.chair.get("/programme").get_json()


def problems(answer) -> dict[str, str]:
    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
    return {one["path"]: one["message"] for one in answer.get_json()["problems"]}


def own(code: str, name: str) -> dict[str, Any]:
    return {"code": code, "category": "ngo", "name": {"en": name}}


def test_the_fields_are_those_of_the_file_with_an_id_for_each_part(hall: Hall):
    form = form_of(hall)

    assert form["revision"] == 0
    fields = form["programme"]
    assert fields["segments"][1]["id"] == PANEL
    assert next(iter(fields["persons"].values()))["id"] == PRESIDENT
    assert [theme["id"] for theme in fields["segments"][1]["themes"]] == ["t1", "t2", "t3"]
    assert hall.program(Role.RAPPORTEUR).get("/programme/form").status_code == 403


def test_what_comes_back_unchanged_is_a_new_revision_of_the_same_programme(hall: Hall):
    before = document(hall)

    assert change(hall, form_of(hall)["programme"]).status_code == 200

    assert document(hall) == {**before, "revision": 1}
    assert hall.chair.get("/view").get_json()["view"]["revision"] == 1


def test_a_delegation_that_is_added_has_a_link_and_asks_for_the_floor(hall: Hall):
    hall.begin()
    fields = form_of(hall)["programme"]
    fields["delegations"].append(own("HARBOUR", "Harbour of Hope"))

    assert change(hall, fields).status_code == 200

    Hall._links.pop(hall.dialogue, None)
    phone = hall.enter(Role.DELEGATION, "HARBOUR")
    assert phone.send("request-floor", segment=PANEL).status_code == 200
    assert document(hall)["delegations"]["HARBOUR"]["name"] == "Harbour of Hope"


def test_whoever_comes_before_the_others_leaves_their_ids_as_they_were(hall: Hall):
    fields = form_of(hall)["programme"]
    fields["persons"] = {"guest": {"name": {"en": "Ms. Guest"}}, **fields["persons"]}
    fields["segments"].insert(0, {"kind": "statements", "title": {"en": "Breakfast"}})
    fields["segments"][2]["speakers"].insert(0, "guest")
    before = document(hall)

    assert change(hall, fields).status_code == 200

    after = document(hall)
    assert after["persons"][PRESIDENT] == before["persons"][PRESIDENT]
    (guest,) = after["persons"].keys() - before["persons"].keys()
    panel = next(one for one in after["segments"] if one["id"] == PANEL)
    assert panel["speakers"][0] == guest
    assert BACHELET in panel["speakers"]


def test_an_id_is_never_given_twice(hall: Hall):
    fields = form_of(hall)["programme"]
    with_guest = deepcopy(fields)
    with_guest["persons"]["guest"] = {"name": {"en": "Ms. Guest"}}
    change(hall, with_guest)
    first = document(hall)["persons"].keys() - {p["id"] for p in fields["persons"].values()}
    change(hall, fields, base=1)
    with_guest["persons"]["guest"] = {"name": {"en": "Mr. Other"}}
    change(hall, with_guest, base=2)

    second = document(hall)["persons"].keys() - {p["id"] for p in fields["persons"].values()}
    assert first != second


def test_whoever_is_taken_out_is_shown_out(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    fields = form_of(hall)["programme"]
    fields["delegations"] = ["BR", "PT"]

    assert change(hall, fields).status_code == 200

    answer = phone.get("/view")
    assert (answer.status_code, answer.get_json()["reason"]) == (401, "seat-expelled")
    assert hall.enter(Role.DELEGATION, "BR").get("/view").status_code == 200


def test_everything_that_is_wrong_is_told_with_its_path_and_nothing_is_changed(hall: Hall):
    fields = form_of(hall)["programme"]
    fields["date"] = "tomorrow"
    fields["segments"][1]["speakers"].append("nobody")
    fields["delegations"].append(own("x", ""))
    before = document(hall)

    found = problems(change(hall, fields))

    assert found.keys() == {
        "date",
        f"segments[1].speakers[{len(fields['segments'][1]['speakers']) - 1}]",
        f"delegations[{len(fields['delegations']) - 1}].code",
        f"delegations[{len(fields['delegations']) - 1}].name.en",
    }
    assert "2012-04-03" in found["date"]
    assert document(hall) == before
    assert hall.log() == ()


def test_what_is_wrong_is_told_in_the_language_of_the_seat(hall: Hall):
    fields = form_of(hall)["programme"]
    fields["date"] = "غدا"
    fields["segments"][1]["speakers"].append("nobody")
    secretary = hall.enter(Role.SECRETARY, lang="ar")

    found = problems(
        secretary.send("change-programme", base=form_of(hall)["revision"], programme=fields)
    )

    assert found["date"] == "\u2068“غدا”\u2069 ليس يوما؛ يُكتب هكذا: \u20662012-04-03\u2069"
    assert all("nobody in" not in words for words in found.values())


@pytest.mark.parametrize("rubbish", [{}, {"segments": "all"}, {"persons": 3, "bureau": [None, 1]}])
def test_rubbish_is_refused_in_words(hall: Hall, rubbish: dict[str, Any]):
    assert problems(change(hall, rubbish))
    assert hall.log() == ()


def test_two_who_change_the_same_programme_do_not_overwrite_each_other(hall: Hall):
    fields = form_of(hall)["programme"]
    change(hall, fields)

    answer = change(hall, fields)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "programme-changed")


def test_the_same_tap_again_is_answered_the_same(hall: Hall):
    fields = form_of(hall)["programme"]
    fields["persons"]["guest"] = {"name": {"en": "Ms. Guest"}}
    tap = new_id()

    first = hall.chair.do("change-programme", tap, base=0, programme=fields)
    again = hall.chair.do("change-programme", tap, base=0, programme=fields)

    assert first == again
    assert document(hall)["revision"] == 1


def test_a_part_that_was_held_cannot_be_taken_out(hall: Hall):
    hall.begin()
    fields = form_of(hall)["programme"]
    del fields["segments"][1]

    answer = change(hall, fields)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "segment-held")
    assert document(hall)["revision"] == 0


def test_another_process_sees_the_change_a_second_later(hall: Hall):
    other = Hall(create_app(hall.house.settings, hall.now), hall.dialogue, hall.now)
    assert document(other)["revision"] == 0
    fields = form_of(hall)["programme"]
    fields["title"]["en"] = "Another title"
    change(hall, fields)

    assert document(other)["revision"] == 0
    hall.now.pass_by(SECOND)

    assert document(other)["title"] == "Another title"


def test_the_message_for_the_hall_is_read_by_its_id(hall: Hall):
    hall.chair.do("set-stage", blackout=False, message="We resume at 15:00.")
    display = hall.program(Role.DISPLAY)

    message = display.get("/view").get_json()["view"]["stage"]["message"]

    assert display.get(f"/texts/{message}").get_json() == {"text": "We resume at 15:00."}
    hall.chair.do("set-stage", blackout=True, message=None)
    assert display.get(f"/texts/{message}").status_code == 403
    assert display.get("/texts/other").status_code == 403


def test_why_a_record_was_corrected_is_read_by_the_bureau_alone(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.chair.do("end-intervention", holder=turn)
    rapporteur = hall.program(Role.RAPPORTEUR)
    reason = new_id()

    rapporteur.do(
        "correct-intervention",
        reason,
        intervention=turn,
        delegation="BR",
        group="G77",
        outcome="concluded",
        used=100_000,
        reason="Brazil spoke for the Group of 77.",
    )

    assert rapporteur.get(f"/texts/{reason}.reason").get_json()["text"].startswith("Brazil spoke")
    assert hall.program(Role.DELEGATION, "NG").get(f"/texts/{reason}.reason").status_code == 403
    logged = hall.log()[-1].event
    assert "Brazil" not in repr(logged)
    assert logged.correction.capacity == "group"


def test_a_group_is_spoken_for_by_a_state_alone_in_a_correction_too(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.chair.do("end-intervention", holder=turn)
    words = {"outcome": "concluded", "used": 1, "reason": "so it was", "intervention": turn}

    for delegation, group, reason in (
        ("EHTN", "G77", "may-not-represent"),
        ("XX", None, "unknown-delegation"),
        ("BR", "XX", "unknown-group"),
        (None, None, "not-this-speaker"),
    ):
        answer = hall.chair.send(
            "correct-intervention", delegation=delegation, group=group, **words
        )
        assert (answer.status_code, answer.get_json()["reason"]) == (409, reason)


def test_a_group_for_which_somebody_has_asked_stays(hall: Hall):
    hall.begin()
    hall.ask("NG", group="G77")
    fields = form_of(hall)["programme"]
    fields["groups"] = [group for group in fields["groups"] if group != "G77"]

    answer = change(hall, fields)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "in-the-record")
    assert hall.program(Role.RAPPORTEUR).get("/view").status_code == 200
