"""A picture whose rights do not allow it is on no page for readers, from that moment on and by the clock alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from images.models import Image
from tests.articles.stories import HOUR, NOON, story, text_of
from tests.factories import AuthorFactory, ImageFactory, figure, related_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

END = NOON + HOUR
SECOND = timedelta(seconds=1)
ADDRESSES = [
    *["/", "/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/", "/ferry-late/", "/host/"],
    *["/rss/", "/section/harbour/rss/", "/tag/ferry/rss/", "/author/mara-venn/rss/"],
]


def file_of(image):
    """What every address of the picture's renditions contains."""
    return image.sha256[-32:]


def pages(client):
    return {address: text_of(client, address) for address in ADDRESSES}


@pytest.fixture
def ending():
    """A picture whose rights end at END."""
    return ImageFactory(not_after=END, alt_text="Two boats", caption="The quay.", credit="Arda Example")


@pytest.fixture
def stand_in():
    return ImageFactory(alt_text="A lamp", caption="The Lantern's lamp.", credit="The Lantern")


@pytest.fixture
def paper(ending, stand_in):
    """A story led by the ending picture, with it in the text too, by an author whose portrait it is."""
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn", portrait=ending)
    late = story(slug="ferry-late", lead_image=ending, authors=[mara], body=f"<p>Tide.</p>{figure(ending)}")
    story(1, slug="host", lead_image=None, authors=[mara], body=f"<p>Host.</p>{related_card(late)}")
    Section.objects.update(stand_in=stand_in)
    return late


def test_the_picture_is_everywhere_until_the_last_second(client, clock, paper, ending, stand_in):
    """Until its rights end nothing stands in for it."""
    clock.move_to(END - SECOND)
    for address, page in pages(client).items():
        assert file_of(ending) in page, address
        assert file_of(stand_in) not in page, address


def test_from_the_moment_on_it_is_nowhere_and_the_stand_in_has_its_places(
    client, clock, paper, ending, stand_in
):
    """Lead, cards, lists, related cards, feeds and shared links; with the stand-in's own words and credit."""
    clock.move_to(END)
    for address, page in pages(client).items():
        assert file_of(ending) not in page, address
        assert file_of(stand_in) in page, address
    page = text_of(client, "/ferry-late/")
    assert 'alt="A lamp"' in page
    assert "(The Lantern)" in page
    assert 'property="og:image:alt" content="A lamp"' in page
    assert "Two boats" not in page
    assert "Arda Example" not in page


def test_in_the_text_one_honest_line_takes_its_place(client, clock, paper):
    """No stand-in there: it would say something that the text does not."""
    sentence = "This picture is no longer available: our right to show it has ended."
    assert sentence not in text_of(client, "/ferry-late/")
    clock.move_to(END)
    assert text_of(client, "/ferry-late/").count(sentence) == 1


def test_a_portrait_is_left_out(client, clock, paper):
    """An author without a picture has a page all the same."""
    clock.move_to(END)
    page = text_of(client, "/author/mara-venn/")
    assert "list-head__portrait" not in page
    assert "author-box__portrait" not in text_of(client, "/ferry-late/")


def test_do_not_use_takes_a_picture_off_at_once(client, paper, ending, stand_in):
    """No moment has to come for that."""
    Image.objects.filter(pk=ending.pk).update(restriction=Image.Restriction.DO_NOT_USE)
    assert file_of(ending) not in "".join(pages(client).values())
    assert "we may not show it any more" in text_of(client, "/ferry-late/")


def test_a_picture_comes_when_its_rights_begin(client, clock, paper, ending, stand_in):
    """A beginning that was set after the story went public is a beginning."""
    Image.objects.filter(pk=ending.pk).update(not_before=NOON + SECOND, not_after=None)
    assert file_of(ending) not in "".join(pages(client).values())
    assert "we may not show it yet" in text_of(client, "/ferry-late/")
    clock.move_to(NOON + SECOND)
    assert file_of(ending) in text_of(client, "/ferry-late/")
    assert file_of(stand_in) not in text_of(client, "/ferry-late/")


@pytest.mark.parametrize("rights", [{"not_after": END}, {"restriction": "do-not-use"}, None])
def test_a_stand_in_has_rights_too(client, clock, paper, ending, stand_in, rights):
    """Without one that may be shown the story stands without a picture."""
    if rights is None:
        Section.objects.update(stand_in=None)
    else:
        Image.objects.filter(pk=stand_in.pk).update(**rights)
    clock.move_to(END)
    everything = "".join(pages(client).values())
    assert file_of(ending) not in everything
    assert file_of(stand_in) not in everything
    assert "story__lead" not in text_of(client, "/ferry-late/")


def test_a_swap_costs_no_query(client, clock, paper):
    """The stand-ins come with the stories, however many there are."""
    for number in range(2, 12):
        story(number, lead_image=ImageFactory(not_after=END))
    counts = []
    for moment in (END - SECOND, END):
        clock.move_to(moment)
        for address in ADDRESSES:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[: len(ADDRESSES)] == counts[len(ADDRESSES) :]
    assert max(counts) <= 8
