"""The screens of a desk on deadline, each on a wide and a narrow screen, light and dark: no rule for accessible pages
is broken, and nothing is wider than the screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import preview_links, workflow
from articles.models import Article, Presence, PreviewVisit
from tests.browser.test_desk_pages import faults
from tests.factories import ArticleFactory, AuthorFactory, figure, published, related_card
from tests.images.pictures import make_picture

pytestmark = [pytest.mark.browser]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


def admin(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


@pytest.fixture
def mara(site, person):
    return person("Editor", username="mara", first_name="Mara", last_name="Venn")


@pytest.fixture
def story(mara):
    """A live story with everything that the screens show: corrections, a schedule, guests, findings, a colleague."""
    picture = make_picture(caption="")
    other = published(headline="Elsewhere in the harbour")
    shown = figure(picture, caption="Rain.") + related_card(other)
    body = f"<h3>It rained</h3><p>On Monday [check].</p>{shown}<p>End.</p>"
    story = published(
        headline="It rained", standfirst="All day.", body=body, lead_image=picture, tags=["Rain"]
    )
    save(other, mara, headline="Elsewhere in the port")
    workflow.publish(article=other, by=mara, kind="correction", correction="We wrote harbour. It is a port.")
    save(story, mara, standfirst="", body=body.replace("Rain.", "Rain at noon."))
    workflow.schedule(article=story, at=timezone.now() + timedelta(hours=5), kind="update", by=mara)
    ArticleFactory(headline="Held back", embargo=timezone.now() + timedelta(days=1))
    link, _secret = preview_links.make(article=story, by=mara, note="the lawyers")
    PreviewVisit.objects.create(link=link, network="192.0.2.0/24")
    return story


def save(story, by, **words):
    """Another save of the desk copy, with other words."""
    story.refresh_from_db()
    for name, value in words.items():
        setattr(story, name, value)
    workflow.save(article=story, by=by)


def open_form(page, story):
    page.goto(page.site + admin("change", story.pk))
    expect(page.locator(".ProseMirror")).to_be_visible()


# --- How to get to each screen --------------------------------------------------------------------------------


def form_with_presence(page, story, mara):
    Presence.objects.create(article=story, user=mara, tab="hers", seen_at=timezone.now(), has_typed=True)
    open_form(page, story)
    expect(page.locator("[data-others]")).to_contain_text("Mara Venn has this story open and is writing.")


def conflict_page(page, story, mara):
    workflow.keep_revision(article=Article.objects.get(pk=save_again(story, mara)), by=None)
    open_form(page, story)
    theirs = Article.objects.get(pk=story.pk)
    theirs.headline, theirs.body = "It poured", theirs.body.replace("Rain at noon", "Rain at one")
    workflow.save(article=theirs, by=mara, bylines=[(AuthorFactory(name="Cal"), "photography")])
    page.get_by_label("Headline:").fill("It rained a lot")
    page.locator(".ProseMirror").get_by_text("End.").click()
    page.keyboard.type("More. ")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Your words and those Mara Venn saved at")).to_be_focused()


def save_again(story, by):
    article = Article.objects.get(pk=story.pk)
    article.save()
    return article.pk


def history(page, story, mara):
    page.goto(page.site + admin("revisions", story.pk))


def compared(page, story, mara):
    first = story.versions.earliest("pk")
    page.goto(f"{page.site}{admin('compare', story.pk)}?from=v{first.pk}&to=now")
    expect(page.locator(".comparison__body")).to_be_visible()


def checks(page, story, mara):
    page.goto(page.site + admin("publish", story.pk))
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".finding").first).to_be_visible()


def overview(page, story, mara):
    page.goto(page.site + admin("overview"))
    expect(page.get_by_text("Embargo ends")).to_be_visible()


def corrections(page, story, mara):
    page.goto(f"{page.site}/corrections/")
    expect(page.get_by_text("We wrote harbour.")).to_be_visible()


def preview_beside(page, story, mara):
    open_form(page, story)
    page.get_by_role("button", name="Preview beside").click()
    expect(
        page.frame_locator(".preview-panel iframe:not(.is-waiting)").get_by_role("heading", level=1)
    ).to_be_visible()


def links(page, story, mara):
    page.goto(page.site + admin("preview_links", story.pk))


def bulk(page, story, mara):
    page.goto(page.site + admin("changelist"))
    for box in page.locator(".action-select").all():
        box.check()
    page.locator("select[name=action]").select_option("change_many")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Add tags").fill("Weather")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="would change. Nothing is changed yet.")).to_be_visible()


def the_log(page, story, mara):
    page.goto(page.site + reverse("admin:log_entry_changelist"))
    expect(page.locator("#result_list")).to_be_visible()


SCREENS = [
    form_with_presence,
    conflict_page,
    history,
    compared,
    checks,
    overview,
    corrections,
    preview_beside,
    links,
    bulk,
    the_log,
]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_a_screen_is_accessible_in_every_look(screen, site, story, mara, desk_page):
    """The checker writes styles of its own, so the policy is off while it looks. A chief sees all of them."""
    page = desk_page("Chief", viewport=WIDE, bypass_csp=True)
    page.site = site
    screen(page, story, mara)
    broken = []
    for viewport, scheme in LOOKS:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.all(document.getAnimations().map((change) => change.finished))")
        name = f"{viewport['width']} {scheme}"
        broken += [f"{name}: {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken.append(f"{name}: wider than the screen")
    assert broken == [], "\n".join(broken)
