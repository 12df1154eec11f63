"""What cannot be written down or sent is said on the screens, and comes right by itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Locator, Page, expect

from moderator.core.events import AllowanceSet, FloorRequested
from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.load import log_of
from tests.processes.server import SECONDS, Server
from tests.processes.trouble import full_disk, locked, silent

LIMIT = f"{SECONDS // 60}:{SECONDS % 60:02}"
LONGER = "1:30"

TROUBLE: dict[str, Callable[[Server], AbstractContextManager[None]]] = {
    "locked": lambda server: locked(server.house),
    "full": full_disk,
}


@pytest.fixture
def presiding(server: Server) -> Iterator[Client]:
    """Somebody who presides while Nigeria has the floor and Mexico waits."""
    chair = opened(server)
    for code in ("NG", "MX"):
        segment = segment_of(server.house)
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)
    chair.do("give-floor", request="tap-of-NG", holder=None)
    chair.do("start-clock", holder="tap-of-NG")
    yield chair
    chair.close()


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_was_not_written_down_is_said_and_recorded_once_afterwards(
    enter: Enter, server: Server, presiding: Client, trouble: str
) -> None:
    chair, display, phone = enter("chair", "p01"), enter("display"), enter("delegation", "BR")
    expect(heading(phone)).to_have_text("The floor is open")
    limit = chair.locator(".clock dd").first
    expect(limit).to_contain_text(LIMIT)

    with TROUBLE[trouble](server):
        chair.keyboard.press("+")
        expect(chair.locator(".toast")).to_have_text("Not written down yet. It is tried again.")
        # Not before: it would wait for the chair's command too, as long as a phone waits at most.
        phone.locator("nav .primary").click()
        expect(phone.locator(".notice")).to_contain_text("Not written down yet")
        expect(phone.locator(".notice")).to_contain_text("is recorded once")
        expect(limit).to_contain_text(LIMIT)
        expect(heading(phone)).to_have_text("The floor is open")
        for screen in (chair, display, phone):
            goes_on(screen)
            expect(screen.locator("[data-lost], [data-state=lost]")).to_have_count(0)

    expect(limit).to_contain_text(LONGER)
    expect(chair.locator(".toast")).to_contain_text(f"The limit is now {LONGER}")
    expect(heading(phone)).to_have_text("You are second")
    expect(phone.locator(".notice")).to_have_count(0)
    expect(chair.locator(".entry")).to_have_count(2)
    assert recorded(server, FloorRequested, "BR") == 1
    assert recorded(server, AllowanceSet) == 1


@pytest.mark.story(32)
def test_a_phone_that_was_offline_is_right_at_once_and_its_tap_recorded_once(
    enter: Enter, server: Server, presiding: Client
) -> None:
    phone, watching = enter("delegation", "BR"), enter("delegation", "MX")
    expect(heading(watching)).to_have_text("You are next")

    for away in (phone, watching):
        away.context.set_offline(True)
    phone.locator("nav .primary").click()
    expect(phone.locator(".notice")).to_contain_text("Not sent yet")
    expect(watching.locator(".notice")).to_contain_text("Reconnecting")
    goes_on(watching)
    presiding.do("withdraw-request", request="tap-of-MX")
    assert recorded(server, FloorRequested, "BR") == 0

    for back in (phone, watching):
        back.context.set_offline(False)
    expect(heading(phone)).to_have_text("You are next")
    expect(heading(watching)).to_have_text("The floor is open")
    expect(phone.locator(".notice")).to_have_count(0)
    expect(watching.locator(".notice strong")).to_have_text("Your request was withdrawn")
    assert recorded(server, FloorRequested, "BR") == 1


@pytest.mark.story(35)
@pytest.mark.story(42)
def test_a_silent_server_is_told_by_every_screen_and_a_tap_is_recorded_once(
    enter: Enter, server: Server, presiding: Client
) -> None:
    # So long that it is not nearly over when all is well again.
    presiding.do("set-allowance", holder="tap-of-NG", total=600_000)
    chair, display, phone = enter("chair", "p01"), enter("display"), enter("delegation", "BR")
    expect(heading(phone)).to_have_text("The floor is open")

    with silent(server):
        phone.locator("nav .primary").click()
        expect(display.locator(".lost-line")).to_contain_text("Reconnecting")
        expect(chair.locator(".floor")).to_have_attribute("data-state", "lost")
        expect(phone.locator(".notice")).to_contain_text("Not sent yet")
        for screen in (chair, display, phone):
            goes_on(screen)

    expect(heading(phone)).to_have_text("You are second")
    expect(phone.locator(".notice")).to_have_count(0)
    expect(display.locator(".lost-line")).to_have_count(0)
    expect(chair.locator(".floor")).to_have_attribute("data-state", "speaking")
    assert recorded(server, FloorRequested, "BR") == 1


def test_a_phone_that_was_expelled_says_so(enter: Enter, server: Server, presiding: Client) -> None:
    chair, phone = enter("chair", "p01"), enter("delegation", "BR")
    seat = phone.url.rsplit("/", 1)[1]

    expelled = chair.request.post(
        f"{server.url}/api/dialogues/{server.house.dialogue}/seats/{seat}/expel",
        headers={"Moderator-Seat": chair.url.rsplit("/", 1)[1]},
    )
    assert expelled.ok

    expect(heading(phone)).to_have_text("This phone is no longer connected")
    expect(phone.locator(".lead")).to_contain_text("seat")
    expect(phone.locator(".chip")).to_have_text("Closed")
    expect(phone.locator("nav button")).to_have_count(0)


def heading(page: Page) -> Locator:
    """What a screen says first."""
    return page.locator("main h1")


def goes_on(page: Page) -> None:
    """Wait until the clock of whoever has the floor shows another second."""
    digits = page.locator(".digits").first
    expect(digits).not_to_have_text(digits.inner_text())


def recorded(server: Server, kind: type, delegation: str | None = None) -> int:
    """How many events of a kind stand in the log."""
    return sum(
        isinstance(entry.event, kind)
        and (delegation is None or getattr(entry.event, "delegation", None) == delegation)
        for entry in log_of(server.house)
    )
