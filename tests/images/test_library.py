"""The library: one page of pictures, whatever one looks for, at a constant number of questions to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from images.badges import badges
from images.library_page import PAGE_SIZE, page_of
from images.models import Image
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, published

LIST = reverse("admin:images_image_changelist")
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def library(staff):
    """library(field=…) opens the page with that question and gives the titles of its pictures."""
    client = staff("view_image", "change_image", "delete_image")

    def titles(**question):
        return sorted(image.title for image in client.get(LIST, question).context["page"].images)

    titles.client = client
    return titles


def test_a_picture_is_found_by_any_of_its_words(library):
    """Caption, credit, keywords, people, place, alternative text and title; every word has to be somewhere."""
    words = {
        "caption": "Nets", "credit": "Jo Petrov", "keywords": "herring, crane", "people": "Mara Venn",
        "place": "Hallowfen", "alt_text": "A lit boat", "title": "Wanted",
    }  # fmt: skip
    ImageFactory(**words)
    ImageFactory(title="Other")
    for said in ["nets", "petrov", "crane", "venn", "hallow", "lit", "wanted herring mara"]:
        assert library(q=said) == ["Wanted"], said
    assert library(q="nets zebra") == []
    assert library(q="%&'") == []


@pytest.mark.parametrize(
    ("rights", "fields"),
    [
        ("ended", {"not_after": -1}),
        ("ending", {"not_after": 13}),
        ("not-yet", {"not_before": 3}),
        ("single-use", {"restriction": "single-use"}),
        ("do-not-use", {"restriction": "do-not-use"}),
    ],
)
def test_rights_are_asked_for_one_by_one(rights, fields, library, now):
    """Ended, ending within 14 days, not begun, single use, do not use: each finds its own and no other."""
    moments = {name: now + value * DAY if isinstance(value, int) else value for name, value in fields.items()}
    ImageFactory(title="Wanted", **moments)
    ImageFactory(title="Free")
    ImageFactory(title="Later", not_after=now + 15 * DAY)
    assert library(rights=rights) == ["Wanted"]


@pytest.mark.parametrize("missing", ["alt_text", "credit", "caption", "check"])
def test_what_is_missing_is_found(missing, library):
    """Alternative text, credit, caption, and a look at what a file said."""
    fields = {"to_check": ["caption"]} if missing == "check" else {missing: ""}
    ImageFactory(title="Wanted", **fields)
    ImageFactory(title="Complete")
    assert library(missing=missing) == ["Wanted"]


def test_a_picture_is_used_wherever_it_stands(library):
    """Desk copy, published version, portrait and stand-in count; what stands nowhere is found as never used."""
    lead, inline, once, portrait, stand_in = (ImageFactory() for _n in range(5))
    ArticleFactory(lead_image=lead, body=f"<p>It rained.</p>{figure(inline)}")
    story = published(lead_image=once)
    story.lead_image = None
    story.save()
    AuthorFactory(portrait=portrait)
    SectionFactory(slug="town", stand_in=stand_in)
    ImageFactory(title="Wanted")
    assert library(missing="use") == ["Wanted"]
    used = {image.pk for image in page_of(Image.objects.all()).images if image.is_used}
    assert used == {lead.pk, inline.pk, once.pk, portrait.pk, stand_in.pk}


def test_shape_owner_and_date(library, now):
    """Wide, high or square; letters of the photographer's or agency's name; days of the upload, both included."""
    for title, width, height in [("Wide", 3, 2), ("High", 2, 3), ("Square", 2, 2)]:
        ImageFactory(title=title, width=width, height=height, credit="Jo Petrov/Wire", uploaded_at=now)
    ImageFactory(title="Old", credit="Arda Example/Coastline", uploaded_at=now - 3 * DAY)
    assert library(shape="square") == ["Square"]
    assert library(shape="portrait") == ["High"]
    assert library(shape="landscape") == ["Old", "Wide"]
    assert library(photographer="petr", shape="portrait") == ["High"]
    assert library(agency="COAST") == ["Old"]
    old = timezone.localdate(now - 3 * DAY).isoformat()
    assert library(since=old, until=old) == ["Old"]
    assert library(until=timezone.localdate(now - DAY).isoformat()) == ["Old"]


def test_a_strange_question_shows_the_library_and_says_what_was_not_understood(library):
    """A date that is none, an unknown filter, a broken cursor: the rest still counts, the sentence stands there."""
    ImageFactory(title="One")
    question = {
        "since": "yesterday",
        "rights": "mine",
        "before": "x-y",
        "view": "cinema",
        "photographer": "\0",
    }
    answer = library.client.get(LIST, question)
    assert [image.title for image in answer.context["page"].images] == ["One"]
    assertContains(answer, "Enter a valid date")


def test_pages_follow_each_other_without_gap_or_repeat(library, now):
    """Three at the very same moment and new ones on top: every picture is met once."""
    for number in range(PAGE_SIZE + 3):
        ImageFactory(uploaded_at=now - DAY if number % 2 else now - 2 * DAY)
    first = page_of(Image.objects.all())
    ImageFactory(uploaded_at=now)
    second = page_of(Image.objects.all(), before=first.next_cursor)
    met = [image.pk for image in first.images + second.images]
    assert (len(first.images), len(second.images), second.next_cursor) == (PAGE_SIZE, 3, "")
    assert len(set(met)) == PAGE_SIZE + 3
    assertContains(library.client.get(LIST), "Older pictures")
    assertContains(library.client.get(LIST, {"before": first.next_cursor}), "Back to the newest")


def test_the_page_costs_the_same_for_one_and_for_many(library, now):
    """No question to the database for each picture, in either view."""
    ImageFactory(title="x", not_after=now, to_check=["credit"])
    for view in ("grid", "list"):
        library.client.get(LIST, {"view": view})  # the first request of a session notes when it began
        with CaptureQueriesContext(connection) as one:
            library.client.get(LIST, {"view": view, "q": "harbour"})
        for _n in range(6):
            ArticleFactory(lead_image=ImageFactory(restriction="single-use"))
        with CaptureQueriesContext(connection) as many:
            library.client.get(LIST, {"view": view, "q": "harbour"})
        assert len(many) == len(one) <= 10


def test_both_views_show_the_words_and_keep_the_question(library):
    """Caption, credit and what to mind; the other view is an address with the same question."""
    ImageFactory(title="", caption="The quay", credit="Jo Petrov/Wire", alt_text="")
    for view, other in (("grid", "list"), ("list", "grid")):
        answer = library.client.get(LIST, {"q": "quay", "view": view})
        for words in ("The quay", "Jo Petrov/Wire", "No alternative text", "Never used"):
            assertContains(answer, words)
        assertContains(answer, f'href="?q=quay&amp;view={other}"')
        assertContains(answer, "_changelist_filters=q%3Dquay")


def test_what_is_asked_for_can_be_taken_back_one_by_one(library):
    """Each filter in use is named in words beside a link to the same question without it."""
    answer = library.client.get(LIST, {"rights": "ended", "agency": "Wire"})
    assertContains(answer, "Rights: Ended")
    assertContains(answer, 'href="?agency=Wire"')
    assertContains(answer, "No picture matches")


def test_the_badges_say_what_to_mind(now):
    """The gravest first; a sound picture in use has none."""
    sound = ImageFactory.build(not_after=now + 20 * DAY)
    sound.is_used = True
    assert badges(sound, now) == []
    bad = ImageFactory.build(
        restriction="single-use", not_after=now + DAY, not_before=now + DAY / 2, credit="", alt_text="",
        to_check=["credit"],
    )  # fmt: skip
    bad.is_used = True
    assert [str(badge.words) for badge in badges(bad, now)] == [
        "Single use: used", "Rights end soon", "Rights not begun", "No credit",
        "No alternative text", "Not checked",
    ]  # fmt: skip
    gone = ImageFactory.build(restriction="do-not-use", not_after=now)
    gone.is_used = False
    assert [str(badge.words) for badge in badges(gone, now)] == [
        "Do not use", "Rights ended", "Never used",
    ]  # fmt: skip


def test_files_that_failed_are_tried_again_from_the_library(library):
    """The tile says why and has the button; a picture that waits says so."""
    ImageFactory(progress=Image.Progress.FAILED, failure=Image.Failure.STORAGE)
    answer = library.client.get(LIST)
    assertContains(answer, "the disk is full")
    assertContains(answer, "Try again")


def test_nothing_ticked_is_said(library):
    """The button of an action without a picture leads back with a sentence."""
    ImageFactory()
    answer = library.client.post(f"{LIST}?q=harbour", {"action": "delete_selected"}, follow=True)
    assertContains(answer, "Tick the pictures first.")
    assert answer.redirect_chain == [(f"{LIST}?q=harbour", 302)]


def test_who_may_only_look_ticks_nothing(staff):
    """No boxes and no buttons without the right to change."""
    client = staff("view_image")
    image = ImageFactory()
    assertNotContains(client.get(LIST), "_selected_action")
    client.post(LIST, {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"})
    assert Image.objects.exists()
