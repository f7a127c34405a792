"""The story form in a real Chromium: how soon it can be written in, and how long each key takes.

The browser measures itself: navigation timing for the form, event timing for the keys. A key's time is from the
press until the screen shows what it did.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field

from newsroom.bench.visits import Timed

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # a newsroom that only runs has no packages for tests
    sync_playwright = None

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
#: What is written, 240 keys; the keys between two saves, and the milliseconds that each is held.
TEXT = ("The ferry left late, and nobody on the quay was surprised by it. " * 4)[:240]
ROW, PACE = 40, 60
#: The browser tells of a key that took as long as this, and gives times in steps of 8 ms.
LEAST = 16
#: Milliseconds that a page may take.
PATIENCE = 60_000

#: When the form can be written in: the editor stands, and the browser has shown it.
NOTE_READY = """document.addEventListener("prose-editor:ready", () => {
  requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.ready = performance.now() }))
})"""
READY = """() => {
  const [{ requestStart, responseStart }] = performance.getEntriesByType("navigation")
  return { ready: Number(document.documentElement.dataset.ready), server: responseStart - requestStart }
}"""
# The browser tells of an event after it has shown what came of it: the click before the first key may be told late.
NOTE_KEYS = """least => {
  const begun = performance.now()
  window.benchKeys = { pressed: 0, took: {} }
  document.addEventListener("keydown", () => { benchKeys.pressed += 1 }, true)
  const note = ({ interactionId: id, startTime, duration }) => {
    if (id && startTime >= begun) benchKeys.took[id] = Math.max(duration, benchKeys.took[id] ?? 0)
  }
  const seen = new PerformanceObserver((list) => list.getEntries().forEach(note))
  seen.observe({ type: "event", durationThreshold: least })
}"""


class NoChromium(Exception):
    """Why no browser could be asked."""


@dataclass
class Writing:
    """What the browser told of a story's form: milliseconds."""

    cold: Timed = field(default_factory=lambda: Timed("form opens, nothing kept by the browser"))
    warm: Timed = field(default_factory=lambda: Timed("form opens again"))
    server: Timed = field(default_factory=lambda: Timed("of it the server"))
    keys: Timed = field(default_factory=lambda: Timed("a key in the text"))
    saves: int = 0

    @property
    def rows(self):
        return [self.cold, self.warm, self.server, self.keys]


def measure_writing(browser, site, story, *, username, password, rounds, text=TEXT):
    """Open the form of `story` at the running `site` that many times, then write `text` in it; a Writing."""
    writing = Writing()
    form = f"{site}/admin/articles/article/{story}/change/"
    signed_in = _signed_in(browser, site, username, password)
    for _round in range(rounds):
        with _page(browser, signed_in) as page:
            _open(page, form, writing.cold)
            _open(page, form, writing.warm, writing.server)
    with _page(browser, signed_in) as page:
        _open(page, form)
        _write(page, text, writing)
    return writing


@contextmanager
def chromium():
    """A running Chromium, or NoChromium."""
    if sync_playwright is None:
        raise NoChromium("Playwright is not installed here.")
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        raise NoChromium("No Chromium was found. CHROMIUM=/path/to/chromium says where one is.")
    with sync_playwright() as playwright:
        # As in the tests: a container's root has no sandbox, and the bench opens its own site only.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def _signed_in(browser, site, username, password):
    """The cookies of somebody at the desk."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/admin/", timeout=PATIENCE)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/", timeout=PATIENCE)
    cookies = context.storage_state()
    context.close()
    return cookies


@contextmanager
def _page(browser, signed_in):
    """A page of a browser that knows who is signed in and has nothing else from before."""
    context = browser.new_context(storage_state=signed_in, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NOTE_READY)
    yield context.new_page()
    context.close()


def _open(page, form, opened=None, server=None):
    """Open the form, wait until it can be written in, and note in these Timed what the browser tells of it."""
    page.goto(form, wait_until="commit", timeout=PATIENCE)
    page.wait_for_selector("html[data-ready]", state="attached")
    told = page.evaluate(READY)
    for timed, milliseconds in ((opened, told["ready"]), (server, told["server"])):
        if timed:
            timed.times.append(milliseconds)
    page.wait_for_load_state("networkidle")  # what is still on its way is no part of the next round


def _write(page, text, writing):
    """Type `text` in the middle of the story, a row while the words of the row before are being saved."""
    saves = []
    page.on("response", lambda answer: saves.append(answer.status) if _is_save(answer) else None)
    paragraphs = page.locator(".ProseMirror > p")
    paragraphs.nth(paragraphs.count() // 2).click()
    page.keyboard.press("End")
    page.evaluate(NOTE_KEYS, LEAST)
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    worked = _own_work(metrics)
    for start in range(0, len(text), ROW):
        with page.expect_request("**/autosave/"):
            page.keyboard.type(text[start : start + ROW], delay=PACE)
    page.wait_for_selector("[data-saving][data-state=saved]")
    told = page.evaluate("() => benchKeys")
    if told["pressed"] != len(text) or {*saves} != {200}:
        raise RuntimeError(f"Of {len(text)} keys {told['pressed']} came, and saves answered {saves}")
    writing.keys.work = [(_own_work(metrics) - worked) / len(text)]
    slow = list(told["took"].values())
    writing.keys.times = [LEAST] * (len(text) - len(slow)) + slow
    writing.saves = len(saves)


def _own_work(metrics):
    """Milliseconds that the page's own thread has worked so far; a key's share of it has the saves in it as well."""
    told = metrics.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in told if one["name"] == "ThreadTime") * 1000


def _is_save(response):
    return response.url.endswith("/autosave/")
