"""Somebody comes without being expected: registers on a phone, is let in, asks for the floor."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client
from tests.processes.server import Server


def test_a_walk_in_registers_is_let_in_with_one_press_and_asks_for_the_floor(
    enter: Enter, server: Server
) -> None:
    bureau = Client(server, "chair")
    for command in ({"type": "open-dialogue"}, {"type": "begin-segment", "segment": "s2"}):
        kind = command.pop("type")
        bureau.do(kind, **command, **({"holder": None} if kind == "begin-segment" else {}))
    bureau.do("open-list", segment="s2")
    bureau.close()
    chair = enter("chair")
    phone = enter("follower")
    phone.get_by_role("button", name="Ask to take part").click()
    phone.get_by_label("Organization", exact=True).fill("Harbour of Hope")
    phone.get_by_label("Your name").fill("Ada Harbour")
    phone.get_by_role("button", name="Register").click()
    expect(phone.get_by_text("You have registered as Harbour of Hope.")).to_be_visible()

    chair.get_by_role("link", name="1 at the door").click()
    chair.wait_for_selector("html[data-setup]")
    expect(chair.get_by_text("Ada Harbour")).to_be_visible()
    chair.get_by_role("button", name="Let in").click()
    expect(chair.get_by_text("Nobody is waiting to be let in.")).to_be_visible()

    phone.get_by_role("button", name="Go on to your screen").click()
    phone.wait_for_url(re.compile(r"/s/"))
    expect(phone.get_by_text("Harbour of Hope").first).to_be_visible()
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_role("heading", name="You are next")).to_be_visible()
    chair.go_back()
    chair.wait_for_selector("html[data-ready]")
    expect(chair.get_by_text("Harbour of Hope").first).to_be_visible()
