"""The story form, as an editor's browser sees it."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.history import differences
from articles.models import Article, PublishedVersion, Revision
from articles.models.revision import snapshot
from log.models import Entry
from tests.articles.desk_forms import admin, errors_of, filled
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

ADD = admin("add")


# --- A new story ------------------------------------------------------------------------------------------


def new_story(desk, **changes):
    SectionFactory()
    author = AuthorFactory()
    words = {"headline": "Ferry sails again", "body": "<p>It sails.</p>", "bylines-0-author": author.pk}
    return filled(desk, ADD, **{**words, "_continue": "", **changes})


def test_a_new_story_is_saved_and_nothing_is_public(desk, editor):
    """The desk copy with its byline and tags, one revision of all of it, a slug from the headline."""
    response = desk.post(ADD, new_story(desk, tags='Ferry, "Harbour, new", Tidewick Council'))
    story = Article.objects.get()
    assert response["Location"] == admin("change", story.pk)
    assert (story.slug, story.version, story.saved_by) == ("ferry-sails-again", 1, editor)
    assert sorted(story.tags.names()) == ["Ferry", "Harbour, new", "Tidewick Council"]
    assert story.bylines.count() == 1
    revision = story.revisions.get()
    assert revision.snapshot["tags"] == sorted(story.tags.names())
    assert revision.snapshot["bylines"] == [{"author_id": story.bylines.get().author_id, "role": ""}]
    assert (revision.version, revision.made_by) == (1, editor)
    assert not PublishedVersion.objects.exists()
    assert desk.get("/ferry-sails-again/").status_code == 404


def test_a_draft_may_wait_for_its_byline_and_its_text(desk):
    """A headline is all a draft needs."""
    desk.post(ADD, new_story(desk, body="", **{"bylines-0-author": ""}))
    assert Article.objects.get().bylines.count() == 0


def test_the_form_begins_in_the_news_feed_with_the_writer(desk, editor):
    """Who has a profile stands in the byline of a story that they begin."""
    section, author = SectionFactory(), AuthorFactory(user=editor)
    data = filled(desk, ADD)
    assert (data["section"], data["bylines-0-author"]) == (str(section.pk), str(author.pk))


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Згурський та Юрій їдуть у Київ", "zghurskyi-ta-yurii-yidut-u-kyiv"),
        ("Café “Zürich” & 50 % more", "cafe-zurich-50-more"),
        ("!?", "story"),
        ("Admin", "admin-2"),
    ],
)
def test_the_slug_is_made_from_the_headline(headline, slug, desk):
    """Any script, and never an address of the site itself."""
    desk.post(ADD, new_story(desk, headline=headline))
    assert Article.objects.get().slug == slug


def test_two_stories_with_one_headline_have_two_slugs(desk):
    """The second gets a number."""
    ArticleFactory(headline="Ferry sails again")
    desk.post(ADD, new_story(desk))
    assert Article.objects.filter(slug="ferry-sails-again-2").exists()


BIG = "<p>" + "a" * 1_000_000 + "</p>"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"headline": ""}, "headline", "This field is required"),
        ({"headline": "x" * 501}, "headline", "at most"),
        ({"slug": "taken"}, "slug", "has this slug already"),
        ({"slug": "published-before"}, "slug", "it stays there"),
        ({"slug": "admin"}, "slug", "an address of the site itself"),
        ({"slug": "no spaces"}, "slug", "valid"),
        ({"embargo_0": "31/02/2031", "embargo_1": "10:00"}, "embargo", "valid date"),
        ({"embargo_0": "01/02/2031", "embargo_1": ""}, "embargo", "Enter both"),
        ({"body": BIG}, "body", "too long"),
        ({"body": "<blockquote>" * 200 + "x"}, "body", "nested 200 deep"),
        ({"read_more": "12, seven"}, "read_more", "separated by commas"),
        ({"read_more": "99999"}, "read_more", "no story with the number 99999"),
        ({"read_more": "9" * 50}, "read_more", "separated by commas"),
        ({"section": "99999"}, "section", "valid choice"),
        ({"section": ""}, "section", "required"),
        ({"kind": "poem"}, "kind", "valid choice"),
        ({"lead_image": "99999"}, "lead_image", "valid choice"),
        ({"lead_image": "x"}, "lead_image", "valid choice"),
        ({"assignee": "99999"}, "assignee", "valid choice"),
        ({"tags": "x" * 101}, "tags", "100"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else None,
)
def test_what_is_wrong_is_said_at_its_field_and_costs_no_word(wrong, field, sentence, desk):
    """A sentence next to the field, every typed word still in the form, nothing stored."""
    ArticleFactory(slug="taken")
    old = published(slug="published-before")
    Article.objects.filter(pk=old.pk).update(slug="moved-on")
    before = Article.objects.count()
    response = desk.post(
        ADD, new_story(desk, **{"standfirst": "Words that took an hour.", "seo_title": "Kept", **wrong})
    )
    errors, _byline = errors_of(response)
    assert sentence in " ".join(errors[field])
    assert Article.objects.count() == before
    html = response.content.decode()
    assert "Words that took an hour." in html
    assert 'value="Kept"' in html
    for name, value in wrong.items():
        if value and name not in ("section", "kind", "lead_image", "assignee"):
            assert response.context["adminform"].form.data[name] == value


def test_an_author_twice_is_said_in_a_sentence(desk):
    """The second row of the same author is refused, and the form keeps both."""
    author = AuthorFactory()
    rows = {"bylines-TOTAL_FORMS": "2", "bylines-0-author": author.pk, "bylines-1-author": author.pk}
    response = desk.post(ADD, new_story(desk, **rows, **{"bylines-1-role": "pictures"}))
    _errors, byline = errors_of(response)
    assert "This author is in the byline already." in " ".join(byline)
    assert "pictures" in response.content.decode()
    assert not Article.objects.exists()


def test_scripts_in_the_body_are_not_stored(desk):
    """Words stay; code, handlers, styles and unknown frames go."""
    body = (
        '<p onclick="x()" style="color:red">It <b>sails</b>.<script>alert(1)</script></p>'
        '<iframe src="https://evil.example/"></iframe><img src=x onerror=alert(1)>'
        '<a href="javascript:alert(1)">here</a>'
    )
    desk.post(ADD, new_story(desk, body=body))
    stored = Article.objects.get().body
    assert "<p>It <strong>sails</strong>.</p>" in stored
    for bad in ("script", "onclick", "style", "iframe", "onerror", "img"):
        assert bad not in stored


# --- Changing a story -------------------------------------------------------------------------------------


def change(desk, story, **changes):
    address = admin("change", story.pk)
    return desk.post(address, filled(desk, address, **{"_continue": "", **changes}))


def test_a_change_counts_and_keeps_a_revision_and_readers_keep_theirs(desk):
    """One save, one version, one revision; the page of the live story is the same."""
    story = published(headline="Before")
    assert change(desk, story, headline="After").status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.version) == ("After", 2)
    assert story.revisions.get().snapshot["headline"] == "After"
    assert PublishedVersion.objects.get().headline == "Before"
    assert "Before" in desk.get(f"/{story.slug}/").content.decode()


def test_saving_without_a_change_keeps_no_revision(desk):
    """Pictures, tags with commas, an embargo and an order of two authors come back as they were sent."""
    story = published(
        tags=["Skerry Holm", "Harbour, new"],
        authors=[AuthorFactory(), AuthorFactory()],
        read_more=[published().pk],
        embargo=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
        body="<p>One.</p>\n<p>Two &amp; three.</p>",
    )
    assert change(desk, story).status_code == 302
    story.refresh_from_db()
    assert story.version == 1
    assert not story.revisions.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"tags": "Other"},
        {"bylines-0-role": "pictures"},
        {"embargo_0": "01/02/2031", "embargo_1": "10:00"},
    ],
    ids=str,
)
def test_each_kind_of_change_is_a_save(changes, desk):
    """Tags and bylines count as much as words do."""
    story = ArticleFactory()
    change(desk, story, **changes)
    story.refresh_from_db()
    assert story.version == 2
    assert story.revisions.count() == 1


def test_a_save_over_a_newer_copy_is_refused_and_kept(desk, editor, person):
    """Theirs stays, mine is a revision and still in the form, and a second press is a decision."""
    story = ArticleFactory(headline="Before", tags=["One"])
    address = admin("change", story.pk)
    mine = filled(desk, address, headline="Mine", tags="Two", _continue="")
    story.headline = "Theirs"
    workflow.save(article=story, by=person(first_name="Mara", last_name="Venn"))

    response = desk.post(address, mine)
    errors, _byline = errors_of(response)
    assert "Mara Venn saved this story" in errors["__all__"][0]
    story.refresh_from_db()
    assert story.headline == "Theirs"
    refused = story.revisions.get(reason=Revision.Reason.REFUSED)
    assert (refused.snapshot["headline"], refused.snapshot["tags"], refused.made_by) == (
        "Mine",
        ["Two"],
        editor,
    )
    html = response.content.decode()
    assert 'value="Mine"' in html
    assert f'name="opened_version" value="{story.version}"' in html

    assert desk.post(address, mine | {"opened_version": story.version}).status_code == 302
    story.refresh_from_db()
    assert story.headline == "Mine"


def test_the_revision_of_a_save_has_the_byline_of_that_save(desk):
    """The rows are written after the story was fetched; the history holds what was written."""
    first, second = AuthorFactory(), AuthorFactory()
    story = ArticleFactory(authors=[first])
    form = filled(desk, admin("change", story.pk), _continue="")
    new = {"bylines-1-author": second.pk, "bylines-1-role": "photography", "bylines-1-position": 1}
    desk.post(admin("change", story.pk), form | new | {"bylines-TOTAL_FORMS": 2})
    assert story.revisions.get().snapshot["bylines"] == [
        {"author_id": first.pk, "role": ""},
        {"author_id": second.pk, "role": "photography"},
    ]


@pytest.mark.parametrize("version", ["", "abc", "-1", "0", "9" * 30])
def test_a_form_that_does_not_know_its_version_is_refused(version, desk):
    """A script that leaves the hidden field out cannot write over anybody's words."""
    story = ArticleFactory(headline="Before")
    response = change(desk, story, headline="After", opened_version=version)
    assert response.status_code == 200
    story.refresh_from_db()
    assert story.headline == "Before"


@pytest.mark.parametrize(("button", "page"), [("_publish", "publish"), ("_schedule", "schedule")])
def test_publish_and_schedule_save_first_and_ask_then(button, page, desk):
    """The words are stored, the question is on a page of its own, nothing is public yet."""
    story = ArticleFactory()
    response = change(desk, story, headline="After", **{button: ""})
    assert response["Location"] == f"{admin(page, story.pk)}?seen=2"
    story.refresh_from_db()
    assert story.headline == "After"
    assert not PublishedVersion.objects.exists()


def test_a_new_story_can_go_to_its_publish_page_at_once(desk):
    """Publish… on the form of a story that was never saved."""
    response = desk.post(ADD, new_story(desk, _publish=""))
    assert response["Location"] == f"{admin('publish', Article.objects.get().pk)}?seen=1"


def test_a_reporters_publish_button_only_saves(client, person):
    """A hand-made request with the button's name leads nowhere else."""
    reporter = person("Reporter")
    client.force_login(reporter)
    story = ArticleFactory(assignee=reporter)
    response = change(client, story, headline="After", _publish="")
    assert response["Location"] == admin("change", story.pk)
    assert "_publish" not in client.get(admin("change", story.pk)).content.decode()


def test_opening_a_form_waits_for_no_save(desk):
    """It begins no transaction, which on SQLite would wait for every writer and hold up every other."""
    form = admin("change", ArticleFactory().pk)
    desk.get(form)  # the session notes the first visit
    with CaptureQueriesContext(connection) as captured:
        desk.get(form)
    begun = [query["sql"] for query in captured if query["sql"].startswith("SAVEPOINT")]
    assert begun == []


def test_a_story_that_was_public_cannot_be_deleted(desk):
    """Its address and its history belong to the record; a draft may go, alone or among others, and the log says so."""
    live, *drafts = published(), ArticleFactory(headline="One"), ArticleFactory(headline="Two")
    for story in (live, drafts[0]):
        desk.post(admin("delete", story.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [live.pk, drafts[1].pk], "post": "yes"}
    desk.post(admin("changelist"), chosen)
    assert set(Article.objects.all()) == {live, drafts[1]}
    desk.post(admin("changelist"), chosen | {"_selected_action": [drafts[1].pk]})
    assert list(Article.objects.all()) == [live]
    rows = Entry.objects.filter(kind="story.deleted").order_by("pk")
    assert [row.subject_text for row in rows] == ["One", "Two"]


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 18, "9" * 40, "9" * 5000, "x", "_00", "1_2F2", "٣"])
def test_odd_ids_get_an_answer(pk, desk):
    """A redirect or a 404; never an error page."""
    for method in (desk.get, desk.post):
        for page in ("change", "delete", "history"):
            assert method(f"/admin/articles/article/{pk}/{page}/").status_code in (302, 404)


def test_a_section_gets_its_stand_in_from_the_library(desk):
    """Chosen with the picture picker, whose modules the strict policy lets in; kept, and taken out again."""
    section, picture = SectionFactory(), ImageFactory()
    address = reverse("admin:articles_section_change", args=[section.pk])
    page = desk.get(address)
    assert "data-picture-input" in page.content.decode()
    assert "nonce-" in page["Content-Security-Policy"]
    fields = {"name": section.name, "description": "", "in_news_feed": "on", "position": "0"}
    for stand_in in (picture, None):
        desk.post(address, {**fields, "stand_in": stand_in.pk if stand_in else ""})
        section.refresh_from_db()
        assert section.stand_in == stand_in


def test_a_lead_picture_is_called_decorative_on_the_form(desk, editor):
    """The choice is saved, shows in the history as yes and no, and reaches readers."""
    article = ArticleFactory(lead_image=ImageFactory(alt_text="Two boats"))
    address = admin("change", article.pk)
    desk.post(address, filled(desk, address, lead_decorative="on"))
    article.refresh_from_db()
    assert article.lead_decorative
    before = {**snapshot(article), "lead_decorative": "False"}
    [changed] = differences(before, snapshot(article)).fields
    assert (changed.label, changed.before, changed.after) == ("Decorative here", "no", "yes")
    workflow.publish(article=article, by=editor)
    page = desk.get(article.get_absolute_url()).content.decode()
    assert re.search(r'<figure class="figure figure--lead".*?alt=""', page, re.DOTALL)
