"""The record in a browser: it follows the floor, and goes on paper with one press."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_accessibility import faults
from tests.processes.clients import Client
from tests.processes.server import Server

COUNTED = """window.print = () => {
  const root = document.documentElement.dataset;
  root.printed = String(Number(root.printed ?? 0) + 1);
};"""


@pytest.fixture
def chair(server: Server) -> Client:
    """Panel I goes on, its list is open, Mexico has the floor and Algeria waits."""
    chair = Client(server, "chair")
    chair.do("open-dialogue")
    chair.do("begin-segment", segment="s2", holder=None)
    chair.do("open-list", segment="s2")
    for code in ("MX", "DZ", "NG"):
        chair.do("request-floor", segment="s2", delegation=code)
    chair.do("give-floor", holder=None, request=waiting(chair)[0])
    return chair


def waiting(chair: Client) -> list[str]:
    return [entry["id"] for entry in chair.view()["view"]["list"]["entries"]]


def holder(chair: Client) -> str:
    found: str = chair.view()["view"]["floor"]["id"]
    return found


def test_the_record_follows_the_floor_and_what_is_open_stays_open(
    enter: Enter, chair: Client
) -> None:
    page = enter("secretary", at="./record")
    mexico = page.locator(".told details").first
    expect(mexico.locator("summary")).to_contain_text("Has the floor")
    mexico.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(mexico.locator(".facts")).to_be_visible()

    turn = holder(chair)
    chair.do("set-allowance", holder=turn, total=200_000)
    expect(mexico.locator(".facts")).to_contain_text("Speaking time 3:20")
    chair.do("end-intervention", holder=turn, outcome="concluded")
    algeria, nigeria = waiting(chair)
    chair.do("mark-not-present", request=nigeria)
    chair.do("give-floor", holder=None, request=algeria)

    expect(mexico.locator("summary")).to_contain_text("Concluded")
    expect(mexico.locator(".facts")).to_contain_text("Ended: Concluded")
    expect(page.locator(".told summary").nth(1)).to_contain_text("Algeria")
    expect(page.locator(".unheard")).to_contain_text("Nigeria")
    chair.do("close-list", segment="s2")
    expect(page.locator("#course")).to_contain_text("List of speakers closed")
    expect(mexico).to_have_attribute("open", "")
    expect(mexico.locator("summary")).to_be_focused()
    chair.close()


def test_the_record_is_complete_on_a_narrow_screen(enter: Enter, chair: Client) -> None:
    page = enter("secretary", at="./record")
    page.set_viewport_size({"width": 320, "height": 640})

    expect(page.locator(".timeline.narrow")).to_be_visible()
    expect(page.locator(".timeline.wide")).to_be_hidden()
    expect(page.locator(".told summary").first).to_contain_text("Called")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    chair.close()


def test_the_record_is_corrected_and_the_original_stays_readable(
    enter: Enter, chair: Client
) -> None:
    chair.do("end-intervention", holder=holder(chair), outcome="concluded")
    page = enter("rapporteur")
    page.locator(".told summary").first.click()
    page.get_by_role("button", name="Correct the record: Mexico").click()
    sheet = page.get_by_role("dialog", name="Correct the record: Mexico")
    expect(sheet.get_by_label("Delegation")).to_have_value("MX")

    sheet.get_by_label("Delegation").select_option(label="Nigeria")
    sheet.get_by_label("Time spoken").fill("half a minute")
    sheet.get_by_label("Reason").fill("The wrong nameplate.")
    sheet.get_by_role("button", name="Correct the record").click()
    expect(sheet.get_by_role("alert")).to_have_text("Write minutes and seconds, as 4:30.")
    expect(sheet.get_by_label("Reason")).to_have_value("The wrong nameplate.")
    sheet.get_by_label("Time spoken").fill("0:30")
    assert faults(page) == []
    sheet.get_by_role("button", name="Correct the record").click()

    expect(sheet).to_be_hidden()
    turn = page.locator(".told > li").first
    expect(turn.locator("summary")).to_contain_text("Nigeria")
    expect(turn.locator("summary")).to_contain_text("Corrected")
    expect(turn.locator(".corrected")).to_contain_text("Mexico")
    expect(turn.locator(".facts")).to_contain_text("Corrected: The wrong nameplate.")
    expect(turn.locator("details")).to_have_attribute("open", "")
    chair.close()


def is_printed(paper: Page) -> None:
    """It is the paper, and it was printed once."""
    expect(paper.locator("html")).to_have_attribute("data-printed", "1")
    expect(paper.locator(".rows-of-paper").first).to_contain_text("Algeria")
    assert paper.url.endswith("/paper")


def test_one_press_prints_list_and_record(enter: Enter, chair: Client) -> None:
    page = enter("secretary")
    page.context.add_init_script(COUNTED)
    named = page.get_by_role("link", name="Print list and record")

    with page.expect_popup() as by_press:
        named.click()
    is_printed(by_press.value)
    with page.expect_popup() as by_key:
        page.keyboard.press("l")
    is_printed(by_key.value)
    page.goto(f"{page.url}/record")
    page.wait_for_selector("html[data-ready]")
    with page.expect_popup() as by_record:
        named.click()
    is_printed(by_record.value)
    chair.close()


def test_the_paper_needs_no_window_of_its_own(enter: Enter, chair: Client) -> None:
    page = enter("secretary")
    page.evaluate("window.open = () => null")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Print list and record").click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text("List and record")
    chair.close()


def test_the_paper_fits_its_sheets(enter: Enter, server: Server, chair: Client) -> None:
    page = enter("secretary", at="./paper")

    short = sheets(page)
    secretary = Client(server, "secretary")
    for code in list(server.house.demonstration["seats"]["delegation"])[-38:]:
        secretary.do("request-floor", segment="s2", delegation=code)
    page.reload()
    long = sheets(page)
    page.emulate_media(media="print")

    assert (short, long) == (1, 2)
    expect(page.locator(".off-paper")).to_be_hidden()
    # The head of the sheet and that of the list come again on the second.
    for head in (".paper > thead", ".rows-of-paper thead"):
        display = page.locator(head).first.evaluate("(head) => getComputedStyle(head).display")
        assert display == "table-header-group"
    secretary.close()
    chair.close()


def sheets(page: Page) -> int:
    """How many sheets a page takes on paper."""
    page.evaluate("document.fonts.ready.then(() => null)")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
