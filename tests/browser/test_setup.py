"""From the set-up to the first speaker: a programme is changed while other pages look on."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Enter


def set_up(enter: Enter, section: str = "meeting") -> Page:
    page = enter("secretary", at=f"./setup#{section}")
    page.wait_for_selector("html[data-setup]")
    return page


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.wait_for_selector("html[data-setup=saved]")


def test_from_the_set_up_to_the_first_speaker(enter: Enter) -> None:
    display = enter("display")
    page = set_up(enter)
    page.get_by_label("Title", exact=True).fill("Dialogue on the harbour")
    page.get_by_label("Statement", exact=True).fill("0:20")
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name="Add a person").click()
    page.keyboard.type("Ms. Ada Harbour")
    page.get_by_role("link", name="Programme").click()
    first = page.get_by_role("listitem", name="Opening remarks")
    speakers = first.get_by_role("group", name="Speakers, in order")
    for _ in range(5):
        speakers.get_by_role("button", name="Remove").first.click()
    first.get_by_label("Add to: Speakers, in order").select_option(label="Ms. Ada Harbour")
    save(page)
    expect(display.get_by_text("Dialogue on the harbour").first).to_be_visible()

    chair = enter("chair")
    for said in ("Open the dialogue", "Opening remarks", "Ms. Ada Harbour"):
        expect(chair.locator(".next:not([aria-disabled])")).to_contain_text(said)
        chair.keyboard.press("n")
    expect(display.get_by_role("heading", name="Ms. Ada Harbour")).to_be_visible()


def test_what_is_wrong_is_shown_where_it_is_and_nothing_is_changed(enter: Enter) -> None:
    page = set_up(enter)
    page.get_by_label("Statement", exact=True).fill("three")
    page.get_by_role("link", name="Delegations").click()
    page.get_by_role("button", name="Write one down").click()
    page.keyboard.press("Control+s")

    page.wait_for_selector("html[data-setup=refused]")
    page.get_by_role("button", name="rules.limits.national").click()
    wrong = page.get_by_label("Statement", exact=True)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    page.reload()
    page.wait_for_selector("html[data-setup=changed]")
    expect(page.get_by_label("Statement", exact=True)).to_have_value("three")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Statement", exact=True)).to_have_value("3:00")


def test_every_rule_of_the_floor_has_a_field_that_says_what_is_wrong_with_it(enter: Enter) -> None:
    page = set_up(enter)
    wrong = {
        "Right of reply": ("rules.limits.right_of_reply", "long", "3:30"),
        "Second right of reply": ("rules.limits.right_of_reply_again", "short", "1:30"),
        "Point of order": ("rules.limits.point_of_order", "2", "1:45"),
        "Interventions before the panel replies": ("rules.round", "0", "5"),
        "Draw among those who ask within, in seconds": ("rules.draw_window", "1:00:00", "90"),
    }
    for label, (_, typed, _) in wrong.items():
        page.get_by_label(label, exact=True).fill(typed)
    ends = page.get_by_role("group", name="Interpretation ends at")
    expect(ends.get_by_role("textbox")).to_have_count(2)
    ends.get_by_role("button", name="Remove Time 2").click()
    ends.get_by_role("button", name="Add a time").click()
    ends.get_by_label("Time 2", exact=True).fill("18:30")
    page.keyboard.press("Control+s")

    page.wait_for_selector("html[data-setup=refused]")
    for label, (path, _, right) in wrong.items():
        field = page.get_by_label(label, exact=True)
        expect(page.get_by_role("button", name=path, exact=True)).to_be_visible()
        expect(field).to_have_accessible_description(re.compile("."))
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(right)
    save(page)

    page.reload()
    page.wait_for_selector("html[data-setup]")
    for label, (_, _, right) in wrong.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(right)
    expect(ends.get_by_label("Time 2", exact=True)).to_have_value("18:30")


def test_two_secretaries_do_not_overwrite_each_other(enter: Enter) -> None:
    one, two = set_up(enter), set_up(enter)
    one.get_by_label("Title", exact=True).fill("First")
    save(one)
    two.get_by_label("Place", exact=True).fill("Second room")
    two.keyboard.press("Control+s")
    page_says = two.locator("footer strong")
    expect(page_says).to_have_text("Somebody else has changed the programme meanwhile.")
    two.get_by_role("button", name="Take the other version").click()
    expect(two.get_by_label("Title", exact=True)).to_have_value("First")
    two.get_by_label("Place", exact=True).fill("Second room")
    save(two)
    one.reload()
    one.wait_for_selector("html[data-setup]")
    expect(one.get_by_label("Place", exact=True)).to_have_value("Second room")


def test_a_delegation_is_found_by_a_few_letters_and_taken_out_again(enter: Enter) -> None:
    phone = enter("delegation", "PT")
    page = set_up(enter, "delegations")
    page.get_by_role("button", name="Remove Portugal").click()
    page.get_by_label("Name or code").fill("portu")
    expect(page.get_by_role("button", name="Add Portugal")).to_be_visible()
    save(page)
    expect(phone.get_by_text("This seat was closed by the secretariat.")).to_be_visible()
    page.get_by_label("Name or code").fill("portu")
    page.keyboard.press("Enter")
    save(page)


def test_spreadsheets_are_shown_before_they_are_taken_over(enter: Enter) -> None:
    page = set_up(enter, "delegations")
    reading = page.get_by_label("Read a spreadsheet (CSV or XLSX)")
    reading.set_input_files(table("name,category\nHarbour of Hope,ngo\nNigeria,ngo\n"))
    expect(page.get_by_role("alert").first).to_contain_text("nothing is")
    expect(page.get_by_text("Line 3")).to_be_visible()

    reading.set_input_files(table("name,category\nHarbour of Hope,ngo\nQuay Watch,ngo\n"))
    page.get_by_role("button", name="Take them over").click()
    expect(page.get_by_role("listitem", name="Quay Watch")).to_be_visible()

    page.get_by_role("link", name="Groups").click()
    # The delegations have a button of the same name, until the groups are drawn.
    expect(page.get_by_role("heading", name="Groups", exact=True)).to_be_visible()
    groups = page.get_by_label("Read a spreadsheet (CSV or XLSX)")
    groups.set_input_files(table("group,name,member\nPORTS,Friends of ports,BR\nPORTS,,PT\n"))
    expect(page.get_by_text("Friends of ports · 2 members")).to_be_visible()
    page.get_by_role("button", name="Take them over").click()
    save(page)
    page.reload()
    page.wait_for_selector("html[data-setup]")
    expect(page.get_by_role("listitem", name="Friends of ports")).to_contain_text("Portugal")


def table(text: str) -> FilePayload:
    return {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()}
