"""The desk copy: its addresses, its saves and its revisions."""

import pytest

from articles import workflow
from articles.models import Address, Article, Revision, StaleCopy
from tests.articles.stories import HOUR, NOON, change, refused, shown
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_slug_belongs_to_one_story_for_ever(live):
    """Also after the story took another one, and after it was withdrawn."""
    sentence = "Another story was published at /ferry-late/, and the address stays with it. Change the slug."
    change(live, slug="ferry-cancelled")
    workflow.publish(article=live, by=None, kind="typo")
    workflow.withdraw(article=live, reason="It was wrong.", by=None)
    refused(sentence, workflow.publish, article=ArticleFactory(slug="ferry-late"))


def test_a_slug_that_never_became_public_is_free_again(article, live):
    """Claimed for a scheduled version, given back when the schedule is cancelled."""
    change(article, slug="harbour")
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    assert Address.objects.get(slug="harbour").article == article
    workflow.cancel_schedule(article=article, by=None)
    assert not Address.objects.filter(slug="harbour").exists()
    assert Address.objects.get(slug="ferry-late").article == live


def test_cancelling_keeps_the_address_that_the_live_version_has(live):
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    workflow.cancel_schedule(article=live, by=None)
    assert Address.objects.get(slug="ferry-late").article == live


def test_a_story_may_take_its_old_slug_back(live, clock, client):
    """Both addresses stay its own, and each leads to where the story is, in one hop."""
    for slug in ("ferry-cancelled", "ferry-late", "ferry-sunk"):
        clock.shift(HOUR)
        change(live, slug=slug)
        workflow.publish(article=live, by=None, kind="typo")
    for old in ("ferry-late", "ferry-cancelled"):
        response = client.get(f"/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/ferry-sunk/")
    assert client.get("/ferry-sunk/").status_code == 200


# --- Saves and revisions ----------------------------------------------------------------------------------


def test_every_save_keeps_a_revision(article, editor):
    """Words, byline and tags as the save left them, with its number and its author."""
    author = AuthorFactory()
    kept = workflow.save(article=article, by=editor, bylines=[(author, "photography")], tags=["tide", "ebb"])
    assert (kept.version, kept.made_by, kept.reason) == (2, editor, "saved")
    assert kept.snapshot["headline"] == "Ferry late"
    assert kept.snapshot["bylines"] == [{"author_id": author.pk, "role": "photography"}]
    assert kept.snapshot["tags"] == ["ebb", "tide"]
    article.refresh_from_db()
    assert (article.version, article.saved_by) == (2, editor)


def test_the_second_of_two_savers_is_refused(article):
    """Whoever read the older copy overwrites nothing."""
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    theirs.headline = "Theirs"
    workflow.save(article=theirs, by=None)
    mine.headline = "Mine"
    with pytest.raises(StaleCopy):
        workflow.save(article=mine, by=None, tags=["mine"])
    article.refresh_from_db()
    assert (article.headline, article.version, article.tags.count()) == ("Theirs", 2, 0)
    assert Revision.objects.count() == 1


def test_restoring_brings_everything_back_and_publishes_nothing(live):
    """As a new save, so that it can be taken back in turn."""
    author, image, culture = AuthorFactory(), ImageFactory(), SectionFactory(name="Culture", slug="culture")
    change(live, headline="Old words", section=culture, lead_image=image, read_more=[5, 3], kind="opinion")
    old = workflow.save(article=live, by=None, bylines=[(author, "text")], tags=["old"])
    change(live, headline="New words", section=SectionFactory(), lead_image=None, read_more=[], kind="news")
    workflow.save(article=live, by=None, bylines=[(AuthorFactory(), "")], tags=["new"])
    kept = workflow.restore(revision=old, by=None)
    live = Article.objects.get(pk=live.pk)
    assert (live.headline, live.section, live.lead_image) == ("Old words", culture, image)
    assert (live.read_more, live.kind, list(live.tags.names())) == ([5, 3], "opinion", ["old"])
    assert [(row.author, row.role) for row in live.bylines.all()] == [(author, "text")]
    assert (kept.reason, kept.version) == ("restored", live.version)
    assert shown(live) == "Ferry late"


def test_restoring_leaves_out_what_was_deleted(article):
    """A deleted author's byline and a deleted picture go; a deleted section stays as it is now."""
    stays, leaves, image = AuthorFactory(), AuthorFactory(), ImageFactory()
    culture = SectionFactory(name="Culture", slug="culture")
    change(article, section=culture, lead_image=image, headline="Old words")
    old = workflow.save(article=article, by=None, bylines=[(leaves, ""), (stays, "text")])
    news = SectionFactory()
    change(article, section=news, lead_image=None)
    workflow.save(article=article, by=None, bylines=[(stays, "")])
    leaves.delete()
    image.delete()
    culture.delete()
    workflow.restore(revision=old, by=None)
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.section, article.lead_image) == ("Old words", news, None)
    assert [(row.author, row.role) for row in article.bylines.all()] == [(stays, "text")]


@pytest.mark.parametrize("make", [ArticleFactory, published], ids=["desk", "public"])
def test_restoring_keeps_todays_slug_when_the_old_one_is_anothers(article, make):
    """Another story may have taken it on the desk or in public."""
    old = workflow.save(article=article, by=None)
    change(article, slug="ferry-cancelled")
    other = make(slug="ferry")
    if make is published:  # its address stays with it after it took another
        change(other, slug="ferry-moved")
    workflow.restore(revision=old, by=None)
    article.refresh_from_db()
    assert article.slug == "ferry-cancelled"


def test_an_old_revision_knows_no_younger_fields(article):
    """A field that came later keeps today's value."""
    old = workflow.save(article=article, by=None)
    del old.snapshot["standfirst"]
    change(article, standfirst="Written today")
    workflow.restore(revision=old, by=None)
    article.refresh_from_db()
    assert article.standfirst == "Written today"


def test_a_picture_in_a_text_is_protected_as_long_as_it_is_shown(article):
    """On the desk and in public; a picture that no text holds can go."""
    image, spare = ImageFactory(), ImageFactory()
    change(article, body=f"<p>Tide.</p>{figure(image)}{figure(image)}{figure(spare)}")
    assert article.pictures.count() == 2
    change(article, body=f"<p>Tide.</p>{figure(image)}")
    assert [row.image for row in article.pictures.all()] == [image]
    spare.delete()
