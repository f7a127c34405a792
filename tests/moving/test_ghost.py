"""What a Ghost export holds is in the newsroom after the import, field by field."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, OldAddress, PublishedVersion, Section
from authors.models import Author
from images.models import Image
from tests.moving.comparing import bring, compare, everything, write_pictures
from tests.moving.generators import ghost

pytestmark = pytest.mark.django_db

#: Every construct once, in both forms.
ALL = [
    ("lexical", "published", False, range(12)),
    ("mobiledoc", "published", False, range(12)),
    ("lexical", "published", True, range(12, 40)),
    ("mobiledoc", "draft", False, range(12, 40)),
    ("mobiledoc", "scheduled", False, [1]),
]


def written(draws, tmp_path):
    data, truth = ghost.export(draws)
    file = tmp_path / "export.json"
    file.write_text(json.dumps(data))
    write_pictures(truth, tmp_path / "media/content/images/2015/03")
    return file, truth


def bring_ghost(file, tmp_path, **options):
    return bring(
        "import_ghost", file, tmp_path, media=str(tmp_path / "media"), site="https://old.example", **options
    )


def test_every_construct_arrives(tmp_path, client):
    file, truth = written(ALL, tmp_path)
    report = bring_ghost(file, tmp_path)
    compare(truth)
    assert Author.objects.get(slug="ines").portrait.alt_text == "Portrait of Ines Calder"
    for line in ("part of the e-mail alone", "card “no-such-card”", "script", "members", "internal tags"):
        assert line in report
    assert client.get("/story-0/").status_code == 200
    assert client.get("/story-3/").status_code == 404
    # The second time there is nothing to do, whatever was a link first and a card later.
    before = everything()
    again = bring_ghost(file, tmp_path)
    assert " unchanged" in again
    assert " written" not in again
    assert everything() == before


drawn = st.lists(
    st.tuples(
        st.sampled_from(["lexical", "mobiledoc"]),
        st.sampled_from(["published", "draft", "scheduled"]),
        st.booleans(),
        st.lists(st.integers(0, 40), max_size=6),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(draws=drawn)
def test_any_mixture_arrives(draws, tmp_path):
    with transaction.atomic():
        file, truth = written(draws, tmp_path)
        bring_ghost(file, tmp_path)
        compare(truth)
        transaction.set_rollback(True)


def test_a_rehearsal_says_the_same_and_keeps_nothing(tmp_path):
    file, _truth = written(ALL, tmp_path)
    rehearsal = bring_ghost(file, tmp_path, dry_run=True)
    assert "rehearsal" in rehearsal
    for model in (Article, PublishedVersion, Image, Author, OldAddress, Section):
        assert not model.objects.exists()
    real = bring_ghost(file, tmp_path)
    assert rehearsal.splitlines()[1:] == real.splitlines()[1:]


def test_a_newer_export_changes_what_changed_and_no_word_of_the_desk(tmp_path):
    file, truth = written(ALL[:2], tmp_path)
    bring_ghost(file, tmp_path)
    edited = Article.objects.get(slug="story-1")
    edited.headline = "The desk's own"
    workflow.save(article=edited, by=None)
    data = json.loads(file.read_text())
    for post in data["db"][0]["data"]["posts"]:
        post["title"] = f"Newer {post['title']}"
    file.write_text(json.dumps(data))
    report = bring_ghost(file, tmp_path)
    assert "was edited here since" in report
    updated = Article.objects.get(slug="story-0")
    assert updated.headline == "Newer Story 0"
    assert Article.objects.get(slug="story-1").headline == "The desk's own"
    live = updated.versions.order_by("visible_from").last()
    assert (live.headline, live.kind_of_change) == ("Newer Story 0", "update")
    assert live.first_published_at == truth.stories["story-0"].public_from


def test_what_not_everybody_could_read_stays_a_draft(tmp_path):
    file, _truth = written([("lexical", "published", False, [])] * 3, tmp_path)
    data = json.loads(file.read_text())
    posts = data["db"][0]["data"]["posts"]
    posts[0]["visibility"], posts[1]["status"] = "paid", "sent"
    file.write_text(json.dumps(data))
    report = bring_ghost(file, tmp_path)
    assert list(PublishedVersion.objects.values_list("slug", flat=True)) == ["story-2"]
    assert "was for paid only" in report and "sent by e-mail" in report


def test_older_exports_are_read(tmp_path, client):
    """As Ghost 0.x and 1.x wrote them: numbers for ids and moments, one author in the post, no outer list."""
    old = {
        "posts": [
            {"id": 7, "title": "Old", "slug": "old", "markdown": "Hello *you*", "status": "published", "page": 0,
             "author_id": 1, "published_at": 1426078349156, "image": None},
            {"id": 8, "title": "New", "slug": "new", "html": "<p>Hi</p>", "mobiledoc": "{broken", "status": "published",
             "author_id": 1, "published_at": "2017-05-01 10:00:00"},
        ],
        "users": [{"id": 1, "name": "Bo", "slug": "bo"}], "tags": [], "posts_tags": [],
        "settings": [{"key": "permalinks", "value": "/:year/:month/:day/:slug/"}],
    }  # fmt: skip
    file = tmp_path / "old.json"
    file.write_text(json.dumps({"meta": {}, "data": old}))
    report = bring("import_ghost", file, tmp_path)
    assert Article.objects.get(slug="old").body == "<p>Hello <em>you</em></p>"
    assert "its text in mobiledoc cannot be read" in report
    assert Article.objects.get(slug="new").bylines.get().author.slug == "bo"
    assert client.get("/2015/03/11/old/")["Location"] == "/old/"
