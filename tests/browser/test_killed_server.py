"""Nothing typed is lost when the server is really killed: another process, SIGKILL, between the key and the save."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import ArticleFactory
from tests.servers import database_url

pytestmark = [pytest.mark.browser]

ROOT = Path(__file__).parents[2]
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
OFFLINE = "Not saved: no connection. Your words are kept in this browser."


class Server:
    """The newsroom over the test's own database, in another process."""

    def __init__(self):
        self.port = "0"
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Start, and wait until the process says where it listens; a second start is at the same address."""
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONUNBUFFERED": "1",
            "SECRET_KEY": settings.SECRET_KEY,  # who was signed in still is
        }
        command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure"]
        self.process = subprocess.Popen(  # noqa: S603 (our own words)
            [*command, f"127.0.0.1:{self.port}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        said = next(line for line in self.process.stdout if "development server at" in line)
        self.port = re.search(r":(\d+)/", said)[1]

    def kill(self):
        """No goodbye: what was not written is gone."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def server(site):
    """Beside the site of the other tests."""
    running = Server()
    yield running
    running.kill()


@pytest.fixture
def open_story(server, open_browser, person):
    """open_story(story) is the story's form, open at the server that can be killed."""
    person("Editor", username="ines", first_name="Ines")
    page = open_browser()
    page.goto(f"{server.url}/admin/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()

    def form(story, page=page):
        page.goto(f"{server.url}/admin/articles/article/{story.pk}/change/")
        expect(page.locator(".ProseMirror")).to_be_visible()
        return page

    return form


def kill_before_the_save(page, server):
    """The next save that leaves the browser finds no server any more."""

    def killed(route):
        server.kill()
        route.continue_()

    page.route("**/autosave/", killed, times=1)


def status(page):
    return page.locator("[data-status]")


def headline(page):
    return page.get_by_label("Headline:")


def test_the_page_saves_by_itself_when_the_server_is_back(server, open_story):
    """Killed between key and save: the line says so, the words stay in the form, and nobody has to press anything."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)
    kill_before_the_save(page, server)
    headline(page).fill("Typed as it died")
    expect(status(page)).to_have_text(OFFLINE)
    assert Article.objects.get().headline == "The first words"
    server.start()
    expect(status(page)).to_have_text(SAVED)
    assert Article.objects.get().headline == "Typed as it died"


def test_a_closed_tab_finds_its_words_again(server, open_story):
    """Server and tab are both gone; the next opening of the form offers what was typed, and saves it."""
    story = ArticleFactory(headline="The first words", body="<p>One.</p>")
    page = open_story(story)
    context = page.context
    kill_before_the_save(page, server)
    headline(page).fill("Typed as it died")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Two.")
    expect(status(page)).to_have_text(OFFLINE)
    page.close()
    server.start()
    again = open_story(story, context.new_page())
    bar = again.locator(".recovery")
    expect(bar).to_contain_text("in this browser were not saved")
    bar.get_by_role("button", name="Restore what was typed at").click()
    expect(status(again)).to_have_text("Not saved yet")
    expect(status(again)).to_have_text(SAVED)
    stored = Article.objects.get()
    assert (stored.headline, stored.body) == ("Typed as it died", "<p>One. Two.</p>")


def test_save_pressed_as_the_server_dies_loses_nothing(server, open_story):
    """The browser shows its own error page; the form, opened again, offers the words."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)
    server.kill()
    headline(page).fill("Saved into nothing")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    server.start()
    open_story(story, page)
    page.get_by_role("button", name="Restore what was typed at").click()
    expect(headline(page)).to_have_value("Saved into nothing")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert Article.objects.get().headline == "Saved into nothing"
