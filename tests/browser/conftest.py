"""A real Chromium, a running site, and its two visitors: somebody at the desk and a reader without script."""

import os

import pytest
from django.core.cache import cache
from playwright.sync_api import expect, sync_playwright

# The browser's driver keeps an event loop running in this thread; Django would refuse to use the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Long enough for a machine that has much else to do; what is there sooner is not waited for.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, transactional_db, settings):
    """The address of the running site."""
    settings.SITE_URL = live_server.url
    cache.clear()  # the count of sign-ins outlives a test's tables
    return live_server.url


@pytest.fixture
def open_browser(chromium):
    """open_browser(**options) is a page in a browser of its own; errors in its console fail the test."""
    complaints, contexts = [], []

    def new(**options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(said):
    """Errors, except what the browser logs by itself for an answer like 404, which tests ask for."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def reader(open_browser, site):
    """A reader's browser with script switched off."""
    return open_browser(java_script_enabled=False)


@pytest.fixture
def desk_page(open_browser, site, person):
    """desk_page("Editor") signs a new person of that role in through the form and gives the page."""

    def sign_in(role, **options):
        user = person(
            role, username=f"{role.lower().replace(' ', '-')}-1", first_name="Ines", last_name="Calder"
        )
        page = open_browser(**options)
        page.goto(f"{site}/admin/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        return page

    return sign_in
