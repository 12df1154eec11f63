"""How heavy a first load is, in Chromium that has kept nothing: bytes of bodies, without fonts."""

from playwright.sync_api import Browser

from tests.browser.test_first_load import fresh, load
from tests.processes.server import Server


def first_load(browser: Browser, server: Server, role: str, language: str) -> int:
    """Enter by a link of a role, and load its screen with nothing kept but the seat."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"{server.url}{server.house.seat(role)['link']}?lang={language}")
        page.click("button[type=submit]")
        page.wait_for_selector("html[data-ready]")
        with fresh(browser, page) as (screen, url):
            return load(screen, url).weight
    finally:
        context.close()
