"""The newsroom as JSON Lines: out and in again it is the same newsroom, and a bad file changes nothing."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, PublishedVersion, Section
from articles.search import Question, results
from images.models import Image
from moving.format.kinds import CARRIED, LEFT_OUT, VERSION
from moving.format.read import Refused, read
from tests.factories import ArticleFactory, SectionFactory, figure, published, related_card
from tests.images.pictures import make_picture
from tests.moving import paper

pytestmark = pytest.mark.django_db

LATER = paper.START + timedelta(days=30)
HEADING = {"format": "newsroom", "version": VERSION}


def test_every_model_is_carried_or_left_out_for_a_reason():
    """Whoever adds a model decides whether it moves along: a line in moving/format/kinds.py."""
    named = [*(kind.label for kind in CARRIED), *LEFT_OUT]
    layers = {"newsroom", "moving", "articles", "authors", "images", "pagecache", "log"}
    ours = {model._meta.label for model in apps.get_models() if model._meta.app_label in layers}
    assert sorted(named) == sorted(ours)
    assert all(LEFT_OUT.values())


def test_every_relation_leads_to_what_came_before_or_to_an_account():
    """Else a record would point at a number that means something else there."""
    for place, kind in enumerate(CARRIED):
        between = {many.remote_field.through._meta.label for many in kind.model._meta.many_to_many}
        assert between <= {kind.label for kind in CARRIED}
        for field in kind.fields.values():
            if field.is_relation:
                end = kind.leads_to(field)
                assert end in (None, kind) or CARRIED.index(end) < place, f"{kind.name}.{field.name}"


@pytest.fixture
def newsroom(person):
    """The small paper, with one real picture, the history of a save, and a story that waits for its moment."""
    with time_machine.travel(paper.START + timedelta(days=10)):
        stories = paper.fill(3)
        picture = make_picture(size=(300, 200))
        editor = person("Editor", username="ines")
        body = f"<p>Drawn.</p>{figure(picture)}{related_card(stories['quoted'])}"
        late = ArticleFactory(
            headline="Scheduled", slug="scheduled", body=body, read_more=[stories["main"].pk]
        )
        workflow.save(article=late, by=editor)
        workflow.schedule(article=late, at=LATER - timedelta(days=1), by=editor)
        yield stories


def public_pages():
    """{address: (status, bytes)} of everything a reader can ask for, at one moment."""
    slugs = PublishedVersion.objects.order_by("slug").values_list("slug", flat=True).distinct()
    addresses = [
        "/",
        "/rss/",
        "/feed.json",
        "/atom/",
        "/news-feed/",
        "/lite/",
        "/lite/news-feed/",
        "/corrections/",
        "/archive/",
    ]
    addresses += [
        "/sitemap.xml",
        "/sitemap-stories.xml",
        "/news-sitemap.xml",
        "/archive/2026/05/",
        "/2014/05/rain",
    ]
    addresses += [
        "/section/town/",
        "/section/opinion/rss/",
        "/tag/ferries/",
        "/author/ines-calder/",
        "/search/?q=cafe",
    ]
    addresses += [f"{lite}/{slug}/" for slug in slugs for lite in ("", "/lite")]
    with time_machine.travel(LATER, tick=False):
        answers = {address: Client().get(address) for address in addresses}
    return {address: (answer.status_code, answer.content) for address, answer in answers.items()}


def empty_the_newsroom():
    for kind in reversed(CARRIED):
        kind.model._base_manager.all()._raw_delete("default")
    for storage in (default_storage, storages["originals"]):
        for path in Path(storage.location).rglob("*"):
            if path.is_file():
                path.unlink()


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()][1:]


def test_out_and_into_an_empty_newsroom_every_public_page_is_the_same_bytes(newsroom, tmp_path, capsys):
    """And the next export is the same lines: nothing was lost, nothing was derived anew."""
    first, second, media = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "media"
    before = public_pages()
    assert before["/scheduled/"][0] == 200 and before["/gone/"][0] == 410
    call_command("export_newsroom", first, media=media)
    assert "pass" not in first.read_text() and "Not yet public" in first.read_text()
    empty_the_newsroom()
    assert not Article.objects.exists()

    call_command("import_articles", first, media=media)
    assert public_pages() == before
    with time_machine.travel(LATER, tick=False):
        found = results(Question(text="burned"), LATER).stories
    assert [story.slug for story in found] == ["cafe"]
    call_command("export_newsroom", second, media=tmp_path / "again")
    assert records(second) == records(first)
    assert {p.relative_to(media) for p in media.rglob("*")} == {
        p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*")
    }
    # New rows get new numbers, and the desk goes on.
    last = Article.objects.latest("pk").pk
    assert published(headline="The next day").pk > last
    assert Article.objects.get(slug="scheduled").revisions.latest("pk").made_by.username == "ines"


def test_into_a_newsroom_with_stories_comes_what_it_does_not_have_and_again_nothing(
    newsroom, tmp_path, capsys
):
    """Numbers follow in texts and lists; what the desk has edited since stays as the desk has it."""
    file, media = tmp_path / "a.jsonl", tmp_path / "media"
    call_command("export_newsroom", file, media=media)
    with zipfile.ZipFile(tmp_path / "media.zip", "w") as packed:
        for path in media.rglob("*.*"):
            packed.write(path, path.relative_to(media))
    empty_the_newsroom()
    section = SectionFactory(name="Town, as we call it", slug="town")
    for number in range(7):
        ArticleFactory(headline=f"Ours {number}", section=section)
    in_the_way = ArticleFactory(headline="Ours too", slug="ferry-1")

    call_command("import_articles", file, media=tmp_path / "media.zip")
    said = capsys.readouterr().out
    assert "/ferry-1/ belongs to another story here" in said
    assert Section.objects.get(slug="town").name == "Town, as we call it"
    scheduled = Article.objects.get(slug="scheduled")
    quoted, main = Article.objects.get(slug="cafe"), Article.objects.get(slug="rain")
    assert f'data-block="related-card" data-id="{quoted.pk}"' in scheduled.body
    assert scheduled.read_more == [main.pk]
    assert scheduled.revisions.latest("pk").snapshot["read_more"] == [main.pk]
    assert scheduled.versions.get().body == scheduled.body
    assert main.section.slug == "town" and main.corrections.count() == 1
    with time_machine.travel(LATER, tick=False):
        assert Client().get("/gone/").status_code == 410
        assert "related" in Client().get("/scheduled/").content.decode()

    quoted.headline = "As the desk has it now"
    workflow.save(article=quoted, by=None)
    counts = {kind.name: kind.model._base_manager.count() for kind in CARRIED}
    call_command("import_articles", file, media=media)
    assert {kind.name: kind.model._base_manager.count() for kind in CARRIED} == counts
    assert Article.objects.get(pk=quoted.pk).headline == "As the desk has it now"
    in_the_way.refresh_from_db()
    assert in_the_way.headline == "Ours too"


def test_a_newer_file_brings_what_went_on_there_and_no_word_over_the_desk(tmp_path, capsys):
    """As long as the desk here did nothing with the story: then it has the newer words, dates and publications."""

    def arrived():
        return {kind.name: list(kind.model._base_manager.order_by("pk").values()) for kind in CARRIED}

    def changed(slug, /, **words):
        article = Article.objects.get(slug=slug)
        for name, value in words.items():
            setattr(article, name, value)
        workflow.save(article=article, by=None, tags=["Newer"])
        workflow.publish(article=article, by=None, kind="correction", correction="It was Tuesday.")
        return article

    with time_machine.travel(paper.START, tick=True):
        for slug in ("still", "goes-on", "desk-too", "moved", "gone"):
            published(at=paper.START, slug=slug, tags=["Old"])
        first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
        call_command("export_newsroom", first)
        changed("goes-on", headline="Newer there")
        changed("desk-too", headline="Newer there")
        changed("moved", slug="moved-on")
        workflow.withdraw(article=Article.objects.get(slug="gone"), by=None, reason="It was another ferry.")
        call_command("export_newsroom", second)
    empty_the_newsroom()
    call_command("import_articles", first)
    number = Article.objects.get(slug="goes-on").pk
    with time_machine.travel(paper.START + timedelta(hours=1), tick=True):
        changed("desk-too", headline="The desk's own")
    capsys.readouterr()

    call_command("import_articles", second)
    said = capsys.readouterr().out
    assert (
        "3          1  story" in " ".join(said.split("\n"))
        and "/desk-too/ was changed both here and there" in said
    )
    went_on = Article.objects.get(slug="goes-on")
    assert (went_on.pk, went_on.headline, went_on.tags.get().name) == (number, "Newer there", "Newer")
    assert [one.headline for one in went_on.versions.order_by("visible_from")][1] == "Newer there"
    assert went_on.corrections.get().text == "It was Tuesday." and went_on.revisions.count() == 1
    assert Article.objects.get(slug="desk-too").headline == "The desk's own"
    with time_machine.travel(paper.START + timedelta(hours=2), tick=False):
        assert "Newer there" in Client().get("/goes-on/").content.decode()
        assert Client().get("/moved/")["Location"].endswith("/moved-on/")
        assert Client().get("/gone/").status_code == 410
    before = arrived()
    for file in (second, first):  # neither the same once more nor the older one
        call_command("import_articles", file)
        assert arrived() == before
    assert "refused" in capsys.readouterr().out


# --- Bad files ----------------------------------------------------------------------------------------------

PERSON = {"record": "author", "id": 1, "name": "A", "slug": "a"}
SECTION = {"record": "section", "id": 1, "name": "Town", "slug": "town"}
STORY = {"record": "story", "id": 1, "headline": "H", "slug": "h", "section": 1, "body": "", "version": 1}
STORY |= {"created_at": "2026-05-04T09:00:00+00:00", "saved_at": "2026-05-04T09:00:00+00:00"}
PICTURE = {
    "record": "picture",
    "id": 1,
    "original": "ab/cd.jpg",
    "sha256": "0" * 64,
    "format": "JPEG",
    "width": 1,
}
PICTURE |= {"height": 1, "bytes": 1, "uploaded_at": "2026-05-04T09:00:00+00:00"}


def file_of(*lines, heading=HEADING):
    lines = [heading, *lines] if heading else lines
    return io.BytesIO("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode())


@pytest.mark.parametrize(
    ("lines", "heading", "sentence"),
    [
        ([], None, "is empty"),
        ([], {"format": "something"}, "no export of a newsroom"),
        ([], {"format": "newsroom", "version": 99}, "has version 99"),
        (["not json"], HEADING, "Line 2 is no JSON"),
        (["[" * 200_000], HEADING, "Line 2 is no JSON"),
        (["[1]"], HEADING, "Line 2 is no record"),
        (['{"record": "story", "version": NaN}'], HEADING, "NaN is no number"),
        ([{"record": "account", "id": 1, "password": "x"}], HEADING, "no such kind"),
        ([{"record": "author", "id": 1, "is_superuser": True}], HEADING, "has no “is_superuser”"),
        ([SECTION | {"id": "1"}], HEADING, "“id” is no number"),
        ([SECTION | {"id": 10**30}], HEADING, "“id” is no number"),
        ([SECTION | {"position": 10**30}], HEADING, "Line 2: "),
        ([SECTION | {"name": 5}], HEADING, "“name” is no text"),
        ([SECTION | {"name": None}], HEADING, "“name” is no text"),
        ([SECTION | {"name": "x" * 61}], HEADING, "Line 2: "),
        ([SECTION | {"slug": "no slug"}], HEADING, "Line 2: "),
        ([SECTION, SECTION], HEADING, "Line 3: "),
        ([SECTION | {"stand_in": 7}], HEADING, "belongs to a picture"),
        ([SECTION | {"stand_in": [7]}], HEADING, "belongs to a picture"),
        ([SECTION, STORY | {"body": "<div>" * 200}], HEADING, "Line 3: "),
        ([SECTION, STORY | {"slug": "admin"}], HEADING, "Line 3: "),
        ([SECTION, STORY | {"kind": "sermon"}], HEADING, "cannot be “sermon”"),
        ([SECTION, STORY | {"created_at": "0000-00-00"}], HEADING, "Line 3: "),
        ([PICTURE], HEADING, "is missing among the files"),
        ([PICTURE | {"original": "../../etc/passwd"}], HEADING, "no name of a picture’s file"),
        ([PICTURE | {"original": "/etc/passwd"}], HEADING, "no name of a picture’s file"),
        ([PERSON | {"record": "author-link"}], HEADING, "has no"),
        ([{"record": "old-address", "path": "/x", "leads_to": "//evil.example"}], HEADING, "Line 2: "),
    ],
)
def test_a_bad_file_changes_nothing_and_says_the_line(lines, heading, sentence, tmp_path):
    with pytest.raises(Refused) as refused:
        read(file_of(*lines, heading=heading), tmp_path)
    assert sentence.replace("’", "'") in str(refused.value).replace("’", "'")
    assert not Section.objects.exists() and not Article.objects.exists() and not Image.objects.exists()
    read(file_of(SECTION))
    assert Section.objects.get().slug == "town"


def test_texts_are_cleaned_whoever_wrote_them():
    """A story from elsewhere is no way to bring a script onto the pages."""
    hostile = '<p onclick="x()">Hi<script>alert(1)</script></p><a href="javascript:x()">y</a>'
    read(file_of(SECTION, STORY | {"body": hostile}))
    body = Article.objects.get().body
    assert "Hi" in body and not any(word in body for word in ("script", "onclick", "javascript"))


def test_a_file_that_is_not_what_its_record_says_is_refused(newsroom, tmp_path):
    """Of originals the hash stands in the record, of renditions in the name."""
    file, media = tmp_path / "a.jsonl", tmp_path / "media"
    call_command("export_newsroom", file, media=media)
    empty_the_newsroom()
    call_command("import_articles", file, media=media, dry_run=True)
    for kept in ("originals", "renditions"):
        path = next(path for path in sorted((media / kept).rglob("*")) if path.is_file())
        content = path.read_bytes()
        path.write_bytes(content[:-1] + b"?")
        with pytest.raises(CommandError, match="is another file than its record says. Nothing was changed"):
            call_command("import_articles", file, media=media)
        path.write_bytes(content)
    assert not Image.objects.exists()
    assert not [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([PERSON, SECTION, STORY, PICTURE]),
    st.dictionaries(
        st.sampled_from(
            ["id", "slug", "name", "headline", "body", "section", "version", "record", "read_more", "x"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
            ),
            max_leaves=4,
        ),
        max_size=4,
    ),
)
def test_whatever_stands_in_a_line_it_comes_in_or_is_refused(db, sound, strange):
    """Nothing but a Refused ever leaves the reader."""
    try:
        read(file_of(SECTION, {**sound, "id": 2, **strange}), dry_run=True)
    except Refused as refused:
        assert str(refused)
    assert not Section.objects.exists()
