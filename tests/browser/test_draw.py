"""The page of the draw: what the browser shows is what Python computes."""

from playwright.sync_api import Page, expect

from moderator.core.draw import commitment, drawn
from tests.browser.conftest import OpenPage
from tests.core.test_draw import CODES, SEED

ADDRESS = f"/draw?seed={SEED}&commitment={commitment(SEED)}&codes={','.join(CODES)}&lang=en"


def shown(page: Page) -> list[tuple[str, str, str]]:
    """Place, code and hash in each row."""
    return [
        tuple(row.locator(".place, .code, .hash").all_inner_texts())  # type: ignore[misc]
        for row in page.locator("#order tbody tr").all()
    ]


def computed(seed: str, *codes: str) -> list[tuple[str, str, str]]:
    lots = drawn(seed, codes)  # type: ignore[arg-type]
    return [(str(place), lot.code, lot.sha256) for place, lot in enumerate(lots, start=1)]


def test_an_address_brings_all_and_the_browser_draws_again(open_page: OpenPage) -> None:
    page = open_page("anybody", ADDRESS)
    page.wait_for_selector("html[data-ready]")

    assert shown(page) == computed(SEED, *CODES)
    expect(page.get_by_text("This is the seed that was promised.")).to_be_visible()
    expect(page.locator("#own code")).to_have_text(commitment(SEED))


def test_whatever_is_typed_is_drawn_at_once_and_stays_in_the_address(open_page: OpenPage) -> None:
    page = open_page("anybody", "/draw?lang=en")
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_text("Fill in the seed and the codes")).to_be_visible()
    expect(page.locator("#order")).to_be_hidden()

    page.get_by_label("Seed", exact=True).fill("another seed")
    expect(page.get_by_text("There is no published hash to compare it with.")).to_be_visible()
    page.get_by_label("Published hash").fill(commitment(SEED))
    expect(page.get_by_text("This is not the seed that was promised.")).to_be_visible()
    page.get_by_label("Codes of those who take part").fill("NG\nMX, BR")
    page.get_by_role("button", name="Compute the order").click()

    assert shown(page) == computed("another seed", "NG", "MX", "BR")

    page.get_by_role("link", name="Français").click()
    page.wait_for_selector("html[lang=fr][data-ready]")

    assert shown(page) == computed("another seed", "NG", "MX", "BR")


def test_who_the_codes_are_stands_beside_them_in_the_language_of_the_page(
    open_page: OpenPage,
) -> None:
    page = open_page("anybody", "/draw?seed=another%20seed&codes=MX,DE,LOCAL&lang=fr")

    mexico = page.locator("#order tbody tr", has_text="MX")
    expect(mexico.locator(".name")).to_have_text("Mexique")
    expect(mexico.locator("img")).to_have_js_property("complete", True)
    local = page.locator("#order tbody tr", has_text="LOCAL")
    expect(local.get_by_role("rowheader")).to_have_text("LOCAL")
    assert shown(page) == computed("another seed", "MX", "DE", "LOCAL")
