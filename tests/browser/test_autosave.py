"""Nothing typed is lost: what the desk sees when the network, the sign-in or somebody else gets in the way."""

import re

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, Revision
from articles.saving_words import WORDS
from tests.articles.test_autosave import aside
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

pytestmark = [pytest.mark.browser]

SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
AUTOSAVE = "**/autosave/"
OFFLINE = "Not saved: no connection. Your words are kept in this browser."


@pytest.fixture
def open_story(site, desk_page):
    """open_story(story) is the story's form, and open_story() a new story's, in the browser of an editor."""

    def form(story=None):
        page = desk_page("Editor")
        opened(page, site, story)
        return page

    return form


def opened(page, site, story):
    page.goto(f"{site}/admin/articles/article/{f'{story.pk}/change' if story else 'add'}/")
    expect(page.locator(".ProseMirror")).to_be_visible()


def status(page):
    return page.locator("[data-status]")


def expect_saved(page):
    """Wait until all that is typed is on the server."""
    expect(status(page)).to_have_text(SAVED)


def headline(page):
    return page.get_by_label("Headline:")


def lose_network(page):
    page.context.route(AUTOSAVE, lambda route: route.abort())


def stored(story):
    return Article.objects.get(pk=story.pk)


def test_typing_is_saved_without_a_click(open_story):
    """Headline, body, byline and a picked kind are on the server some seconds later, as one revision."""
    story, author = ArticleFactory(headline="The first words"), AuthorFactory(name="Anna Example")
    page = open_story(story)
    expect_saved(page)
    headline(page).fill("New words")
    expect(status(page)).to_have_text("Not saved yet")
    expect_saved(page)
    assert stored(story).headline == "New words"
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" More.")
    page.get_by_label("Kind of story:").select_option("Analysis")
    page.get_by_role("button", name="Add another Byline").click()
    page.locator(".field-author .select2-selection").nth(1).click()
    page.keyboard.type("Anna")
    page.get_by_role("option", name="Anna Example").click()
    expect(status(page)).to_have_text("Not saved yet")
    expect_saved(page)
    assert stored(story).body.endswith("Monday. More.</p>")
    assert stored(story).kind == "analysis"
    assert stored(story).bylines.filter(author=author).exists()
    assert [kept.reason for kept in story.revisions.all()] == ["autosaved"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('newsroom:')).length") == 0
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert stored(story).bylines.count() == 2


@pytest.mark.parametrize(("status_code", "sentence"), [(503, "noDatabase"), (507, "noDisk")])
def test_a_desk_that_cannot_save_says_why_and_goes_on_by_itself(open_story, status_code, sentence):
    """The database or the disk fails once; nobody presses anything, and nothing typed is gone."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)
    page.route(AUTOSAVE, lambda route: route.fulfill(status=status_code, body="<p>a page"), times=1)
    headline(page).fill("Typed meanwhile")
    expect(status(page)).to_have_text(str(WORDS[sentence]))
    page.locator(".ProseMirror").click()
    page.keyboard.type("More. ")
    expect(status(page)).to_have_text(str(WORDS[sentence]))
    expect_saved(page)
    assert stored(story).headline == "Typed meanwhile"


@pytest.mark.parametrize("again", ["reload", "open"])
def test_save_that_fails_can_be_sent_again_or_found_in_the_form(site, open_story, again):
    """As its page says: reloaded, it sends the form once more; opened anew, the form offers the words."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)
    lose_network(page)
    said = render_to_string("503.html", {"is_desk": True, "is_read": False})
    failed = {"status": 503, "body": said, "content_type": "text/html"}
    page.route("**/change/", lambda route: route.fulfill(**failed), times=1)
    headline(page).fill("Pressed in vain")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="This could not be saved")).to_be_visible()
    assert stored(story).headline == "The first words"
    if again == "reload":
        page.reload()
        expect(page.locator(".messagelist")).to_be_visible()
    else:
        page.context.unroute(AUTOSAVE)
        opened(page, site, story)
        page.get_by_role("button", name="Restore what was typed at").click()
        expect_saved(page)
    assert stored(story).headline == "Pressed in vain"


def test_a_new_story_gets_its_address_from_its_first_words(site, open_story):
    """The first autosave makes the desk copy; the page becomes that story's, and Save goes on with it."""
    SectionFactory()
    AuthorFactory(name="Anna Example")
    page = open_story()
    page.locator(".ProseMirror").click()
    page.keyboard.type("It rained.")
    expect(page).to_have_url(re.compile(r"/admin/articles/article/\d+/change/$"))
    expect_saved(page)
    story = Article.objects.get()
    assert story.body == "<p>It rained.</p>"
    headline(page).fill("Rain")
    page.locator(".field-author .select2-selection").first.click()
    page.keyboard.type("Anna")
    page.get_by_role("option", name="Anna Example").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Rain")
    saved = Article.objects.get()
    assert (saved.pk, saved.headline, saved.slug, saved.bylines.count()) == (story.pk, "Rain", "rain", 1)


def test_words_survive_a_server_that_is_gone_and_a_closed_tab(site, open_story):
    """Typed while nothing answers, kept through the end of the tab, offered, shown and put back."""
    story = ArticleFactory(headline="The first words", body="<p>One.</p>")
    author = AuthorFactory(name="Anna Example")
    page = open_story(story)
    context = page.context
    lose_network(page)
    headline(page).fill("Words without a server")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Two.")
    page.get_by_role("button", name="Add another Byline").click()
    page.locator(".field-author .select2-selection").nth(1).click()
    page.keyboard.type("Anna")
    page.get_by_role("option", name="Anna Example").click()
    expect(status(page)).to_have_text(OFFLINE)
    # A page that closes tries once more, past the test's routes; a machine that loses its power does not.
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('gone')) }")
    page.close()
    assert stored(story).headline == "The first words"

    context.unroute(AUTOSAVE)
    again = context.new_page()
    opened(again, site, story)
    bar = again.locator(".recovery")
    expect(bar).to_contain_text("in this browser were not saved")
    bar.get_by_role("button", name="Show what differs").click()
    expect(bar.get_by_role("listitem")).to_have_text(
        ["Headline: Words without a server", "Story: One. Two.", re.compile("Byline: .*Anna Example")]
    )
    bar.get_by_role("button", name="Restore what was typed at").click()
    expect(bar).to_have_count(0)
    expect(headline(again)).to_have_value("Words without a server")
    expect(again.locator(".ProseMirror")).to_have_text("One. Two.")
    expect(status(again)).to_have_text("Not saved yet")
    expect_saved(again)
    assert (stored(story).headline, stored(story).body) == ("Words without a server", "<p>One. Two.</p>")
    assert stored(story).bylines.filter(author=author).exists()
    again.reload()
    expect(again.locator(".ProseMirror")).to_be_visible()
    expect(again.locator(".recovery")).to_have_count(0)


def test_a_network_that_comes_back_is_noticed(open_story):
    """The page tries again by itself; the lost answer of a save that went through is no conflict."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)

    def answer_lost(route):
        route.fetch()
        route.abort()

    page.route(AUTOSAVE, answer_lost, times=1)
    headline(page).fill("Saved, but who knows")
    expect(status(page)).to_have_text(OFFLINE)
    assert stored(story).headline == "Saved, but who knows"
    expect_saved(page)
    headline(page).fill("And on")
    expect(status(page)).to_have_text("Not saved yet")
    expect_saved(page)
    assert stored(story).headline == "And on"


def test_an_expired_sign_in_keeps_the_words_and_goes_on(site, open_story):
    """The line says so; after signing in again in another tab the page saves by itself."""
    story = ArticleFactory(headline="The first words")
    page = open_story(story)
    page.context.clear_cookies()
    headline(page).fill("Typed while signed out")
    expect(status(page)).to_have_text(re.compile("^You are signed out. Your words are kept in this browser."))
    other = page.context.new_page()
    other.goto(f"{site}/admin/")
    other.get_by_label("Username").fill("editor-1")
    other.get_by_label("Password").fill("a long password")
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", name="Desk")).to_be_visible()
    expect_saved(page)
    assert stored(story).headline == "Typed while signed out"
    page.get_by_label("Standfirst:").fill("And on.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()


def test_a_conflict_is_settled_by_clicking(site, open_story, person):
    """Autosave stops, Save shows both texts, theirs and mine are taken block by block, the next Save writes that."""
    story = ArticleFactory(headline="First", body="<p>One.</p><p>Two.</p><p>Three.</p>")
    workflow.keep_revision(article=story, by=None)
    page = open_story(story)
    theirs, author = stored(story), AuthorFactory(name="Anna Example")
    theirs.headline, theirs.standfirst = "Theirs", "Their standfirst."
    theirs.body = "<p>One, they say.</p><p>Two.</p><p>Three, they say.</p>"
    workflow.save(article=theirs, by=person("Editor", first_name="Mira"), bylines=[(author, "")])

    headline(page).fill("Mine")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" My end.")
    expect(status(page)).to_have_text(
        re.compile(r"^Not saved: Mira saved at \d\d:\d\d. Press Save to see both texts")
    )
    assert stored(story).headline == "Theirs"
    page.get_by_role("button", name="Save", exact=True).click()
    section = page.locator(".conflict")
    expect(section).to_contain_text("Your words and those Mira saved at")
    expect(status(page)).to_have_text("Not saved: choose above what stays, then press Save.")
    expect(section.get_by_role("group", name="Standfirst")).to_contain_text("only they changed this")
    section.get_by_role("group", name="Standfirst").get_by_role("button", name="Take theirs").click()
    section.get_by_role("group", name="Byline: Anna Example").get_by_role(
        "button", name="Take theirs"
    ).click()
    section.get_by_role("group", name="Story, paragraph or block 1").get_by_role(
        "button", name="Take theirs"
    ).click()
    expect(page.get_by_label("Standfirst:")).to_have_value("Their standfirst.")
    expect(page.locator(".ProseMirror")).to_contain_text("One, they say.")
    section.get_by_role("group", name="Story, paragraph or block 1").get_by_role(
        "button", name="Keep mine"
    ).click()
    expect(page.locator(".ProseMirror")).not_to_contain_text("One, they say.")
    section.get_by_role("button", name="Take theirs wherever only they changed something").click()
    expect(page.locator(".ProseMirror")).to_contain_text("One, they say.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    now = stored(story)
    assert (now.headline, now.standfirst) == ("Mine", "Their standfirst.")
    assert now.body == "<p>One, they say.</p><p>Two.</p><p>Three. My end.</p>"
    assert [row.author for row in now.bylines.all()] == [author]
    assert story.revisions.get(reason=Revision.Reason.REFUSED).snapshot["headline"] == "Mine"


def test_a_byline_is_taken_author_by_author(open_story):
    """Names from either side, each with its role, in the order of the side that was chosen for the order."""
    anna, ben, cal, _dora = (AuthorFactory(name=name) for name in ("Anna", "Ben", "Cal", "Dora"))
    story = ArticleFactory(authors=[anna, ben])
    page = open_story(story)
    page.get_by_role("button", name="Add another Byline").click()
    page.locator(".field-author .select2-selection").nth(2).click()
    page.keyboard.type("Dora")
    page.get_by_role("option", name="Dora").click()
    workflow.save(
        article=stored(story), by=None, bylines=[(ben, ""), (cal, "photography"), (anna, "reporting")]
    )
    page.get_by_role("button", name="Save", exact=True).click()
    section = page.locator(".conflict")
    for group in ("Byline: Cal", "Byline: Anna", "Order of the byline"):
        section.get_by_role("group", name=group).get_by_role("button", name="Take theirs").click()
    section.get_by_role("group", name="Byline: Anna").get_by_role("button", name="Keep mine").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    rows = [(row.author.name, row.role) for row in story.bylines.select_related("author")]
    assert rows == [("Ben", ""), ("Dora", ""), ("Cal", "photography"), ("Anna", "")]


def test_two_people_see_each_other(site, open_story, open_browser, person):
    """A second browser shows in the first, first open, then writing; its save is told with what it means."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    person("Editor", username="mira", first_name="Mira", last_name="Example")
    other = open_browser()
    other.goto(f"{site}/admin/")
    other.get_by_label("Username").fill("mira")
    other.get_by_label("Password").fill("a long password")
    other.get_by_role("button", name="Log in").click()
    opened(other, site, story)
    others = page.locator("[data-others]")
    expect(other.locator("[data-others]")).to_have_text("Ines Calder has this story open. Take over")
    expect(others).to_have_text("Mira Example has this story open. Take over")
    headline(other).fill("Hers")
    expect(status(other)).to_have_text("Not saved yet")
    expect_saved(other)
    expect(others).to_contain_text("Mira Example has this story open and is writing.")
    expect(others).to_contain_text("Mira Example saved at")
    others.get_by_role("button", name="Load the newest version").click()
    expect(headline(page)).to_have_value("Hers")


def test_a_story_left_open_is_taken_over(site, open_story, open_browser, person):
    """One press: the other page hears of it, and what is typed there is kept beside, not written over this."""
    story = ArticleFactory(headline="First")
    left = open_story(story)
    headline(left).fill("Left open")
    expect(status(left)).to_have_text("Not saved yet")
    expect_saved(left)
    person("Editor", username="mira", first_name="Mira", last_name="Example")
    page = open_browser()
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("mira")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    opened(page, site, story)
    expect(page.locator("[data-others]")).to_contain_text("Ines Calder has this story open and is writing.")
    page.get_by_role("button", name="Take over").click()
    expect(status(page)).to_have_text(re.compile("^You write on alone."))
    headline(left).fill("Typed by somebody who did not look")
    expect(status(left)).to_have_text(re.compile("^Not saved: Mira Example took this story over at"))
    headline(page).fill("Mine alone")
    expect(status(page)).to_have_text("Not saved yet")
    expect_saved(page)
    assert stored(story).headline == "Mine alone"
    assert story.revisions.get(reason="refused").snapshot["headline"] == "Typed by somebody who did not look"
    left.get_by_role("button", name="Save", exact=True).click()
    expect(left.locator(".errorlist.nonfield")).to_contain_text("Mira Example saved this story at")


def test_an_open_page_alone_keeps_no_session_alive(open_story):
    """Questions of the page are marked as nobody's work; what is typed is work."""
    page = open_story(ArticleFactory(headline="First"))
    with page.expect_request("**/presence/") as asked:
        page.reload()
    assert asked.value.headers["x-background"] == "1"
    with page.expect_request(AUTOSAVE) as sent:
        headline(page).fill("Second")
    assert "x-background" not in sent.value.headers


def test_a_sign_in_that_ended_is_told_before_more_is_typed(site, open_story):
    """The page notices by itself, and is at rest again after a new sign-in elsewhere."""
    page = open_story(ArticleFactory(headline="First"))
    expect_saved(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    tell_visible = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(tell_visible)
    expect(status(page)).to_have_text(re.compile("^You are signed out."))
    page.context.add_cookies(cookies)
    page.evaluate(tell_visible)
    expect_saved(page)


def test_save_pressed_during_an_autosave_waits_for_it(open_story):
    """A slow autosave and a press of Save, twice, are one story, no conflict, and the last words."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    held = []
    page.route(AUTOSAVE, lambda route: held.append(route))
    headline(page).fill("Second")
    expect(status(page)).to_have_text("Saving…")
    headline(page).fill("Third")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    held[0].continue_()
    expect(page.locator(".messagelist")).to_be_visible()
    expect(headline(page)).to_have_value("Third")
    assert stored(story).headline == "Third"
    assert not story.revisions.filter(reason="refused").exists()


def test_what_is_kept_back_is_named_with_its_reason(open_story):
    """A new tag waits for Save, and the line says so where everybody can read it."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    page.get_by_label("Tags:").fill("Harbour")
    expect(page.locator(".saving")).to_contain_text(re.compile(r"Saved \d\d:\d\d:\d\d, except Tags"))
    expect(page.locator(".saving")).to_contain_text("Tags: Harbour is new, and is made when you press Save.")


def test_no_copy_is_promised_where_the_browser_has_no_room(open_story):
    """Without storage the sentence says to keep the page open."""
    page = open_story(ArticleFactory(headline="First"))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    page.route(AUTOSAVE, lambda route: route.fulfill(status=400, body="Bad Request"))
    headline(page).fill("Second")
    expect(status(page)).to_have_text(re.compile("^Not saved, and this browser has no room for a copy."))
    page.unroute(AUTOSAVE)
    lose_network(page)
    headline(page).fill("Third")
    expect(status(page)).to_have_text("Not saved: no connection. Keep this page open.")


def test_leaving_asks_only_while_something_is_not_saved(open_story):
    """With words that no server has, the browser asks; once they are saved it does not."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lose_network(page)
    headline(page).press("End")
    headline(page).press_sequentially(" and more")
    expect(status(page)).to_have_text(OFFLINE)
    page.evaluate("location.href = '/admin/'")
    expect(status(page)).to_be_visible()
    page.wait_for_function("true")
    assert asked == ["beforeunload"]
    page.context.unroute(AUTOSAVE)
    expect_saved(page)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_page_that_was_only_looked_at_lets_go_and_one_that_is_saving_does_not(site, open_story):
    """No question where nothing was typed; a question while a save is on its way."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    headline(page).click()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    assert asked == []
    opened(page, site, story)
    page.context.route(AUTOSAVE, lambda route: None)  # never answered
    headline(page).press("End")
    headline(page).press_sequentially(" and more")
    expect(status(page)).to_have_text("Saving…")
    with page.expect_event("dialog"):
        page.evaluate("location.href = '/admin/'")
    expect(headline(page)).to_have_value("First and more")
    assert asked == ["beforeunload"]


def test_a_version_is_kept_under_a_name(open_story):
    """The name stands in the history, and the next words begin a new row."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    headline(page).fill("Before the lawyers")
    page.get_by_role("button", name="Keep this version as…").click()
    page.get_by_label("Name of this version").fill("before the lawyers")
    page.get_by_label("Name of this version").press("Enter")
    expect(status(page)).to_have_text("Kept as “before the lawyers” among the revisions")
    headline(page).fill("After the lawyers")
    expect(status(page)).to_have_text("Not saved yet")
    expect_saved(page)
    assert [(kept.name, kept.snapshot["headline"]) for kept in story.revisions.order_by("version")] == [
        ("before the lawyers", "Before the lawyers"),
        ("", "After the lawyers"),
    ]


def test_ones_own_change_from_the_list_appears_in_the_open_form(open_story, django_user_model):
    """Nobody is told of a newer text; with the next words the form has the section and tags that the list gave."""
    story, harbour = ArticleFactory(tags=["Boats"]), SectionFactory(name="Harbour", slug="harbour")
    page = open_story(story)
    for words, tag in [("Second", "Tide"), ("Third", "Storm")]:
        me = django_user_model.objects.get(username="editor-1")
        aside(stored(story), me, section=harbour, tags=["Boats", tag])
        with page.expect_response("**/presence/"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("[data-others]")).to_be_empty()
        headline(page).fill(words)
        expect(status(page)).to_have_text("Not saved yet")
        expect_saved(page)
        expect(page.get_by_label("Tags:")).to_have_value(f"Boats, {tag}")
        assert (stored(story).headline, sorted(stored(story).tags.names())) == (words, sorted(["Boats", tag]))
    expect(page.get_by_label("Section:")).to_have_value(str(harbour.pk))
    assert stored(story).section == harbour


def test_what_the_page_gave_up_on_arrives_too_late(open_story):
    """The network holds a post back while the page sends more: the old words do not come over the new ones."""
    story = ArticleFactory(headline="First")
    page = open_story(story)
    swallowed = []
    page.route(AUTOSAVE, lambda route: (swallowed.append(route.request), route.abort()))
    headline(page).fill("Slow")
    expect(status(page)).to_have_text(OFFLINE)
    page.unroute(AUTOSAVE)
    headline(page).fill("Newer")
    expect_saved(page)
    slow = swallowed[0]
    names = ("content-type", "x-csrftoken")
    headers = {name: value for name, value in slow.all_headers().items() if name in names}
    late = page.request.post(slow.url, data=slow.post_data_buffer, headers=headers)
    assert late.status == 409
    assert stored(story).headline == "Newer"
