"""Orders as proposals, and the balance, over HTTP: for whom, in which words; nothing moves."""

import pytest

from moderator.core.fairness import HintReason
from moderator.core.order import Why
from moderator.core.terms import BUREAU, Policy, Role
from moderator.core.units import MINUTE
from moderator.web import order
from tests.web.hall import PANEL, Hall

PRESIDE = (Role.CHAIR, Role.SECRETARY)


def listed(hall: Hall) -> list[str]:
    """Who waits, in order."""
    entries = hall.chair.get("/view").get_json()["view"]["list"]["entries"]
    return [entry["id"] for entry in entries]


def test_an_order_is_proposed_with_who_moves_and_why_and_nothing_moves(hall: Hall):
    hall.begin()
    national = hall.ask("NG")
    group = hall.ask("BR", group="G77")

    answer = hall.chair.get("/order?policy=groups-first")

    proposal = answer.get_json()
    assert proposal["order"] == [group, national]
    assert proposal["moved"] == [
        {
            "id": group,
            "former": 1,
            "place": 0,
            "why": "for-a-group",
            "words": "speaks on behalf of a group",
        }
    ]
    assert listed(hall) == [national, group]
    hall.chair.do("accept-order", **{key: proposal[key] for key in ("segment", "order", "policy")})
    assert listed(hall) == [group, national]


def test_reasons_are_told_in_the_language_of_whoever_asks(hall: Hall):
    hall.begin()
    hall.ask("NG")
    hall.ask("BR", group="G77")

    arabic = hall.enter(Role.CHAIR, "p01", "ar").get("/order?policy=groups-first").get_json()

    assert arabic["moved"][0]["words"] != "speaks on behalf of a group"


@pytest.mark.parametrize("role", Role)
def test_orders_are_proposed_to_those_who_preside_and_the_balance_shown_to_the_bureau(
    hall: Hall, role: Role
):
    hall.begin()
    caller = hall.program(role)

    statuses = [caller.get(path).status_code for path in ("/order?policy=level", "/balance")]

    assert statuses == [200 if role in PRESIDE else 403, 200 if role in BUREAU else 403]


@pytest.mark.parametrize(
    "query", ["", "?policy=gender", "?policy=level&every=0", "?policy=level&x=1"]
)
def test_what_is_no_policy_is_refused(hall: Hall, query: str):
    hall.begin()

    answer = hall.chair.get(f"/order{query}")

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")


def test_the_list_is_ordered_by_lot_once_the_draw_is_revealed(hall: Hall):
    hall.begin()
    asked = {hall.ask("NG"), hall.ask("BR"), hall.ask("MX")}
    early = hall.chair.get("/order?policy=draw")
    assert (early.status_code, early.get_json()["reason"]) == (409, "no-draw")

    hall.now.pass_by(2 * MINUTE)
    hall.chair.do("reveal-draw", segment=PANEL)

    assert set(hall.chair.get("/order?policy=draw").get_json()["order"]) == asked


@pytest.mark.story(38)
def test_a_stakeholder_has_a_turn_after_as_many_others_as_the_chair_says(hall: Hall):
    hall.begin()
    first, second = hall.ask("NG"), hall.ask("BR")
    stakeholder = hall.ask("UNICEF")

    proposal = hall.chair.get("/order?policy=stakeholders-between&every=1").get_json()

    assert proposal["order"] == [first, stakeholder, second]


def test_the_balance_tells_turns_time_and_hints_in_words(hall: Hall):
    hall.begin()
    holder = None
    for code in ("NG", "KE", "ZA"):
        holder = hall.give(hall.ask(code), holder)
        hall.now.pass_by(MINUTE)
    waiting = hall.ask("BR")

    told = hall.chair.get("/balance").get_json()

    african = next(row for row in told["segment"]["regions"] if row["key"] == "AFR")
    assert (african["heard"], african["turns"]) == (3, 3)
    (hint,) = told["hints"]
    assert (hint["reason"], hint["requests"]) == ("region-not-heard", [waiting])
    assert hint["words"].endswith("3 turns.")


@pytest.mark.story(12)
def test_a_hint_points_at_who_waits_and_moves_nobody(hall: Hall):
    hall.begin()
    spoke, holds = hall.ask("KE"), hall.ask("NG")
    hall.give(holds, hall.give(spoke))
    waiting = [hall.ask("KE"), hall.ask("BR"), hall.ask("UNICEF")]
    before = hall.log()

    hints = hall.chair.get("/balance").get_json()["hints"]

    assert {hint["reason"]: hint["requests"] for hint in hints} == {
        "first-time-behind-second": waiting[1:]
    }
    assert listed(hall) == waiting
    assert hall.log() == before


def test_every_reason_has_words(hall: Hall):
    with hall.app.test_request_context():
        assert all(str(order.REASONS[why]) for why in Why)
        assert {order._hint(order.Hint(one, (), count=2)) for one in HintReason}
    assert set(order.REASONS) == set(Why)
    assert len(Policy) == 7
