"""What is looked at before a story is published, and what a warning asks for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse
from django.utils import timezone

from articles import checks, links, workflow
from articles.models import Article
from articles.moments import hour
from images.models import Image, Recording
from log.models import Entry
from tests.factories import (
    ArticleFactory,
    ImageFactory,
    figure,
    gallery,
    published,
    related_card,
    side_by_side,
)

pytestmark = pytest.mark.django_db

FINE = {"standfirst": "The harbour is closed until Friday.", "tags": ["Harbour"]}


def found(article, at=None):
    """{name of the check: (level, field, sentence)} of everything that the checks find."""
    findings = checks.report(article, at or timezone.now())
    return {one.name: (one.level, one.where, str(one.message)) for one in findings}


def fine(**fields):
    return ArticleFactory(**{**FINE, **fields})


def image(**fields):
    return ImageFactory(**fields)


def linked(address, words="here"):
    return fine(body=f'<p>Read <a href="{address}">{words}</a>.</p>')


def with_lead(**fields):
    return fine(lead_image=image(**fields))


def with_a_picture_that_was_used():
    """A story with a picture for one story only, which another one has."""
    picture = image(restriction=Image.Restriction.SINGLE_USE)
    published(headline="The first", lead_image=picture)
    return fine(lead_image=picture)


def with_recording(**words):
    kept = {"title": "The foghorn", "credit": "Mo Example", "is_film": False, "seconds": 5, "bytes": 9}
    pk = Recording.objects.create(sha256="0" * 64, **{**kept, **words}).pk
    return fine(body=f'<p>Text</p><div data-block="recording" data-id="{pk}"></div>')


QUESTION = '<section data-block="questions"><p data-part="question">Why?</p></section>'

#: name of the check -> (its level, how to make a story it complains about, the field it points at).
CASES = {
    "headline": ("block", lambda: fine(headline=" ", slug="nameless"), "headline"),
    "body": ("block", lambda: fine(body=""), "body"),
    "byline": ("block", lambda: fine(authors=[]), "bylines"),
    "embargo": ("block", lambda: fine(embargo=timezone.now() + timedelta(hours=1)), "embargo"),
    "picture-files": ("block", lambda: with_lead(failure="storage", sources={}), "lead_image"),
    "alt": ("block", lambda: with_lead(alt_text=""), "lead_alt"),
    "alt-file-name": ("block", lambda: with_lead(alt_text="IMG_0042.jpg"), "lead_alt"),
    "credit": ("block", lambda: with_lead(credit=""), "lead_credit"),
    "rights": ("block", lambda: with_lead(not_after=timezone.now() - timedelta(1)), "lead_image"),
    "single-use": ("block", lambda: with_a_picture_that_was_used(), "lead_image"),
    "rights-end": ("warn", lambda: with_lead(not_after=timezone.now() + timedelta(1)), "lead_image"),
    "recording": ("block", lambda: with_recording(transcript="Hoo.", not_after=timezone.now()), "body"),
    "transcript": ("warn", lambda: with_recording(), "body"),
    "malformed-link": ("block", lambda: linked("https://"), "body"),
    "dead-link": ("warn", lambda: linked("/no-such-story/"), "body"),
    "alt-repeats": ("block", lambda: with_lead(alt_text="The harbour."), "lead_alt"),
    "caption": ("warn", lambda: with_lead(caption=""), "lead_caption"),
    "headline-length": ("warn", lambda: fine(headline="A" * 91), "headline"),
    "standfirst": ("warn", lambda: fine(standfirst=""), "standfirst"),
    "tags": ("warn", lambda: fine(tags=[]), "tags"),
    "blocks": ("warn", lambda: fine(body=f"<p>Text</p>{QUESTION}"), "body"),
    "headings": ("warn", lambda: fine(body="<h3>Small</h3><p>Text</p>"), "body"),
    "notes": ("warn", lambda: fine(body="<p>Boats [how many?] stayed.</p>"), "body"),
    "language": ("warn", lambda: fine(translation_of=ArticleFactory()), "language"),
}


def test_every_check_has_a_case():
    """A new check is tried here, or named below with why it cannot be met by a saved story."""
    # A story cannot be saved without a section, nor a picture in use be deleted; both are tried further down.
    assert set(CASES) == set(checks.CHECKS) - {"section", "picture"}


@pytest.mark.parametrize("name", CASES)
def test_each_check_finds_its_case_and_points_at_the_field(name):
    """One fault, one finding: its usual level, and the field of the form where it is mended."""
    level, make, where = CASES[name]
    findings = found(make())
    assert list(findings) == [name]
    assert findings[name][:2] == (level, where)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("level", checks.LEVELS)
def test_each_check_has_each_level(settings, name, level):
    """block refuses to publish, warn and off do not; off says nothing at all."""
    settings.CHECK_LEVELS = {name: level}
    article = CASES[name][1]()
    assert [found[0] for found in found(article).values()] == ([] if level == "off" else [level])
    errors = [error.code for error in checks.before_publishing(article, timezone.now())]
    assert errors == ([name] if level == "block" else [])


def test_a_complete_story_is_not_complained_about():
    """Nothing is found where nothing is wrong, in a story that has everything."""
    other = published()
    picture = image()
    article = fine(
        lead_image=picture,
        embargo=timezone.now() - timedelta(hours=1),
        body=(
            f'<h2>Large</h2><h3>Small</h3><p>“He [sic] knew […]”, <a href="/{other.slug}/">we wrote</a>, '
            '<a href="https://example.org/a?b=c#d">they wrote</a>, <a href="mailto:desk@example.org">write</a>, '
            f'<a href="tel:+351210000000">call</a>.</p>{figure(picture)}{related_card(other)}'
        ),
    )
    assert found(article) == {}


def test_a_story_without_a_section_is_refused():
    """The form's unsaved words may have none yet."""
    article = fine()
    article.section_id = None
    assert found(article)["section"][0] == "block"


def test_a_picture_that_is_gone_is_named_by_its_place():
    """A body may name a picture that the library never had."""
    article = fine(body='<p>Text</p><figure data-block="figure" data-id="4711"></figure>')
    assert found(article)["picture"] == (
        "block",
        "body",
        "Picture 1 in the text: the picture is no longer in the library. Remove it.",
    )


def test_words_of_one_use_count_before_the_librarys():
    """A figure's own words mend what the library lacks."""
    bare = image(alt_text="", caption="", credit="")
    article = fine(body=f"<p>Text</p>{figure(bare, alt='Boats', caption='Boats, Monday', credit='Anna')}")
    assert found(article) == {}
    article = fine(body=f"<p>Text</p>{figure(bare)}")
    assert list(found(article)) == ["alt", "credit", "caption"]


def test_rights_are_asked_for_the_moment_of_publication():
    """A picture that is free tomorrow can be scheduled for tomorrow."""
    now = timezone.now()
    article = with_lead(not_before=now + timedelta(hours=20))
    assert "rights" in found(article, now)
    assert "rights" not in found(article, now + timedelta(days=1))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"restriction": "do-not-use", "restriction_reason": "Faked. Ask Nilo."},
            "The lead picture may not be published then. It is marked “Do not use”: Faked. Ask Nilo. "
            "Choose another picture.",
        ),
        ({"restriction": "do-not-use"}, "It is marked “Do not use”: no reason was given."),
        ({"not_after": datetime(2026, 5, 4, 12, 0, tzinfo=UTC)}, "Its rights ended on 4 May 2026, 12:00."),
        ({"not_before": datetime(2126, 5, 4, 12, 0, tzinfo=UTC)}, "Its rights begin on 4 May 2126, 12:00."),
    ],
)
def test_the_desk_is_told_why_a_picture_may_not_be_published(fields, sentence):
    """With the reason that a colleague wrote down, or the moment."""
    assert sentence in found(with_lead(**fields))["rights"][2]


def test_a_picture_for_one_story_is_used_up_by_its_schedule_and_its_past():
    """Live, scheduled or long gone: it was given away. The story that has it may be published again."""
    first = fine(headline="The first", lead_image=image(restriction=Image.Restriction.SINGLE_USE))
    second = fine(body=f"<p>Text</p>{figure(first.lead_image)}")
    assert found(second) == {}
    workflow.schedule(article=first, at=timezone.now() + timedelta(1), by=None)
    assert "“The first” has it" in found(second)["single-use"][2]
    assert found(first) == {}
    workflow.cancel_schedule(article=first, by=None)
    assert found(second) == {}
    workflow.publish(article=first, by=None)
    workflow.withdraw(article=first, reason="It was wrong.", by=None)
    assert "single-use" in found(second)
    with pytest.raises(workflow.Refusal, match="may be used once"):
        workflow.publish(article=second, by=None)


def test_rights_that_outlast_the_story_are_no_worry():
    """The desk has said when the story leaves; only what ends before that is pointed out, with its date."""
    end = datetime(2126, 5, 4, 12, 0, tzinfo=UTC)
    article = with_lead(not_after=end)
    assert "may be shown until 4 May 2126, 12:00" in found(article)["rights-end"][2]
    workflow.publish(article=article, by=None)
    workflow.expire(article=article, at=end, by=None)
    assert found(article) == {}
    workflow.expire(article=article, at=end + timedelta(seconds=1), by=None)
    assert list(found(article)) == ["rights-end"]


def test_a_decorative_picture_is_not_asked_what_is_seen():
    """It keeps its caption and credit; its alternative text is empty on purpose."""
    bare = image(alt_text="", caption="", credit="Anna")
    body = f"<p>Text</p>{figure(bare, decorative='yes')}"
    assert list(found(fine(lead_image=bare, lead_decorative=True, body=body))) == ["caption"]
    named = image(alt_text="IMG_0042.jpg")
    assert found(fine(lead_image=named, lead_decorative=True)) == {}


def test_pictures_in_galleries_are_looked_at_like_all_others():
    """Each by its number in the text; a caption that two share is a caption."""
    good, bare = image(), image(alt_text="", caption="", credit="")
    article = fine(body=f"<p>Text</p>{figure(good)}{gallery(figure(good), figure(bare))}")
    findings = found(article)
    assert list(findings) == ["alt", "credit", "caption"]
    assert findings["credit"][2] == "Picture 3 in the text has no credit. Write who made the picture."
    pair = side_by_side(figure(good), figure(bare, alt="Boats", credit="Anna"), caption="Before and after")
    assert found(fine(body=f"<p>Text</p>{pair}")) == {}
    repeated = side_by_side(figure(good, alt="Before, after"), figure(good), caption="Before, after.")
    assert "repeats the caption" in found(fine(body=f"<p>Text</p>{repeated}"))["alt-repeats"][2]


@pytest.mark.parametrize("alt", ["photo.JPEG", "DSC_1234", "IMG-20260101-WA0003", "PXL_20260101"])
def test_names_of_files_are_no_descriptions(alt):
    """What a camera calls a file tells nothing to who cannot see it."""
    assert "alt-file-name" in found(with_lead(alt_text=alt))


@pytest.mark.parametrize("alt", ["Page 12 of the report", "A boat at pier 1234", "P. Example at a desk"])
def test_descriptions_with_numbers_are_descriptions(alt):
    """A number in a sentence makes it no file."""
    assert found(with_lead(alt_text=alt)) == {}


def test_an_alt_that_repeats_the_headline_is_refused():
    """Listeners would hear the same sentence twice; case and punctuation do not matter."""
    article = fine(headline="Harbour closed", lead_image=image(alt_text="HARBOUR closed!"))
    assert "repeats the headline" in found(article)["alt-repeats"][2]


@pytest.mark.parametrize("text", ["TK", "TKTK", "XXX", "[check]", "[TK: name]"])
def test_notes_are_found_in_headline_standfirst_and_captions(text):
    """A note for the desk can hide anywhere."""
    article = fine(headline=f"Boats {text} stay")
    assert found(article)["notes"][1] == "headline"
    article = fine(standfirst=f"Boats {text} stay")
    assert found(article)["notes"][1] == "standfirst"
    assert found(with_lead(caption=f"Boats {text} stay"))["notes"][1] == "lead_caption"


@pytest.mark.parametrize("text", ["[sic]", "[…]", "[...]", "ATK", "xxx large"])
def test_what_only_looks_like_a_note_is_left_alone(text):
    """Marks of a quotation and words that contain the letters."""
    assert found(fine(standfirst=f"Boats {text} stay")) == {}


def test_a_heading_without_words_is_found():
    """It makes a gap on the page and a riddle for who listens."""
    assert "no words" in found(fine(body="<h2><br></h2><p>Text</p>"))["headings"][2]


@pytest.mark.parametrize(
    "address",
    [
        *[
            "",
            "https://",
            "http:///path",
            "https://www",
            "www.example.org",
            "example",
            "#part",
            "mailto:desk",
        ],
        *["tel:none", "https://exa mple.org/", "https://[::1", "https://example.org:port/", "//[x"],
    ],
)
def test_malformed_addresses(address):
    """No browser would go where the writer meant."""
    assert links.is_malformed(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a",
        "/story/",
        "//example.org/a",
        "mailto:a@b.org",
        "tel:112",
    ],
)
def test_addresses_that_can_be_followed(address):
    """Ordinary ones, and those of our own site."""
    assert not links.is_malformed(address)


def test_links_to_our_own_pages_are_tried(settings):
    """Stories that are live, lists that exist, and the address of the site itself before them."""
    settings.SITE_URL = "https://news.example.org"
    now = timezone.now()
    live, draft, gone = published(tags=["Boats"]), ArticleFactory(), published()
    workflow.withdraw(article=gone, reason="It was wrong.", by=None)
    there = {
        *["/", "/news-feed/", "/rss/", "/tag/boats/", "/section/news-feed/", "/section/news-feed/rss/"],
        *[f"/{live.slug}/", f"/{live.slug}", f"https://news.example.org/{live.slug}/?a=b#c"],
        f"/author/{live.bylines.get().author.slug}/",
    }
    missing = {
        *["/tag/none/", "/section/none/", "/author/none/", "/author/none/rss/", "/a/b/c/", "/admin/"],
        *[f"/{draft.slug}/", f"/{gone.slug}/"],
    }
    assert links.dead(there | missing, timezone.now()) == missing
    assert now < timezone.now()


def test_a_card_of_a_story_that_is_not_live_is_questioned():
    """Readers would see nothing there; the editor may be waiting for it."""
    draft = ArticleFactory(headline="Not yet")
    article = fine(body=f"<p>Text</p>{related_card(draft)}")
    assert "“Not yet” will not be shown" in found(article)["dead-link"][2]


def test_the_report_costs_the_same_for_many_links_and_pictures(django_assert_max_num_queries):
    """Ten of each ask no more of the database than one of each."""
    others, pictures = [published() for _n in range(10)], [image() for _n in range(10)]
    body = "<p>Text</p>" + "".join(
        f'<p><a href="/{other.slug}/">x</a></p>{figure(picture)}{related_card(other)}'
        for other, picture in zip(others, pictures, strict=True)
    )
    article = Article.objects.get(pk=fine(body=body, lead_image=pictures[0]).pk)
    with django_assert_max_num_queries(8):
        assert checks.report(article, timezone.now()) == []


@pytest.mark.parametrize("levels", [{"alt": "loud"}, {"atl": "warn"}])
def test_a_misspelt_level_stops_the_start(settings, levels):
    """An operator who writes a name or level that does not exist is told so."""
    settings.CHECK_LEVELS = levels
    with pytest.raises(SystemCheckError, match="articles.E001"):
        call_command("check")


# --- On the pages -----------------------------------------------------------------------------------------


def page(name, article):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def overrides():
    return Entry.objects.filter(kind="story.override")


def press(desk, article, **values):
    """Open the publish page and press its button, as a browser does: with what the page had hidden in it."""
    override = desk.get(page("publish", article)).context["override"]
    hidden = {field.name: field.initial for field in override.hidden_fields()}
    return desk.post(page("publish", article), {**hidden, **values}, follow=True).content.decode()


def test_a_warning_asks_for_a_tick_and_a_reason(desk, editor):
    """Without both nothing is published; with both it is, and the log says who set what aside, and why."""
    article = fine(standfirst="")
    before = overrides().count()
    for values in ({}, {"anyway": "on"}, {"why": "No time"}):
        press(desk, article, **values)
        assert not article.versions.exists(), values
    assert overrides().count() == before
    assert "on the site now" in press(desk, article, anyway="on", why="Breaking news")
    entry = overrides().latest("pk")
    assert "Breaking news" in entry.text
    assert "has no standfirst" in entry.text
    assert (entry.by, overrides().count()) == (editor, before + 1)


def test_a_tick_holds_only_for_what_was_on_the_page(desk):
    """A warning that came up since the page was opened asks again."""
    article = fine(standfirst="")
    shown = desk.get(page("publish", article)).context["override"]["shown"].initial
    article.tags.clear()
    values = {"anyway": "on", "why": "Breaking news"}
    answer = desk.post(page("publish", article), {**values, "shown": shown})
    assert "Something new came up since" in answer.content.decode()
    assert not article.versions.exists()
    press(desk, article, **values)
    assert article.versions.exists()


def test_words_that_somebody_saved_meanwhile_are_not_published_unseen(desk, editor, person):
    """A colleague's save between the page and the button is shown first; one's own is no surprise."""
    article = fine()
    workflow.save(article=article, by=person("Editor", first_name="Tom"))
    html = desk.post(page("publish", article), {"seen_version": 1}).content.decode()
    assert "Tom saved this story" in html
    assert "Nothing went out. Look at what changed" in html
    assert 'name="seen_version" value="2"' in html
    assert not article.versions.exists()
    workflow.save(article=article, by=editor)
    desk.post(page("publish", article), {"seen_version": 2})
    assert article.versions.count() == 1


def test_a_save_on_the_way_to_the_page_is_named_with_the_way_to_what_changed(desk, editor, person):
    """Between Publish… on the form and the page that asks: who, when, and the two texts to compare."""
    article, tom = fine(), person("Editor", first_name="Tom")
    before = workflow.save(article=article, by=editor)
    article.headline = "Something else"
    workflow.save(article=article, by=tom)
    workflow.save(article=article, by=editor)
    answer = desk.get(page("publish", article), {"seen": before.version})
    html = answer.content.decode()
    at = hour(article.revisions.get(made_by=tom).made_at)
    assert f"Tom saved this story at {at} meanwhile." in html
    compared = desk.get(page("compare", article), {"from": f"r{before.pk}", "to": "now"})
    assert f"{compared.request['PATH_INFO']}?from=r{before.pk}&amp;to=now" in html
    assert "Something else" in compared.content.decode()
    shown = answer.context["override"].fields["seen_version"].initial
    assert shown == article.version
    desk.post(page("publish", article), {"seen_version": shown})
    assert article.versions.get().headline == "Something else"


@pytest.mark.parametrize("seen", ["", "3", "9", "999999999999", "²", "x"])
def test_who_saw_the_newest_words_is_told_of_nobody(desk, editor, person, seen):
    """Nor is whoever comes by an address that says nothing about it."""
    article = fine()
    workflow.save(article=article, by=person("Editor", first_name="Tom"))
    workflow.save(article=article, by=editor)
    assert article.version == 3
    answer = desk.get(page("publish", article), {"seen": seen})
    assert answer.status_code == 200
    assert "meanwhile" not in answer.content.decode()


def test_ones_own_save_after_a_colleagues_publishes_nothing_unseen(desk, editor, person):
    """The colleague is named, although the newest save is one's own."""
    article = fine()
    workflow.save(article=article, by=person("Editor", first_name="Tom"))
    workflow.save(article=article, by=editor)
    html = desk.post(page("publish", article), {"seen_version": 1}).content.decode()
    assert "Tom saved this story" in html
    assert not article.versions.exists()


def test_a_story_without_warnings_asks_nothing(desk):
    """One press, no tick, nothing in the log."""
    article, before = fine(), overrides().count()
    assert "on the site now" in press(desk, article)
    assert overrides().count() == before


def test_what_blocks_cannot_be_overridden(desk):
    """A tick and a reason do not publish a picture without credit."""
    article = with_lead(credit="")
    html = press(desk, article, anyway="on", why="Please")
    assert "has no credit" in html
    assert not article.versions.exists()


def test_a_schedule_is_checked_for_its_own_moment(desk):
    """The page does not yet complain of rights; the moment that is typed decides."""
    now = timezone.now()
    article = with_lead(not_before=now + timedelta(days=2))
    assert desk.get(page("schedule", article)).context["findings"] == []

    def schedule(days):
        at = timezone.localtime(now + timedelta(days=days))
        moment = {"at_0": at.strftime("%d/%m/%Y"), "at_1": at.strftime("%H:%M:%S")}
        return desk.post(page("schedule", article), moment, follow=True).content.decode()

    assert "may not be published then. Its rights begin on" in schedule(1)
    assert not article.versions.exists()
    schedule(3)
    assert article.versions.count() == 1


def test_scheduling_over_a_warning_is_recorded_too(desk):
    """The reason is asked now, not when the story goes live."""
    article, before = fine(tags=[]), overrides().count()
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    shown = desk.get(page("schedule", article)).context["override"]["shown"].initial
    values = {"anyway": "on", "why": "Tags follow", "shown": shown}
    desk.post(
        page("schedule", article), {"at_0": at.strftime("%d/%m/%Y"), "at_1": at.strftime("%H:%M"), **values}
    )
    assert article.versions.count() == 1
    assert overrides().count() == before + 1


def test_each_finding_leads_to_its_field(desk):
    """The lists of all pages link to the place on the form."""
    article = fine(standfirst="", authors=[])
    form = page("change", article)
    for name in ("publish", "schedule", "check"):
        html = desk.get(page(name, article)).content.decode()
        assert f'href="{form}#id_standfirst"' in html, name
        assert f'href="{form}#bylines-group"' in html, name


def form_values(article, **changes):
    byline = article.bylines.get()
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "slug": article.slug,
        "section": article.section_id,
        "kind": "news",
        "body": article.body,
        "tags": "Harbour",
        "bylines-TOTAL_FORMS": 1,
        "bylines-INITIAL_FORMS": 1,
        "bylines-0-id": byline.pk,
        "bylines-0-article": article.pk,
        "bylines-0-author": byline.author_id,
        "bylines-0-position": 0,
        **changes,
    }


def test_check_now_reads_the_words_in_the_form(desk):
    """Words that are not saved are checked, and stay unsaved."""
    article = fine()
    html = desk.post(page("check", article), form_values(article, standfirst="", tags="")).content.decode()
    assert "has no standfirst" in html
    assert "has no tags" in html
    assert "<html" not in html
    article.refresh_from_db()
    assert (article.standfirst, article.version) == (FINE["standfirst"], 1)
    html = desk.post(page("check", article), form_values(article)).content.decode()
    assert "nothing needs a second look" in html


def test_check_now_counts_a_byline_that_is_being_removed(desk):
    """The box that deletes the last author is as good as no author."""
    article = fine()
    html = desk.post(
        page("check", article), form_values(article, **{"bylines-0-DELETE": "on"})
    ).content.decode()
    assert "has no author" in html


def test_check_now_works_while_a_field_is_wrong(desk):
    """A date that cannot be read is said, and the rest is checked."""
    article = fine()
    values = form_values(article, standfirst="", embargo_0="soon", embargo_1="")
    html = desk.post(page("check", article), values).content.decode()
    assert "Some fields could not be read" in html
    assert "has no standfirst" in html


@pytest.mark.parametrize(
    ("role", "page_status", "list_status"), [("Picture desk", 200, 403), (None, 403, 403)]
)
def test_only_who_may_change_a_story_checks_words_of_their_own(
    client, person, role, page_status, list_status
):
    """Who may read the desk copy may read what the checks say of it; nobody else learns anything."""
    client.force_login(person(role))
    article = fine()
    assert client.get(page("check", article)).status_code == page_status
    assert client.post(page("check", article), form_values(article)).status_code == list_status
