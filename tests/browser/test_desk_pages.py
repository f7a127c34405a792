"""Every page of the desk, by the rules for accessible pages (WCAG 2.2, A and AA), wide and light, narrow and dark.

The console is watched as well: the `open_browser` fixture fails a test for a complaint about the policy.
"""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article
from tests.factories import ArticleFactory, AuthorFactory, published
from tests.images.pictures import make_picture

pytestmark = [pytest.mark.browser]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

SCREENS = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True},
}


def faults(page):
    """What axe says, one line for each element.

    The window is as tall as the page: what a bar that sticks to its edge happens to cover can be scrolled to.
    """
    width = page.viewport_size["width"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


def admin(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def story(site):
    """A live story with pictures, tags, two authors, an update scheduled and one more story beside it."""
    picture = make_picture()
    other = published(headline="Elsewhere in the harbour")
    body = f'<p>It rained.</p><figure data-block="figure" data-id="{picture.pk}"></figure><p>It stopped.</p>'
    story = published(
        headline="It rained", body=body, lead_image=picture, tags=["Rain", "Harbour"], read_more=[other.pk],
        authors=[AuthorFactory(portrait=picture), AuthorFactory()],
    )  # fmt: skip
    workflow.save(article=story, by=None)
    workflow.schedule(article=story, at=timezone.now() + timedelta(days=1), kind="update", by=None)
    story.bylines.first().author.links.create(label="Elsewhere", url="https://example.org/")
    ArticleFactory(headline="In review", state="in_review")
    return Article.objects.get(pk=story.pk)


def addresses(story):
    author = story.bylines.first().author
    return [
        admin("index"),
        admin("articles_article_changelist"),
        admin("articles_article_add"),
        admin("articles_article_change", story.pk),
        *[
            admin(f"articles_article_{page}", story.pk)
            for page in ("publish", "schedule", "move", "withdraw", "expire", "revisions")
        ],
        admin("articles_article_revision", story.pk, story.revisions.first().pk),
        admin("authors_author_changelist"),
        admin("authors_author_add"),
        admin("authors_author_change", author.pk),
        admin("images_image_changelist"),
        admin("images_image_add"),
        admin("images_image_change", story.lead_image_id),
        admin("articles_section_changelist"),
        admin("articles_tag_changelist"),
    ]


def open_pages(page, site, story):
    """Each page of the desk in turn, with everything on it awake."""
    for address in addresses(story):
        assert page.goto(site + address).status == 200, address
        page.wait_for_load_state("networkidle")
        if page.locator("textarea[name=body]").count():
            expect(page.locator(".ProseMirror")).to_be_visible()
        yield address


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_the_desk_fits_and_keeps_the_policy(screen, site, story, desk_page):
    """Nothing is wider than the screen, and the console has nothing to complain about."""
    page = desk_page("Editor", **SCREENS[screen])
    wider = {}
    for address in open_pages(page, site, story):
        wider[address] = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    assert {address: pixels for address, pixels in wider.items() if pixels} == {}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_the_desk_is_accessible(screen, site, story, desk_page, open_browser):
    """No rule is broken. The checker writes styles of its own, so the policy is off while it looks."""
    options = {**SCREENS[screen], "bypass_csp": True}
    said = {}
    page = open_browser(**options)
    page.goto(site + admin("login"))
    said["login"] = faults(page)
    page = desk_page("Editor", **options)
    for address in open_pages(page, site, story):
        said[address] = faults(page)
    broken = [f"{address} {line}" for address, lines in said.items() for line in lines]
    assert broken == [], "\n".join(broken)


def test_authors_change_places_by_buttons(site, story, desk_page):
    """Up and down write the order; a new author moves before it is saved; removing one keeps the others right."""
    cal = AuthorFactory(name="Cal")
    first, second = (byline.author.name for byline in story.bylines.all())
    page = desk_page("Editor")
    page.goto(site + admin("articles_article_change", story.pk))
    choosers = page.get_by_role("combobox", name="Author")
    expect(choosers).to_have_count(2)

    for _n in range(2):
        page.get_by_role("button", name="Add another Byline").click()
    choosers.nth(2).click()
    page.keyboard.type("Cal")
    page.get_by_role("option", name="Cal", exact=True).click()
    row = page.locator("#bylines-2")
    row.get_by_role("button", name="Move up").click()
    row.get_by_role("button", name="Move up").press("Enter")
    expect(row.get_by_role("button", name="Move down")).to_be_focused()
    page.locator("#bylines-3 .inline-deletelink").click()
    assert [text.strip() for text in choosers.all_inner_texts()] == [cal.name, first, second]

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    names = [byline.author.name for byline in story.bylines.select_related("author")]
    assert names == [cal.name, first, second]


def test_a_correction_asks_for_its_text_only_when_it_is_one(site, story, desk_page):
    """The field for readers' words stands there as soon as the answer is correction."""
    page = desk_page("Editor")
    page.goto(site + admin("articles_article_publish", story.pk))
    words = page.get_by_label("Public text of the correction")
    expect(words).to_be_hidden()
    page.get_by_label("Correction: something was wrong").check()
    expect(words).to_be_visible()
    page.get_by_label("Typo: nothing").check()
    expect(words).to_be_hidden()


def test_a_withdrawal_picks_its_successor_from_a_list(site, story, desk_page):
    """The picker of stories works on the question's page as it does in the story form."""
    page = desk_page("Editor")
    page.goto(site + admin("articles_article_withdraw", story.pk))
    page.get_by_label("Public reason").fill("It ran twice.")
    page.get_by_role("button", name="Add story").click()
    page.get_by_role("dialog").get_by_role("button", name="Elsewhere in the harbour").click()
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.locator(".messagelist")).to_contain_text("Withdrawn")
    ended = story.versions.get(withdrawal__isnull=False)
    assert ended.withdrawal.successor.headline == "Elsewhere in the harbour"


def test_the_last_field_is_not_below_the_bar(site, story, desk_page):
    """With the keyboard alone on a phone's width: what has the focus can be seen above the buttons."""
    page = desk_page("Editor", viewport={"width": 390, "height": 700})
    page.goto(site + admin("articles_article_change", story.pk))
    bar = page.locator(".story-buttons")
    for name in ("Standfirst:", "Editor's note:", "Slug:", "Description for search engines:"):
        field = page.get_by_label(name, exact=True)
        field.focus()
        box, edge = field.bounding_box(), bar.bounding_box()["y"]
        assert box["y"] + box["height"] <= edge, name
