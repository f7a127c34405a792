"""A story's whole life through the browser: written, illustrated, published, read, corrected, scheduled."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from articles.models import Article, Section
from tests.factories import AuthorFactory, published
from tests.images.pictures import picture_bytes

pytestmark = [pytest.mark.browser]

HEADLINE = "Ministers discuss results of harbour talks"
CAPTION = "The chair of the meeting at the Corn Hall."
CREDIT = "Arda Example/Agency via Wire"


def upload(page, *, alt, caption, credit):
    """Fill the upload part of the open picture dialog and use the picture."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Picture file").set_input_files(
        {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(size=(1600, 1000))}
    )
    dialog.get_by_label("Alternative text").fill(alt)
    dialog.get_by_label("Caption").fill(caption)
    dialog.get_by_label("Credit").fill(credit)
    dialog.get_by_role("button", name="Upload and use").click()
    expect(dialog).to_have_count(0)


def toolbar(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def test_a_story_is_written_published_read_and_corrected(site, desk_page, reader):
    """An editor's first hour, and what a reader without script sees after each step."""
    Section.objects.create(name="News Feed", slug="news-feed")
    author = AuthorFactory(
        name="Anna Example", slug="anna-example", role="News Editor", biography="Anna edits."
    )
    opinion = published(
        headline="Five myths about the barrier",
        kind="opinion",
        editors_note="This first appeared elsewhere.",
        body="<p>The barrier will not save us from ourselves.</p>",
        section=Section.objects.create(name="Opinion", slug="opinion", in_news_feed=False),
    )
    published(headline="Elsewhere in the harbour")
    page = desk_page("Editor")
    page.goto(f"{site}/admin/articles/article/add/")

    page.get_by_label("Headline:").fill(HEADLINE)
    page.get_by_label("Standfirst:").fill("The call came a day after the talks.")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Two ministers held a phone call about the recent talks.\n")
    page.keyboard.type("“I hope I am wrong,” one of them said. Forty-six boats stayed in port.\n")
    toolbar(page, "Picture").click()
    upload(page, alt="Boats at the quay", caption="Boats stayed in port.", credit="Mira Example")
    toolbar(page, "Insert").click()
    page.get_by_role("menuitem", name="Story card").click()
    page.get_by_role("dialog").get_by_role("button", name=opinion.headline).click()
    page.get_by_role("button", name="Choose a picture").click()
    upload(page, alt="A man at a long table", caption=CAPTION, credit=CREDIT)
    page.locator(".field-author .select2-selection").first.click()
    page.keyboard.type("Anna")
    page.get_by_role("option", name="Anna Example").click()
    page.get_by_label("Tags:").fill("Talks, Harbour")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(HEADLINE)

    address = f"{site}/{Article.objects.get(headline=HEADLINE).slug}/"
    assert reader.goto(address).status == 404, "saving makes nothing public"
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Preview", exact=True).click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text(HEADLINE)

    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("It is on the site now")

    assert reader.goto(address).status == 200
    story = reader.get_by_role("article").first
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(story.get_by_role("link", name="News Feed").first).to_have_attribute("href", "/news-feed/")
    expect(story).to_contain_text("1 min read")
    lead = story.get_by_role("figure").first
    expect(lead.get_by_role("img", name="A man at a long table")).to_be_visible()
    expect(lead).to_contain_text(f"{CAPTION} ({CREDIT})")
    expect(story.get_by_role("figure").nth(1)).to_contain_text("Boats stayed in port. (Mira Example)")
    card = reader.get_by_role("link", name=opinion.headline)
    expect(card).to_have_count(1)
    expect(story).to_contain_text(
        "Editor’s note: This first appeared elsewhere. The barrier will not save us"
    )
    expect(reader.locator(".author-box__role")).to_have_text(author.role)
    expect(reader.locator(".author-box__biography")).to_contain_text("Anna edits.")
    expect(reader.get_by_role("heading", name="Read more")).to_be_visible()
    expect(reader.locator("body")).not_to_contain_text("Updated")

    body = page.locator(".ProseMirror")
    body.get_by_text("Forty-six boats").click()
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector(".ProseMirror"), NodeFilter.SHOW_TEXT)
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("Forty-six")
            if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 9)
          }
        }"""
    )
    page.keyboard.type("Sixty-four")
    page.get_by_role("button", name="Publish changes…").click()
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".errorlist")).to_contain_text("Say in public words what was wrong")
    expect(page.get_by_label("Correction: something was wrong")).to_be_checked()
    page.get_by_label("Public text of the correction").fill(
        "We wrote that 46 boats stayed in port. It was 64."
    )
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("It is on the site now")

    reader.goto(address)
    expect(reader.get_by_role("article").first).to_contain_text("Sixty-four boats stayed in port.")
    expect(reader.get_by_role("article").first).to_contain_text("Updated")
    corrections = reader.locator("#corrections-below")
    expect(corrections).to_contain_text("We wrote that 46 boats stayed in port. It was 64.")
    version = Article.objects.get(headline=HEADLINE).versions.get(kind_of_change="correction")
    expect(corrections.locator("time")).to_have_attribute(
        "datetime", version.visible_from.isoformat(timespec="seconds")
    )


def test_a_scheduled_story_is_nowhere_a_second_before_and_everywhere_a_second_after(site, desk_page, reader):
    """The desk schedules through the form; nothing runs at that moment, the clock alone makes it public."""
    section = Section.objects.create(name="Harbour", slug="harbour")
    published(headline="Something else", section=section)
    author = AuthorFactory(name="Anna Example", slug="anna-example")
    page = desk_page("Editor")
    page.goto(f"{site}/admin/articles/article/add/")
    page.get_by_label("Headline:").fill("Canary sighted over the harbour")
    page.get_by_label("Standfirst:").fill("A canary was seen.")
    page.get_by_label("Section:").select_option("Harbour")
    page.locator(".ProseMirror").click()
    page.keyboard.type("A canary was sighted over the harbour.")
    page.locator(".field-author .select2-selection").first.click()
    page.keyboard.type("Anna")
    page.get_by_role("option", name="Anna Example").click()
    page.get_by_label("Tags:").fill("Canaries")
    page.get_by_role("button", name="Schedule…").click()
    at = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    page.locator("#id_at_0").fill(at.strftime("%d/%m/%Y"))
    page.locator("#id_at_1").fill(at.strftime("%H:%M:%S"))
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Scheduled. The story goes live at")

    lists = [
        "/",
        "/news-feed/",
        "/section/harbour/",
        "/rss/",
        "/section/harbour/rss/",
        "/sitemap-stories.xml",
    ]
    own = [
        "/canary-sighted-over-the-harbour/",
        f"/author/{author.slug}/",
        "/tag/canaries/",
        "/tag/canaries/rss/",
    ]

    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        for address in lists:
            answer = reader.request.get(site + address)
            assert answer.status == 200
            assert "canar" not in answer.text().lower(), address
        for address in own:
            assert reader.request.get(site + address).status == 404, address
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        for address in [*lists, *own]:
            answer = reader.request.get(site + address)
            assert answer.status == 200, address
            assert "canary-sighted-over-the-harbour" in answer.text(), address


def test_a_second_save_is_refused_and_loses_nothing(site, desk_page, open_browser):
    """Two tabs, one story: the later save says who was first, keeps its text in the form and among the revisions."""
    story = published(headline="The first words")
    page = desk_page("Editor")
    form = f"{site}/admin/articles/article/{story.pk}/change/"
    page.goto(form)
    other = page.context.new_page()
    other.goto(form)
    other.get_by_label("Headline:").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".messagelist")).to_be_visible()

    page.get_by_label("Headline:").fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist.nonfield")).to_contain_text("You saved this story at")
    expect(page.get_by_label("Headline:")).to_have_value("Mine")
    story.refresh_from_db()
    assert story.headline == "Theirs"
    assert story.revisions.get(reason="refused").snapshot["headline"] == "Mine"

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    story.refresh_from_db()
    assert story.headline == "Mine"
    assert "Theirs" in [revision.snapshot["headline"] for revision in story.revisions.all()]
