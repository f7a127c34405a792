"""Two editors, the clock, the list and an importer in any order: nobody's words are lost, written over or let out.

Every step goes through the newsroom's own addresses (or, for the importer, through articles/workflow.py) and through
the model of desk_model.py, and both must agree: on what is refused, on the desk copy, on the history, on what readers
get. INTERLEAVINGS in the environment says how many sequences of steps are tried.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from taggit.utils import parse_tags

from articles import checks, review, workflow
from articles.bulk import NOBODY, BulkForm
from articles.models import Article, PublishedVersion, Revision, StaleCopy, Tag
from tests.articles.desk_forms import admin, on_page
from tests.articles.desk_model import Page, Story, Tab, without_assignee
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

#: Sequences of steps in all, and tests that share them between the processes of a run.
INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS") or 200)
PARTS = 4
EACH = -(-INTERLEAVINGS // PARTS)
STEPS = 10

MORNING = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BULK = reverse("admin:articles_article_bulk")
UNDO = reverse("admin:articles_article_bulk_undo")
TAGS = ["Boats", "Harbour", "Tide"]
TEXTS = ["headline", "standfirst", "body"]
ASIDE = ["section", "assignee", "tags"]
TOKEN = re.compile(r"\bw\d+\b")
#: Pages that ask something before they do it; those that come more often stand here twice.
PAGES = ["publish", "publish", "schedule", "review", "restore", "many", "many"]
NETWORK = [*["fine"] * 4, "the answer is lost", "so slow that the page gives up", "the slow one arrives"]
#: How far from now the moments lie that somebody types.
MINUTES = [1, 2, 40, -5, 20, 90]

WHO = st.sampled_from([0, 1])
TAB = st.sampled_from([0, 0, 0, 1])
STORY = st.sampled_from([0, 0, 0, 0, 1])
WHAT = st.sampled_from([*TEXTS, *TEXTS, *ASIDE, "bylines", "nothing", "no headline"])
PICK = st.integers(0, 11)


class Desk(RuleBasedStateMachine):
    """Two editors with two tabs each, one more page each that asks something, and an importer.

    A rule with two names comes twice as often.
    """

    newsroom = None  # what all sequences begin with; the fixture of that name

    @initialize()
    def morning(self):
        self.stories = [Story.new(words_of(article)) for article in self.newsroom.articles]
        self.tabs = {}
        self.pages = {}
        self.undo = {0: [], 1: []}
        self.held = []  # posts that somebody's network has swallowed for a while: (tab, data, number)
        self.reading = None  # the importer's copy, its story, and the version it is of
        self.words = 0
        self.touched = set()  # stories to look at after this step
        self.public_moved = False
        self.live = [None, None]

    # --- Small steps ------------------------------------------------------------------------------------

    @property
    def now(self):
        return timezone.now()

    def a_moment_later(self):
        self.newsroom.clock.shift(SECOND)

    def new_words(self):
        self.words += 1
        return f"Word w{self.words} & more"

    def pk(self, story):
        return self.newsroom.articles[story].pk

    def get(self, who, address):
        return self.newsroom.clients[who].get(address)

    def post(self, who, address, data):
        client = self.newsroom.clients[who]
        client.cookies.pop("messages", None)  # nobody reads them here, and they would grow
        return client.post(address, data)

    # --- Writing ----------------------------------------------------------------------------------------

    def tab(self, who, number, story):
        """One of the person's tabs; an empty one opens the story first."""
        if (who, number) not in self.tabs:
            self.opens(who, number, story)
        return self.tabs[who, number]

    def opens(self, who, number, story):
        model = self.stories[story]
        if model.version > 1 or model.public or model.refused:
            tab = self.shown_in(self.get(who, admin("change", self.pk(story))), who, story)
        else:  # as everybody finds it in the morning; fetched once, because drawing the form takes long
            tab = self.new_tab(who, story, self.newsroom.pages[story])
        assert (tab.version, said(tab.data)) == (model.version, model.words)
        self.tabs[who, number] = tab

    def new_tab(self, who, story, data):
        own = {"tab": str(uuid4()), "person": self.newsroom.people[who].pk}
        own["opened_version"] = version = self.stories[story].version
        return Tab(who, story, data | own, version)

    def shown_in(self, response, who, story):
        """The tab that shows this page with the story's form."""
        data = page_data(response) | {"person": self.newsroom.people[who].pk}
        return Tab(who, story, data, int(data["opened_version"]))

    def types(self, tab, what, pick):
        data, newsroom = tab.data, self.newsroom
        if what == "body":
            data["body"] = f"<p>{self.new_words().replace('&', '&amp;')}</p>"
        elif what in TEXTS:
            data[what] = self.new_words()
        elif what == "no headline":
            data["headline"] = ""
        elif what == "section":
            data["section"] = newsroom.sections[pick % 2].pk
        elif what == "assignee":
            data["assignee"] = ["", *(user.pk for user in newsroom.people)][pick % 3]
        elif what == "tags":
            data["tags"] = ", ".join([*TAGS[: pick % 4], ""])
        elif what == "bylines":
            one, other = newsroom.authors
            for name in [name for name in data if name.startswith("bylines-")]:
                del data[name]
            data |= rows([[one], [other], [one, other], [other, one]][pick % 4])

    def payload(self, tab):
        tab.sent += 1
        return tab.data | {"opened_version": tab.version, "sent": tab.sent}

    @rule(who=WHO, number=TAB, story=STORY)
    def opens_again(self, who, number, story):
        self.opens(who, number, story)

    @rule(who=WHO, number=TAB, story=STORY, what=WHAT, pick=PICK, network=st.sampled_from(NETWORK))
    def autosaves(self, who, number, story, what, pick, network):
        """The page posts what is typed, if it has a network."""
        self.a_moment_later()
        if network == "the slow one arrives" and self.held:
            self.autosave(*self.held.pop(0), heard=False)
            return
        tab = self.tab(who, number, story)
        self.types(tab, what, pick)
        post = tab, self.payload(tab), tab.sent
        if network == "so slow that the page gives up":
            self.held.append(post)
        else:
            self.autosave(*post, heard=network != "the answer is lost")

    pauses = autosaves

    def autosave(self, tab, data, number, *, heard):
        story = self.stories[tab.story]
        then = Tab(tab.who, tab.story, data, data["opened_version"], wrote=tab.wrote)
        answer = self.post(tab.who, admin("autosave", self.pk(tab.story)), data)
        self.touched.add(tab.story)
        if number < tab.heard:
            assert answer.status_code == 409, "an old post is not stored over what the tab sent since"
            return
        tab.heard = number
        words = story.with_own_asides(then, said(data))
        if story.stands_in_the_way(then):
            assert answer.status_code == 409
            story.refuse(tab.who, words | {"headline": words["headline"] or story.words["headline"]})
            return
        assert answer.status_code == 200, answer.content
        told = answer.json()
        assert [part["label"] for part in told["kept_back"]] == ([] if words["headline"] else ["Headline"])
        words["headline"] = words["headline"] or story.words["headline"]
        if words != story.words:
            story.save(tab.who, words, self.now, how="autosaved")
            tab.wrote = story.version
        assert told["version"] == story.version
        if heard:
            tab.version = story.version
            tab.data |= told["moved"]
            assert {**said(tab.data), "headline": ""} == {**words, "headline": ""}, (
                "the page shows what is stored"
            )

    @rule(who=WHO, number=TAB, story=STORY, what=WHAT, pick=PICK, twice=st.sampled_from([False, False, True]))
    def saves(self, who, number, story, what, pick, twice):
        """Save is pressed, once or twice. The page that comes back takes the place of this one."""
        self.a_moment_later()
        tab = self.tab(who, number, story)
        self.types(tab, what, pick)
        data = self.payload(tab)
        tab.heard = tab.sent
        for _press in range(1 + twice):
            page = self.save(tab, data)
        story = self.stories[tab.story]
        if page.status_code == 200:
            again = self.shown_in(page, who, tab.story)
            assert said(again.data) == story.with_own_asides(tab, said(data)), "the form still has all of it"
            assert again.version == story.version, "the next press is made in knowledge of theirs"
            self.tabs[who, number] = again
        elif said(data) == story.words:
            self.tabs[who, number] = self.new_tab(who, tab.story, data)  # the form again, with the same words
        else:
            del self.tabs[who, number]

    presses_save = saves

    def save(self, tab, data):
        story = self.stories[tab.story]
        page = self.post(tab.who, admin("change", self.pk(tab.story)), data)
        self.touched.add(tab.story)
        words = story.with_own_asides(tab, said(data))
        if story.stands_in_the_way(tab):
            assert page.status_code == 200, "refused"
            assert page.context["adminform"].form.refused
            story.refuse(tab.who, words | {"headline": words["headline"] or story.words["headline"]})
        elif not words["headline"]:
            assert page.status_code == 200, "there is something to mend"
            assert not page.context["adminform"].form.refused
        else:
            assert page.status_code == 302, page.context["adminform"].form.errors
            if words != story.words:
                story.save(tab.who, words, self.now)
                tab.wrote = story.version
        return page

    @precondition(lambda self: self.tabs)
    @rule(pick=PICK, takes_over=st.booleans())
    def looks_around(self, pick, takes_over):
        """The page asks who is here, and perhaps takes the story over from them.

        It hears of a newer text when its next save would be refused, and only then.
        """
        self.a_moment_later()
        tab = list(self.tabs.values())[pick % len(self.tabs)]
        story, data = self.stories[tab.story], {"tab": tab.data["tab"], "opened_version": tab.version}
        is_refused = bool(story.stands_in_the_way(tab))
        newest = self.post(tab.who, admin("presence", self.pk(tab.story)), data).json()["version"]
        assert (newest > tab.version) == is_refused
        if not takes_over:
            return
        answer = self.post(tab.who, admin("take_over", self.pk(tab.story)), data)
        assert (answer.status_code == 409) == is_refused
        self.touched.add(tab.story)
        if not is_refused:
            story.save(tab.who, story.words, self.now, how="taken over")
            tab.wrote, tab.version = story.version, answer.json()["version"]

    # --- Pages that ask something, and their buttons ----------------------------------------------------

    @rule(
        who=WHO,
        story=STORY,
        page=st.sampled_from(PAGES),
        pick=PICK,
        twice=st.sampled_from([False, False, True]),
    )
    def asks_or_answers(self, who, story, page, pick, twice):
        """Somebody turns to a page that asks something, or presses the button of the one they look at."""
        self.a_moment_later()
        if who not in self.pages:
            getattr(self, f"turns_to_{page}")(who, story, pick)
            return
        page = self.pages.pop(who)
        for _press in range(1 + twice):
            getattr(self, f"press_{page.kind}")(who, page)
        self.public_moved = True

    turns_to = presses = asks_or_answers

    def turns_to_publish(self, who, story, pick):
        self.turns_to_release(who, story, "publish", pick)

    def turns_to_schedule(self, who, story, pick):
        at = (self.now + timedelta(minutes=MINUTES[pick % 6])).replace(second=0)
        self.turns_to_release(who, story, "schedule", pick, at=at)

    def turns_to_release(self, who, story, name, pick, **wish):
        address = admin(name, self.pk(story))
        seen = self.get(who, address).context["override"].fields["seen_version"].initial
        data = {"seen_version": seen, "shown": ""}
        if self.stories[story].last(self.now):
            self.words += 1
            data["kind"] = ["typo", "update", "correction"][pick % 3]
            data["correction"] = f"Correction {self.words}"
        if "at" in wish:
            data |= moment(wish["at"])
        self.pages[who] = Page(name, story, seen, address, data, wish)

    def press_publish(self, who, page):
        story, live = self.stories[page.story], self.stories[page.story].live(self.now)
        corrects = page.data.get("kind") == "correction"
        unchanged = live and live.of == story.version
        refused = unchanged and not (corrects and page.data["correction"] != live.correction)
        self.release(who, page, refused, lambda: story.publish(self.now))

    def press_schedule(self, who, page):
        story, at = self.stories[page.story], page.wish["at"]
        self.release(who, page, at <= self.now, lambda: story.schedule(at, self.now))

    def release(self, who, page, refused, verb):
        story, before = self.stories[page.story], self.versions(page.story)
        refused = refused or story.somebody_else_saved(who, page.seen)
        refused = refused or (
            "kind" not in page.data and story.last(self.now)
        )  # readers know it: of what kind?
        self.post(who, page.address, page.data)
        if refused:
            assert self.versions(page.story) == before
        else:
            assert self.versions(page.story) != before
            verb()
            if page.data.get("kind") == "correction":
                story.public[-1].correction = page.data["correction"]

    def versions(self, story):
        return list(PublishedVersion.objects.filter(article=self.pk(story)).order_by("pk").values())

    def turns_to_review(self, who, story, pick):
        to, assignee = Article.State.values[pick // 4], [None, *self.newsroom.people][pick % 3]
        address = admin("review", self.pk(story), to)
        page = self.get(who, address)
        assert (page.status_code == 200) == ((self.stories[story].state, to) in review.MOVES)
        if page.status_code == 200:
            seen = page.context["form"].initial["seen_version"]
            data = {"seen_version": seen, "comment": "Why", "assignee": assignee.pk if assignee else ""}
            wish = {"to": to, "assignee": assignee and assignee.pk}
            self.pages[who] = Page("review", story, seen, address, data, wish)

    def press_review(self, who, page):
        story, to, assignee = self.stories[page.story], page.wish["to"], page.wish["assignee"]
        self.post(who, page.address, page.data)
        self.touched.add(page.story)
        if (story.state, to) in review.MOVES and not story.somebody_else_saved(who, page.seen):
            story.state = to
            moved = {"assignee": (story.words["assignee"], assignee)}
            story.save(who, story.words | {"assignee": assignee}, self.now, aside=moved)

    def turns_to_restore(self, who, story, pick):
        kept = list(Revision.objects.filter(article=self.pk(story)).order_by("pk"))
        kept = kept[pick % len(kept)]
        address = admin("revision", self.pk(story), kept.pk)
        seen = self.get(who, address).context["article"].version
        self.pages[who] = Page("restore", story, seen, address, {"opened_version": seen}, {"revision": kept})

    def press_restore(self, who, page):
        story = self.stories[page.story]
        page.wish["revision"].refresh_from_db()
        words = story.words | of_snapshot(page.wish["revision"].snapshot)
        self.post(who, page.address, page.data)
        self.touched.add(page.story)
        if words != story.words and not story.somebody_else_saved(who, page.seen):
            story.save(who, words, self.now, how="restored")

    def turns_to_many(self, who, _story, pick):
        """The page of one change to many stories shows what it would do to both."""
        tag, adds = TAGS[pick % 3], pick % 2
        asked = {
            "section": ["", *(section.pk for section in self.newsroom.sections)][pick // 4],
            "add_tags": f"{tag}," if adds else "",
            "remove_tags": "" if adds else f"{tag},",
            "assignee": ["", NOBODY, *(user.pk for user in self.newsroom.people)][pick % 4],
        }
        listed = [f"{self.pk(number)}:{story.version}" for number, story in enumerate(self.stories)]
        shown = self.post(who, BULK, asked | {"story": listed}).context["stories"]
        assert {article.pk: article.version for article in shown} == {
            self.pk(number): story.version for number, story in enumerate(self.stories)
        }
        answers = BulkForm({name: str(value) for name, value in asked.items()}).answers()
        data = asked | {"story": listed, "shown": answers, "apply": ""}
        wish = {"add": {tag} if adds else set(), "remove": set() if adds else {tag}, **asked}
        self.pages[who] = Page("many", None, [story.version for story in self.stories], BULK, data, wish)

    def press_many(self, who, page):
        self.post(who, page.address, page.data)
        self.touched |= {0, 1}
        done, wish = [], page.wish
        for number, story in enumerate(self.stories):
            words = dict(story.words)
            words["section"] = wish["section"] or words["section"]
            words["tags"] = (words["tags"] - wish["remove"]) | wish["add"]
            if wish["assignee"]:
                words["assignee"] = None if wish["assignee"] == NOBODY else wish["assignee"]
            if words != story.words and not story.somebody_else_saved(who, page.seen[number]):
                done.append((number, self.save_aside(who, story, words), story))
        if done:
            self.undo[who] = [(number, before, parts(story), story.version) for number, before, story in done]

    def save_aside(self, who, story, words):
        """Save it as a change from the list and return what section, assignee and tags were before."""
        before, after = parts(story), {name: words[name] for name in ASIDE}
        changed = {name: (before[name], after[name]) for name in ASIDE if before[name] != after[name]}
        story.save(who, words, self.now, aside=changed)
        return before

    @precondition(lambda self: any(self.undo.values()))
    @rule(who=WHO, twice=st.booleans())
    def takes_back_the_change_of_many(self, who, twice):
        self.a_moment_later()
        who = who if self.undo[who] else 1 - who
        for _press in range(1 + twice):
            self.post(who, UNDO, {})
            self.touched |= {0, 1}
            for number, before, after, version in self.undo[who]:
                story = self.stories[number]
                if parts(story) == after and not story.somebody_else_saved(who, version):
                    self.save_aside(who, story, story.words | before)
            self.undo[who] = []

    # --- What readers get, by verbs that need no words --------------------------------------------------

    @rule(who=WHO, story=STORY, verb=st.sampled_from(["cancel", "withdraw", "move", "expire"]), pick=PICK)
    def takes_off_or_moves(self, who, story, verb, pick):
        """The schedule is cancelled or moved, the story withdrawn, or its end set."""
        self.a_moment_later()
        at = (self.now + timedelta(minutes=MINUTES[pick % 6])).replace(second=0)
        self.post(who, admin(verb, self.pk(story)), {"reason": "It was wrong."} | moment(at))
        getattr(self.stories[story], verb)(at, self.now)
        self.public_moved = True

    @rule(minutes=st.sampled_from([1, 5, 29, 31, 120]))
    def time_passes(self, minutes):
        self.newsroom.clock.shift(timedelta(minutes=minutes))
        self.public_moved = True

    # --- The importer -----------------------------------------------------------------------------------

    @rule(number=STORY, publish=st.booleans())
    def the_importer_reads_or_writes(self, number, publish):
        """It saves what it read with other words, perhaps as public since a minute ago, or learns that it is late."""
        self.a_moment_later()
        if self.reading is None:
            self.reading = Article.objects.get(pk=self.pk(number)), number, self.stories[number].version
            return
        article, number, version = self.reading
        self.reading = None
        story = self.stories[number]
        article.headline, article.body = self.new_words(), f"<p>Wire w{self.words}</p>"
        self.touched.add(number)
        try:
            with transaction.atomic():
                workflow.save(article=article, by=None, tags=["Tide"])
        except StaleCopy:
            assert story.version != version
            return
        assert story.version == version
        words = {"headline": article.headline, "body": article.body, "tags": frozenset(["Tide"])}
        story.save(None, story.words | words, self.now)
        if publish:
            self.record_as_public(article, story)

    def record_as_public(self, article, story):
        at = self.now - timedelta(minutes=1)
        try:
            workflow.publish_past(article=article, at=at, kind="update")
        except workflow.Refusal:
            assert any(shown.begins >= at for shown in story.public)
        else:
            story.release(at, self.now)
            self.public_moved = True

    # --- What must be so after every step ---------------------------------------------------------------

    @invariant()
    def newsroom_and_model_agree(self):
        """What the step has touched is looked at in both."""
        for number in self.touched:
            self.the_desk_copy_is_what_was_last_accepted(number)
            self.every_text_is_kept(number)
        if self.public_moved:
            self.readers_get_what_was_published()
            live = [story.live(self.now) for story in self.stories]
            if live != self.live:
                self.the_pages_say_it(live)
            self.live = live
        self.touched, self.public_moved = set(), False

    def the_desk_copy_is_what_was_last_accepted(self, number):
        article, story = Article.objects.get(pk=self.pk(number)), self.stories[number]
        assert (article.version, article.state) == (story.version, story.state)
        assert words_of(article) == story.words

    def every_text_is_kept(self, number):
        """What was saved is in the history under its version; what was refused is there word for word."""
        history = Revision.objects.filter(article=self.pk(number)).order_by("pk")
        saved, refused = [], []
        for version, reason, snapshot in history.values_list("version", "reason", "snapshot"):
            if reason == Revision.Reason.REFUSED:
                refused.append(of_snapshot(snapshot))
            else:
                saved.append((version, of_snapshot(snapshot)))
        for version, words in self.stories[number].must_be_kept():
            assert (version, without_assignee(words)) in saved
        assert refused == [words for _who, words in self.stories[number].refused]

    def readers_get_what_was_published(self):
        """At this moment and around every moment at which something begins or ends, past and to come."""
        public = [shown for story in self.stories for shown in story.public]
        edges = {edge for shown in public for edge in (shown.begins, shown.ends) if edge}
        for at in {self.now, *edges, *(edge - SECOND for edge in edges)}:
            live = PublishedVersion.objects.shown(at)
            expected = [(self.pk(number), story.live(at)) for number, story in enumerate(self.stories)]
            assert sorted(live.values_list("article_id", "headline", "body", "article_version")) == [
                (pk, shown.words["headline"], shown.words["body"], shown.of)
                for pk, shown in expected
                if shown
            ]

    def the_pages_say_it(self, live):
        public = {token for shown in live if shown for token in tokens(shown.words)}
        reader = self.newsroom.reader
        for number, shown in enumerate(live):
            page = reader.get(f"/{self.newsroom.articles[number].slug}/")
            said = {*TOKEN.findall(page.content.decode())}
            if shown:
                assert page.status_code == 200
                assert tokens(shown.words) <= said
            else:
                assert page.status_code == (410 if self.stories[number].last(self.now) else 404)
            assert said <= public
        assert {*TOKEN.findall(reader.get("/").content.decode())} <= public


# --- Words as plain values ------------------------------------------------------------------------------------


def page_data(response):
    """What the story form on this page would post."""
    return on_page(response) | {"tab": response.context["saving"]["tab"]}


def said(data):
    """The words of a form's data."""
    people = []
    for number in range(int(data["bylines-TOTAL_FORMS"])):
        author = data.get(f"bylines-{number}-author")
        if author and f"bylines-{number}-DELETE" not in data:
            people.append((int(data[f"bylines-{number}-position"]), number, int(author)))
    return {
        **{name: data.get(name, "") for name in TEXTS},
        "section": int(data["section"]),
        "assignee": int(data["assignee"] or 0) or None,
        "tags": frozenset(parse_tags(data["tags"])),
        "bylines": tuple(author for *_place, author in sorted(people)),
    }


def words_of(article):
    """The words of the desk copy."""
    return {
        **{name: getattr(article, name) for name in TEXTS},
        "section": article.section_id,
        "assignee": article.assignee_id,
        "tags": frozenset(article.tags.names()),
        "bylines": tuple(article.bylines.values_list("author_id", flat=True)),
    }


def of_snapshot(snapshot):
    """The words of a revision, which does not say whose task the story is."""
    return {
        **{name: snapshot[name] for name in TEXTS},
        "section": snapshot["section_id"],
        "tags": frozenset(snapshot["tags"]),
        "bylines": tuple(row["author_id"] for row in snapshot["bylines"]),
    }


def parts(story):
    """What the list can change of a story."""
    return {name: story.words[name] for name in ASIDE}


def tokens(words):
    """The marked words of the headline and the body, which a story's page shows."""
    return {*TOKEN.findall(f"{words['headline']} {words['standfirst']} {words['body']}")}


def rows(authors):
    """A byline as a form sends it."""
    data = {"bylines-TOTAL_FORMS": len(authors), "bylines-INITIAL_FORMS": 0}
    for number, author in enumerate(authors):
        data |= {f"bylines-{number}-author": author.pk, f"bylines-{number}-position": number}
        data |= {f"bylines-{number}-role": "", f"bylines-{number}-id": ""}
    return data


def moment(at):
    local = timezone.localtime(at)
    return {"at_0": local.strftime("%Y-%m-%d"), "at_1": local.strftime("%H:%M:%S")}


# --- The test -------------------------------------------------------------------------------------------------


@pytest.fixture
def newsroom(person, settings):
    """Two editors who stay signed in, two stories, and a clock that stands until somebody moves it."""
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
    # Warnings ask for a reason and stop nobody; they have tests of their own.
    warnings = [name for name, (level, _check) in checks.CHECKS.items() if level == checks.WARN]
    settings.CHECK_LEVELS = dict.fromkeys(warnings, checks.OFF)
    with time_machine.travel(MORNING, tick=False) as clock:
        people = [person("Editor", first_name="Ines"), person("Editor", first_name="Mira")]
        clients = [Client(), Client()]
        for client, user in zip(clients, people, strict=True):
            client.force_login(user)
        for name in TAGS:
            Tag.objects.create(name=name, slug=name.lower())
        sections = [SectionFactory(), SectionFactory(name="Harbour", slug="harbour")]
        authors = [AuthorFactory(), AuthorFactory()]
        articles = [
            ArticleFactory(authors=authors[:1], section=sections[0], tags=["Boats"]) for _n in range(2)
        ]
        for article in articles:
            workflow.keep_revision(article=article, by=None)
        yield SimpleNamespace(
            clock=clock,
            people=people,
            clients=clients,
            reader=Client(),
            sections=sections,
            authors=authors,
            articles=articles,
            pages=[page_data(clients[0].get(admin("change", article.pk))) for article in articles],
        )


def isolated(newsroom):
    """Desk with every sequence in a savepoint of its own, and with the clock back in the morning."""

    class Isolated(Desk):
        count = 0

        def __init__(self):
            super().__init__()
            type(self).count += 1
            self.newsroom = newsroom
            newsroom.clock.move_to(MORNING, tick=False)
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()

        def teardown(self):
            super().teardown()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    return Isolated


@pytest.mark.django_db
@pytest.mark.parametrize(
    "part", range(PARTS), ids=lambda part: f"{EACH} interleavings, part {part + 1} of {PARTS}"
)
def test_no_words_are_lost_written_over_or_let_out(newsroom, part):
    """Whoever does what in whatever order, and whatever the network swallows: newsroom and model agree."""
    machine = seed(part)(isolated(newsroom))
    profile = settings(
        max_examples=EACH,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=profile)
    assert machine.count >= EACH
