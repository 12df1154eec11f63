"""The browser of the tests and of the bench."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

AGREEMENT_MS: Final = 50
PATIENCE_S: Final = 30.0

_LOOK_EACH_FRAME = """([arg, patience]) => new Promise((done, failed) => {
  const last = performance.now() + patience;
  const look = () => {
    if ((PREDICATE)(arg)) done();
    else if (performance.now() > last) failed(new Error("it never held"));
    else requestAnimationFrame(look);
  };
  look();
})"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: the one without windows, where there is one, as it opens pages sooner."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


def until(page: Page, predicate: str, arg: Any = None, *, patience_ms: int = 30_000) -> None:
    """Wait until a function of the page's, looked at in each frame, says yes.

    Playwright's own `wait_for_function` evaluates text in the page at each further look, which
    the pages' Content-Security-Policy forbids.
    """
    page.evaluate(_LOOK_EACH_FRAME.replace("PREDICATE", predicate), [arg, patience_ms])


def deadlines_agree(*pages: Page) -> None:
    """Wait until the instant at which time is up is the same as each page derives it.

    It is read anew at each look: what a page derives gets better with each answer of the server.
    """
    last = time.monotonic() + PATIENCE_S
    derived = [_deadline(page) for page in pages]
    while max(derived) - min(derived) > AGREEMENT_MS:
        assert time.monotonic() < last, derived
        pages[0].wait_for_timeout(100)
        derived = [_deadline(page) for page in pages]


def _deadline(page: Page) -> float:
    """When the clock that a page shows runs out, as an instant of this machine."""
    clock = page.locator("[data-deadline-local]:not([data-deadline-local=''])").first
    return float(clock.get_attribute("data-deadline-local") or "")
