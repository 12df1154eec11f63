"""A list that the chair hides: every phone still finds its own place, and nobody else's."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server


def test_a_phone_finds_its_place_on_a_hidden_list_as_the_list_moves_on(
    enter: Enter, server: Server
) -> None:
    chair, segment = opened(server), segment_of(server.house)
    requests = {}
    for code in ("MX", "DZ", "NG"):
        client = Client(server, "delegation", code)
        requests[code] = f"ask-{code}-hidden"
        client.do("request-floor", requests[code], segment=segment)
        client.close()
    nigeria = enter("delegation", "NG")
    heading = nigeria.get_by_role("heading", level=1)
    expect(heading).to_have_text("You are third")

    chair.do("hide-list", segment=segment)

    expect(nigeria.locator("ol.before")).to_have_count(0)
    expect(heading).to_have_text("You are third")
    chair.do("withdraw-request", request=requests["MX"])
    expect(heading).not_to_have_text("You are third")
    chair.do("show-list", segment=segment)
    expect(nigeria.locator("ol.before li:not(.folded)")).to_have_count(2)
    chair.close()
