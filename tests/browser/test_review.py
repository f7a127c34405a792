"""Review through the browser: handed in, sent back, handed in again, published over a warning; and “Check now”."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from articles.models import Article
from log.models import Entry
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = [pytest.mark.browser]


def test_a_story_goes_back_and_forth_and_out(site, desk_page, reader):
    """Reporter and editor, each at their own screen, and what the reader sees at the end."""
    reporter = desk_page("Reporter")
    editor = desk_page("Editor")
    users = {user.username: user for user in AuthorFactory._meta.model.user.field.related_model.objects.all()}
    users["reporter-1"].email = "reporter@example.org"
    users["reporter-1"].save()
    author = AuthorFactory(user=users["reporter-1"])
    story = ArticleFactory(headline="Harbour closed", authors=[author], tags=["Harbour"])
    form = f"{site}/admin/articles/article/{story.pk}/change/"

    reporter.goto(form)
    expect(reporter.get_by_role("button", name="Publish…")).to_have_count(0)
    expect(reporter.get_by_role("button", name="Ready…")).to_have_count(0)
    reporter.get_by_label("Headline:").fill("Harbour closed until Friday")
    reporter.get_by_role("button", name="Hand in for review…").click()
    expect(reporter.locator(".findings")).to_contain_text("no standfirst")
    reporter.get_by_label("Comment").fill("Numbers are from the harbour master.")
    reporter.get_by_role("button", name="Hand in for review").click()
    expect(reporter.locator(".messagelist")).to_contain_text("Moved to “In review”")

    editor.goto(f"{site}/admin/articles/article/?state__exact=in_review")
    editor.get_by_role("link", name="Harbour closed until Friday").click()
    expect(editor.locator(".review")).to_contain_text("Numbers are from the harbour master.")
    editor.get_by_role("button", name="Send back…").click()
    editor.get_by_role("button", name="Send back").click()
    expect(editor.locator(".errorlist")).to_contain_text("Say what has to change")
    editor.get_by_label("Comment").fill("Which Friday?")
    editor.get_by_role("button", name="Send back").click()
    expect(editor.locator(".messagelist")).to_contain_text("Moved to “Draft”. It is with Ines Calder now.")
    assert [message.to for message in mail.outbox] == [["reporter@example.org"]]
    assert "Which Friday?" in mail.outbox[0].body

    reporter.goto(f"{site}/admin/articles/article/?mine=assigned")
    reporter.get_by_role("link", name="Harbour closed until Friday").click()
    expect(reporter.locator(".review")).to_contain_text("Which Friday?")
    reporter.get_by_label("Headline:").fill("Harbour closed until 27 November")
    reporter.get_by_role("button", name="Hand in for review…").click()
    reporter.get_by_role("button", name="Hand in for review").click()
    expect(reporter.locator(".review-state")).to_have_text("In review")

    editor.goto(form)
    editor.get_by_role("button", name="Publish…").click()
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.locator(".errorlist").first).to_contain_text("tick this")
    assert reader.goto(f"{site}/{story.slug}/").status == 404
    editor.get_by_label("Publish anyway").check()
    editor.get_by_label("Reason").fill("The harbour master waits")
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.locator(".messagelist")).to_contain_text("It is on the site now")
    assert "The harbour master waits" in Entry.objects.filter(kind="story.override").latest("pk").text
    reader.goto(f"{site}/{story.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Harbour closed until 27 November")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 390, "height": 800}])
def test_check_now_reads_unsaved_words_and_leads_to_the_field(site, desk_page, size):
    """The list opens beside the form; a link goes to the field, the editor's own included; Escape closes it."""
    story = ArticleFactory(standfirst="Closed until Friday.", tags=["Harbour"])
    page = desk_page("Editor", viewport=size)
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    check = page.get_by_role("link", name="Check now")
    report = page.get_by_role("complementary", name="Check")
    check.click()
    expect(report).to_contain_text("nothing needs a second look")
    expect(report.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(report).to_be_hidden()
    expect(check).to_be_focused()

    page.locator(".ProseMirror").click()
    page.keyboard.type("XXX ")
    page.get_by_label("Standfirst:").fill("")
    check.click()
    expect(report.get_by_role("listitem")).to_have_count(2)
    report.get_by_role("link", name=re.compile("standfirst")).click()
    expect(page.get_by_label("Standfirst:")).to_be_focused()
    report.get_by_role("link", name=re.compile("XXX")).click()
    expect(page.locator(".ProseMirror")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Article.objects.get().version == 1, "checking saves nothing"


def test_the_list_on_the_publish_page_leads_to_the_field(site, desk_page):
    """From what is in the way, one click to where it is mended."""
    story = ArticleFactory(standfirst="", body="<p>TK</p>", tags=["Harbour"])
    page = desk_page("Editor")
    page.goto(f"{site}/admin/articles/article/{story.pk}/publish/")
    page.get_by_role("link", name=re.compile("TK")).click()
    expect(page.locator(".ProseMirror")).to_be_focused()
