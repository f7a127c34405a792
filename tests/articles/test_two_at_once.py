"""Two people at the very same moment: threads, each with a connection of its own, on the database as it really is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.models import Article, PublishedVersion, Revision, StaleCopy
from tests.articles.desk_forms import admin
from tests.articles.test_autosave import NEW, posted
from tests.articles.test_bulk import BULK, asked
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, related_card

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = range(6)
ADD = reverse("admin:articles_article_add")


def at_once(*acts):
    """Start all acts together; their results in order. What one of them raises is raised here."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(10)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result(60) for done in [threads.submit(run, act) for act in acts]]


@pytest.fixture
def desks(person):
    """Three people who may do everything, each as (account, browser)."""
    people = [person("Chief", first_name=name) for name in ("Ines", "Mira", "Nils")]
    browsers = [Client() for _person in people]
    for browser, user in zip(browsers, people, strict=True):
        browser.force_login(user)
    return list(zip(people, browsers, strict=True))


@pytest.fixture
def story(db):
    story = ArticleFactory(headline="The first words", tags=["Boats"])
    workflow.keep_revision(article=story, by=None)
    return story


def kept(story, reason):
    rows = Revision.objects.filter(article=story, reason=reason).order_by("pk")
    return [(row.made_by, row.snapshot["headline"]) for row in rows]


def test_of_two_saves_one_wins_and_the_other_is_kept(desks, story):
    """Save and Save: one is stored and counted, the other is shown the conflict, its words are a revision."""
    for number in ROUNDS:
        story.refresh_from_db()
        forms = [
            posted(story, user, tab=f"{user}{number}", headline=f"{user} {number}")
            for user, _browser in desks[:2]
        ]
        first, second = at_once(
            lambda forms=forms: desks[0][1].post(admin("change", story.pk), forms[0]),
            lambda forms=forms: desks[1][1].post(admin("change", story.pk), forms[1]),
        )
        assert sorted([first.status_code, second.status_code]) == [200, 302]
        winner, loser = (0, 1) if first.status_code == 302 else (1, 0)
        saved = Article.objects.get(pk=story.pk)
        assert (saved.headline, saved.version) == (forms[winner]["headline"], story.version + 1)
        assert kept(story, "saved")[-1] == (desks[winner][0], forms[winner]["headline"])
        assert kept(story, "refused")[-1] == (desks[loser][0], forms[loser]["headline"])
        assert "while you were writing" in (second if winner == 0 else first).content.decode()


def test_autosave_a_change_of_many_and_publishing_meet(desks, story):
    """One of the two writers wins the version; what goes public is what its publisher has seen, or nothing."""
    (writer, one), (_lister, two), (_publisher, three) = desks
    for number in ROUNDS:
        story.refresh_from_db()
        live = PublishedVersion.objects.count()
        form = posted(story, writer, tab=f"tab-{number}", headline=f"Words {number}")
        many = asked([story], add_tags=f"tag-{number},", apply="yes")
        decision = {
            "seen_version": story.version,
            "kind": "update",
            "anyway": "on",
            "why": "It is right.",
            "shown": "",
        }
        decision["shown"] = shown_on(three.get(admin("publish", story.pk)))
        autosaved, _changed, _published = at_once(
            lambda form=form: one.post(admin("autosave", story.pk), form),
            lambda many=many: two.post(BULK, many),
            lambda decision=decision: three.post(admin("publish", story.pk), decision),
        )
        saved = Article.objects.get(pk=story.pk)
        assert saved.version == story.version + 1, "exactly one of the two saves"
        tagged = f"tag-{number}" in saved.tags.names()
        assert (autosaved.status_code, tagged) in [(200, False), (409, True)]
        if tagged:
            assert kept(story, "refused")[-1] == (writer, f"Words {number}")
        new = PublishedVersion.objects.order_by("-pk")[: PublishedVersion.objects.count() - live]
        assert [version.article_version for version in new] in ([], [story.version])


def shown_on(page):
    """The warnings that a page of publication showed."""
    return page.context["override"].fields["shown"].initial


def test_pressing_publish_twice_at_once_publishes_once(desks, story):
    """Two requests of one double click: one version, and no error page."""
    page = desks[0][1].get(admin("publish", story.pk))
    decision = {"seen_version": story.version, "anyway": "on", "why": "It is right.", "shown": shown_on(page)}
    press = lambda: desks[0][1].post(admin("publish", story.pk), decision)  # noqa: E731
    assert {answer.status_code for answer in at_once(press, press)} <= {200, 302}
    assert PublishedVersion.objects.count() == 1


def test_pressing_save_twice_at_once_saves_once(desks, story):
    """Two requests of one double click are no conflict, and one save."""
    user, browser = desks[0]
    form = posted(story, user, headline="Twice")
    press = lambda: browser.post(admin("change", story.pk), form)  # noqa: E731
    assert [answer.status_code for answer in at_once(press, press)] == [302, 302]
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Twice", 2)
    assert kept(story, "refused") == []


@pytest.mark.parametrize("address", [NEW, ADD])
def test_a_new_story_that_is_sent_twice_at_once_is_one_story(desks, address):
    """The first autosave and its repetition, or two clicks on Save, make one story."""
    user, browser = desks[0]
    new = Article(section=SectionFactory(), headline="Only once", body="<p>Rain.</p>")
    form = posted(new, user, bylines=[(AuthorFactory(), "")])
    send = lambda: browser.post(address, form)  # noqa: E731
    assert {answer.status_code for answer in at_once(send, send)} <= {200, 302}
    assert Article.objects.get().headline == "Only once"


def test_an_importer_and_a_form_meet(desks, story):
    """An importer's save is a compare-and-set like everybody's: it or the form wins, never both."""
    user, browser = desks[0]
    for number in ROUNDS:
        story.refresh_from_db()
        form = posted(story, user, tab=f"tab-{number}", headline=f"Typed {number}")
        incoming = Article.objects.get(pk=story.pk)
        incoming.headline = f"Wire {number}"
        answer, came = at_once(
            lambda form=form: browser.post(admin("change", story.pk), form),
            lambda incoming=incoming: imported(incoming),
        )
        saved = Article.objects.get(pk=story.pk)
        assert saved.version == story.version + 1
        assert (answer.status_code, came) in [(302, False), (200, True)]
        assert saved.headline == (f"Wire {number}" if came else f"Typed {number}")


def imported(article):
    try:
        workflow.save(article=article, by=None)
    except StaleCopy:
        return False
    return True


def test_stories_that_show_each_other_are_published_at_once(desks):
    """Each holds its own story and points at the other's: neither waits for the other for ever."""
    for _round in ROUNDS:
        one, other = ArticleFactory(), ArticleFactory()
        one.body += related_card(other)
        other.body += related_card(one)
        one.save()
        other.save()
        at_once(
            lambda one=one: workflow.publish(article=one, by=None),
            lambda other=other: workflow.publish(article=other, by=None),
        )
        assert PublishedVersion.objects.filter(article__in=[one, other]).count() == 2
