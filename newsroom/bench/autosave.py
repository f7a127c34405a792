"""What an autosave costs the server: the whole form of a story posted again and again, each time with other words."""

from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.bench.visits import WARM_UP, Timed

#: Answers that are read here are not compressed.
PLAIN = {"accept-encoding": "identity"}


def measure_autosave(client, story, *, times):
    """Save `story` that many times as its open form does, and return the Timed."""
    timed = Timed("autosave")
    page = reverse("admin:articles_article_change", args=[story.pk])
    form = _filled(client.get(page, secure=True, headers=PLAIN))
    address = reverse("admin:articles_article_autosave", args=[story.pk])
    form |= {"person": str(story.saved_by_id)}
    body = form["body"]

    def save(number):
        form["body"] = body.replace("</p>", f" {number} times.</p>", 1)
        answer = client.post(address, form, secure=True, headers=PLAIN).json()
        if answer["kept_back"]:
            raise RuntimeError(f"The autosave kept back {answer['kept_back']}")
        form["opened_version"] = answer["version"]

    for number in range(WARM_UP):
        save(number)
    with CaptureQueriesContext(connection) as captured:
        save(WARM_UP)
    timed.queries = len(captured)
    for number in range(times):
        timed.do(lambda number=number: save(WARM_UP + 1 + number))
    return timed


def _filled(page):
    """{name: value} of what a browser would send of the story form in `page`."""
    reader = _StoryForm()
    reader.feed(page.content.decode())
    reader.close()
    return reader.values


class _StoryForm(HTMLParser):
    """Collects the fields of the form with the id article_form."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.values = {}
        self.is_inside = False
        self.name = None  # of the text area or the choice that is open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.is_inside = attributes.get("id") == "article_form"
        elif self.is_inside and tag == "option" and self.name and "selected" in attributes:
            self.values[self.name] = attributes.get("value", "")
        elif self.is_inside and tag in ("textarea", "select"):
            self.name = attributes.get("name")
            self.values[self.name] = ""
        elif self.is_inside and tag == "input" and "name" in attributes:
            kind = attributes.get("type", "text")
            if kind not in ("submit", "button", "file") and (kind != "checkbox" or "checked" in attributes):
                self.values[attributes["name"]] = attributes.get("value", "")

    def handle_data(self, data):
        if self.name and self.get_starttag_text().startswith("<textarea"):
            self.values[self.name] += data

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self.name = None
        if tag == "form":
            self.is_inside = False
