"""The browser of the tests and of the bench."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

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
