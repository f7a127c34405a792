"""A story that arrives in a lot is the same as one that the workflow saved and published."""

from datetime import UTC, datetime

import pytest
from django.forms.models import model_to_dict

from articles import search, workflow
from articles.arrivals import Arrival, settle
from articles.models import Address, Article, Tag
from articles.models import search as desk_search
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, figure, published, related_card

pytestmark = pytest.mark.django_db

AT = datetime(2014, 5, 4, 12, 0, tzinfo=UTC)
OWN = {"id", "article", "article_id", "version", "slug", "made_at", "content_object_id"}


def rows(manager):
    found = []
    for row in manager.all():
        values = {name: value for name, value in vars(row).items() if not name.startswith("_")}
        found.append(
            {name: value for name, value in values.items() if name not in OWN and name != "version_id"}
        )
    return sorted(found, key=str)


def test_both_ways_write_the_same():
    authors, image, other = [AuthorFactory(), AuthorFactory()], ImageFactory(), published()
    tags = [Tag.objects.create(name=name, slug=name.lower()) for name in ("Rain", "Ferry")]
    words = {
        "headline": "Boats stay in port", "standfirst": "Wind.", "section": SectionFactory(), "lead_image": image,
        "body": f"<p>It blew.</p>{figure(image)}{related_card(other)}", "state": Article.State.READY,
    }  # fmt: skip
    by_hand = Article(slug="by-hand", **words)
    workflow.save(article=by_hand, by=None, bylines=[(one, "") for one in authors], tags=["Ferry", "Rain"])
    workflow.publish_past(article=by_hand, at=AT)
    in_lot = Article(slug="in-a-lot", **words)
    settle([Arrival(in_lot, [(one, "") for one in authors], tags, AT)])
    for name in ("bylines", "pictures"):
        assert rows(getattr(in_lot, name)) == rows(getattr(by_hand, name))
    assert in_lot.revisions.get().snapshot == by_hand.revisions.get().snapshot | {"slug": "in-a-lot"}
    one, two = in_lot.versions.get(), by_hand.versions.get()
    left_out = ["id", "article", "slug"]
    assert model_to_dict(one, exclude=left_out) == model_to_dict(two, exclude=left_out)
    assert one.word_count == two.word_count and one.excerpt == two.excerpt
    for name in ("bylines", "pictures", "cards", "version_tags"):
        assert len(rows(getattr(two, name))) > 0
        for a, b in zip(rows(getattr(one, name)), rows(getattr(two, name)), strict=True):
            a.pop("id", None), b.pop("id", None)
            assert a == b
    assert Address.objects.get(slug="in-a-lot").article == in_lot
    assert set(desk_search.matching(Article.objects, "blew")) == {by_hand, in_lot}
    found = search.results(search.question_of({"q": "blew"}, []), datetime.now(UTC))
    assert {story.slug for story in found.stories} == {"by-hand", "in-a-lot"}


def test_a_draft_and_one_that_waits():
    draft, later = (
        Article(slug=slug, headline=slug, section=SectionFactory()) for slug in ("draft", "later")
    )
    settle([Arrival(draft), Arrival(later, public_from=datetime(2090, 1, 1, tzinfo=UTC))])
    assert not draft.versions.exists()
    assert later.versions.get().visible_from.year == 2090
    assert not later.versions.live(datetime.now(UTC)).exists()
