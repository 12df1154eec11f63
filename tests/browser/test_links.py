"""The page of links and devices, and what a phone is told whose link is revoked."""

import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened
from tests.processes.server import Server

SHOWN_OUT = "This seat was closed by the secretariat."
REVOKED = "This link was revoked by the secretariat. Please ask the secretariat for a new one."


@pytest.fixture
def desk(enter: Enter) -> Page:
    """The page of a secretary."""
    page = enter("secretary", at="./links")
    expect(row(page, "Nigeria")).to_be_visible()
    return page


@pytest.fixture
def chair(server: Server) -> Iterator[Client]:
    """Somebody who has opened the list."""
    client = opened(server)
    yield client
    client.close()


def row(page: Page, name: str) -> Locator:
    """The row of a link."""
    # By what the browser itself finds: the roles of two hundred rows take a second to work out.
    return page.locator(f'.row:has([aria-label="Choose {name}"])')


def press(page: Page, name: str, words: str, answer: str | None = None) -> None:
    """Press a button of a row, and the one that is asked for then."""
    row(page, name).get_by_role("button", name=words).click()
    if answer is not None:
        page.locator("dialog").get_by_role("button", name=answer).click()


def test_the_links_are_reached_from_what_the_secretary_prepares(enter: Enter) -> None:
    page = enter("secretary")
    page.keyboard.press("p")
    page.get_by_role("link", name="Links and devices").click()

    expect(row(page, "Nigeria")).to_be_visible()


def test_a_phone_whose_link_is_revoked_is_shown_out_and_its_request_stays(
    enter: Enter, server: Server, chair: Client, desk: Page
) -> None:
    bureau = enter("chair", "p01")
    phone = enter("delegation", "NG")
    phone.locator("nav .primary").click()
    expect(phone.locator("h1")).to_have_text("You are next")
    link = server.house.seat("delegation", "NG")

    desk.click("#update")
    expect(row(desk, "Nigeria")).to_contain_text("1 device")
    press(desk, "Nigeria", "Revoke")
    expect(desk.locator("dialog")).to_contain_text("1 device is shown out at once")
    desk.locator("dialog").get_by_role("button", name="Revoke").click()

    expect(row(desk, "Nigeria")).to_contain_text("Revoked")
    expect(row(desk, "Nigeria")).to_contain_text("No device")
    expect(phone.locator("main")).to_contain_text(SHOWN_OUT)
    assert sockets(server, "public") == 0
    expect(bureau.locator(".entry")).to_contain_text("Nigeria")
    (entry,) = chair.view()["view"]["list"]["entries"]
    assert entry["delegation"] == "NG"

    phone.reload()
    expect(phone.locator("main")).to_contain_text(SHOWN_OUT)
    phone.goto(server.url + link["link"])
    expect(phone.locator("main")).to_contain_text(REVOKED)
    phone.goto(server.url + "/join")
    phone.fill("[name=code]", link["code"])
    phone.click("button[type=submit]")
    expect(phone.get_by_role("alert")).to_contain_text(REVOKED)

    press(desk, "Nigeria", "Issue again", "Issue again")
    expect(row(desk, "Nigeria")).to_contain_text("Issued again 1 time")
    code = row(desk, "Nigeria").locator(".code bdi.n").inner_text()
    assert code.replace(" ", "") != link["code"]
    phone.fill("[name=code]", code)
    phone.click("button[type=submit]")
    phone.locator("button[type=submit]").click()
    expect(phone.locator("h1")).to_have_text("You are next")


def test_a_device_is_shown_out_and_the_others_stay(enter: Enter, chair: Client, desk: Page) -> None:
    first, second = enter("delegation", "NG"), enter("delegation", "NG")
    desk.click("#update")
    press(desk, "Nigeria", "2 devices")

    row(desk, "Nigeria").get_by_role("button", name="Show out").first.click()

    expect(first.locator("main")).to_contain_text(SHOWN_OUT)
    expect(desk.locator(".told")).to_have_text("1 device is shown out")
    expect(row(desk, "Nigeria").locator(".entered li")).to_have_count(1)
    expect(second.locator("h1")).to_have_text("The floor is open")


def test_many_links_are_issued_again_at_once_and_their_devices_shown_out(
    enter: Enter, chair: Client, desk: Page
) -> None:
    phones = [enter("delegation", code) for code in ("NG", "MX", "BR")]
    desk.click("#update")
    codes = {
        name: row(desk, name).locator(".code bdi.n") for name in ("Nigeria", "Mexico", "Brazil")
    }
    before = {name: code.text_content() for name, code in codes.items()}

    for name in ("Nigeria", "Mexico"):
        row(desk, name).locator(".tick").click()
    bulk = desk.locator(".bulk")
    expect(bulk).to_contain_text("2 chosen")
    cards = bulk.get_by_role("link", name="Print the cards").get_attribute("href")
    assert cards is not None
    assert cards.endswith("/cards?search=MX%2CNG")
    bulk.get_by_role("button", name="Issue again").click()
    desk.locator("dialog .tick").click()
    desk.locator("dialog").get_by_role("button", name="Issue again").click()

    expect(desk.locator(".told")).to_have_text("2 links have new codes")
    for phone in phones[:2]:
        expect(phone.locator("main")).to_contain_text(SHOWN_OUT)
    expect(phones[2].locator("h1")).to_have_text("The floor is open")
    changed = {name for name, code in codes.items() if code.text_content() != before[name]}
    assert changed == {"Nigeria", "Mexico"}
    expect(bulk).to_have_count(0)


def test_all_is_done_from_the_keyboard(desk: Page, server: Server) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("guinea")
    expect(desk.locator(".row")).to_have_count(4)
    for _ in range(3):
        desk.keyboard.press("Tab")  # what is shown, to update, to choose all
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    expect(desk.locator(".row").nth(1).locator("input")).to_be_checked()

    button = desk.locator(".row").nth(2).get_by_role("button", name="Revoke")
    button.focus()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Cancel")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    expect(desk.locator(".row").nth(1).get_by_role("button", name="Revoke")).to_be_focused()
    expect(desk.locator(".revoked")).to_have_count(0)


def test_a_link_is_copied_or_selected_where_the_browser_has_no_clipboard(
    desk: Page, server: Server
) -> None:
    keeping = "{writeText(text) { window.kept = text; }}"
    desk.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{value: {keeping}}})")
    desk.fill("#find", "NG")
    press(desk, "Nigeria", "Copy")
    expect(desk.locator(".told")).to_have_text("The link of Nigeria is copied")
    path = server.house.seat("delegation", "NG")["link"]
    assert str(desk.evaluate("window.kept")).endswith(path)

    desk.reload()
    expect(row(desk, "Nigeria")).to_be_visible()
    desk.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press(desk, "Nigeria", "Copy")
    expect(desk.locator(".told")).to_contain_text("is selected")
    assert str(desk.evaluate("getSelection().toString()")).endswith(path)


def test_the_link_of_this_screen_cannot_be_revoked_from_it(desk: Page) -> None:
    own = desk.locator(".row").filter(has_text="The link of this screen")
    expect(own).to_have_count(1)

    own.get_by_role("button", name="Revoke").click(force=True)  # it says that it is unavailable

    expect(desk.locator("dialog[open]")).to_have_count(0)
    own.locator(".devices").click()
    expect(own.locator(".entered")).to_contain_text("This device")
    expect(own.get_by_role("button", name="Show out")).to_have_count(0)


def test_what_the_server_refuses_is_told(desk: Page, server: Server) -> None:
    server.stop()

    desk.click("#update")

    expect(desk.locator(".told.failed")).to_contain_text("does not answer")
    expect(row(desk, "Nigeria")).to_be_visible()


def sockets(server: Server, audience: str) -> int:
    """How many sockets of an audience the server holds."""
    text = requests.get(f"{server.url}/metrics", timeout=30).text
    found = re.search(rf'moderator_sockets{{audience="{audience}"}} (\d+)', text)
    return int(found[1]) if found else 0
