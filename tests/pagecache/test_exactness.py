"""After each edit the copies that are dropped are those whose bytes have changed: none is missed, none too many.

A small newsroom is edited step by step. Before and after each step every public address is asked past the cache; what
the cache gives must be the same bytes, under the same ETag where they have not changed. Some pages are made anew for
that although they come out the same: how many is counted, because it is work for nothing.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler

from articles import arranging, workflow
from articles.models import Article, PublishedVersion, Section, Tag
from articles.models import Paper as Look
from articles.stream import PAGE_SIZE
from authors.models import Author
from images.models import Image
from log import write as write_log
from tests.articles.arrangements import arrange, save
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, figure, related_card
from tests.images.pictures import make_picture
from tests.pagecache.visits import visit

START = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
#: Pages made anew that came out the same, for each that had to be made. A new version has a new row, and a library
#: picture's row holds words that a small card does not print.
MOST_FOR_NOTHING = 0.35


class Paper:
    """The newsroom, and the edits that are tried on it in this order."""

    def __init__(self, clock):
        self.clock = clock
        self.feed = SectionFactory(in_news_feed=True)
        self.harbour = SectionFactory(name="Harbour", slug="harbour", in_news_feed=True)
        self.culture = SectionFactory(name="Culture", slug="culture", in_news_feed=False)
        self.lead = make_picture(caption="The lead", credit="Ana Example")
        self.inline = make_picture(caption="Inline", credit="Bo Example")
        self.portrait = make_picture(caption="", credit="Cy Example")
        self.ines = AuthorFactory(name="Ines Calder", slug="ines-calder", portrait=self.portrait)
        self.mira = AuthorFactory(name="Mira Holt", slug="mira-holt")
        for number in range(PAGE_SIZE + 3):
            self.new(f"Older {number}", f"older-{number}", section=self.harbour)
        self.new("Straight to the feed", "straight", section=self.feed)
        self.new("A gallery opens", "gallery", section=self.culture, authors=[self.mira], tags=["Art"])
        self.new("A second gallery", "second-gallery", section=self.culture, authors=[self.mira])
        self.quoted = self.new("Ferries run late", "ferries", section=self.harbour, tags=["Ferries", "Rain"])
        body = f"<p>It rained.</p>{figure(self.inline)}{related_card(self.quoted)}<p>It stopped.</p>"
        self.main = self.new(
            "It rained in the harbour", "rain", section=self.harbour, body=body, lead_image=self.lead,
            tags=["Rain"], authors=[self.ines, self.mira],
        )  # fmt: skip

    def new(self, headline, slug, **fields):
        fields.setdefault("authors", [self.ines])
        article = ArticleFactory(headline=headline, slug=slug, **fields)
        workflow.publish(article=article, by=None)
        self.clock.shift(MINUTE)
        return article

    def changed(self, story, kind="typo", correction="", bylines=None, tags=None, **fields):
        article = Article.objects.get(pk=story.pk)
        for name, value in fields.items():
            setattr(article, name, value)
        workflow.save(article=article, by=None, bylines=bylines, tags=tags)
        workflow.publish(article=article, by=None, kind=kind, correction=correction)

    def fresh(self, story):
        return Article.objects.get(pk=story.pk)

    # --- Edits ------------------------------------------------------------------------------------------

    def a_headline(self):
        self.changed(self.main, headline="It poured in the harbour")

    def the_body(self):
        self.changed(self.main, body=self.fresh(self.main).body.replace("rained", "poured"))

    def a_standfirst(self):
        self.changed(self.main, standfirst="In short: rain.")

    def a_story_off_every_list(self):
        self.changed(Article.objects.get(slug="older-1"), body="<p>Other words in the archive.</p>" * 3)

    def an_editors_note(self):
        self.changed(self.quoted, editors_note="This is an opinion.")

    def the_search_engine_title(self):
        self.changed(self.main, seo_title="Rain")

    def the_address_of_the_original(self):
        self.changed(self.main, canonical_url="https://first.example/rain")

    def a_byline(self):
        self.changed(self.main, bylines=[(self.mira, ""), (self.ines, "")])

    def a_byline_less(self):
        self.changed(self.main, bylines=[(self.ines, "")])

    def the_tags(self):
        self.changed(self.main, tags=["Rain", "Storm"])

    def the_section(self):
        self.changed(self.quoted, section=self.culture)

    def an_update(self):
        self.changed(self.main, kind="update", body=self.fresh(self.main).body + "<p>More.</p>")

    def a_correction(self):
        self.changed(self.main, kind="correction", correction="It rained on Monday.")

    def a_language(self):
        self.changed(self.quoted, language="uk")

    def a_translation(self):
        self.changed(Article.objects.get(slug="gallery"), language="pl", translation_of=self.fresh(self.main))

    def a_pick_for_read_more(self):
        self.changed(self.main, read_more=[Article.objects.get(slug="gallery").pk])

    def the_lead_picture(self):
        self.changed(self.main, lead_image=self.inline)

    def the_wording_of_the_lead(self):
        self.changed(self.main, lead_caption="Here only", lead_credit="Di Example")

    def an_address(self):
        self.changed(self.quoted, slug="ferries-late")

    def a_new_story(self):
        self.new("Fresh fish", "fish", section=self.harbour)

    def a_new_story_outside_the_feed(self):
        self.new("A new play", "play", section=self.culture, authors=[self.mira])

    def a_schedule(self):
        article = ArticleFactory(headline="Tomorrow", slug="tomorrow", section=self.feed, authors=[self.ines])
        workflow.schedule(article=article, at=self.clock_now() + 30 * MINUTE, by=None)

    def its_moment(self):
        self.clock.shift(60 * MINUTE)

    def a_cancelled_schedule(self):
        article = ArticleFactory(headline="Never", slug="never", section=self.feed, authors=[self.ines])
        workflow.schedule(article=article, at=self.clock_now() + 30 * MINUTE, by=None)
        workflow.cancel_schedule(article=article, by=None)

    def an_end_that_is_set(self):
        workflow.expire(article=Article.objects.get(slug="fish"), at=self.clock_now() + 30 * MINUTE, by=None)

    def an_end_that_comes(self):
        self.clock.shift(60 * MINUTE)

    def a_withdrawal(self):
        workflow.withdraw(article=Article.objects.get(slug="play"), by=None, reason="It was wrong.")

    def a_withdrawal_with_a_successor(self):
        gone = Article.objects.get(slug="second-gallery")
        workflow.withdraw(
            article=gone, by=None, reason="Twice", successor=Article.objects.get(slug="gallery")
        )

    def an_authors_name(self):
        self.ines.name = "Ines Calder-Holt"
        self.ines.save()

    def a_biography(self):
        Author.objects.filter(pk=self.mira.pk).update(biography="Writes about plays.")

    def a_link_of_an_author(self):
        self.mira.links.create(label="Elsewhere", url="https://example.org/")

    def a_portrait(self):
        self.mira.portrait = self.portrait
        self.mira.save()

    def a_tag_renamed(self):
        Tag.objects.filter(name="Rain").update(name="Showers")

    def a_section_renamed(self):
        Section.objects.filter(pk=self.culture.pk).update(name="Arts")

    def a_description_of_a_section(self):
        Section.objects.filter(pk=self.harbour.pk).update(description="All about boats.")

    def a_section_out_of_the_feed(self):
        Section.objects.filter(pk=self.harbour.pk).update(in_news_feed=False)

    def a_caption_in_the_library(self):
        Image.objects.filter(pk=self.inline.pk).update(caption="Inline, in other words")

    def a_credit_in_the_library(self):
        Image.objects.filter(pk=self.portrait.pk).update(credit="Ed Example")

    def a_picture_with_new_files(self):
        sources = Image.objects.get(pk=self.inline.pk).sources
        sources["full"] = {**sources["full"], "jpeg": [[99, "renditions/00/new.jpg"]]}
        Image.objects.filter(pk=self.inline.pk).update(sources=sources)

    def a_picture_nobody_may_use(self):
        Image.objects.filter(pk=self.inline.pk).update(restriction=Image.Restriction.DO_NOT_USE)

    def rights_that_end_later(self):
        Image.objects.filter(pk=self.portrait.pk).update(not_after=self.clock_now() + 30 * MINUTE)

    def rights_that_have_ended(self):
        self.clock.shift(60 * MINUTE)

    def an_arrangement(self):
        arrange(lead=[self.quoted, self.main], top=[Article.objects.get(slug="older-3")])

    def a_pinned_story_withdrawn(self):
        workflow.withdraw(article=Article.objects.get(slug="older-3"), by=None, reason="It was wrong.")

    def a_sections_arrangement(self):
        arrange(section=self.harbour, top=[Article.objects.get(slug="older-12")])

    def a_bar(self):
        end = self.clock_now() + 90 * MINUTE
        arrange(lead=[self.main], breaking=[self.quoted], breaking_words="Late", breaking_until=end)

    def the_end_of_the_bar(self):
        self.clock.shift(120 * MINUTE)

    def a_save_of_an_arrangement(self):
        save(lead=[self.quoted])

    def a_scheduled_arrangement(self):
        arranging.schedule(at=self.clock_now() + 30 * MINUTE, by=None)

    def the_moment_of_the_arrangement(self):
        self.clock.shift(60 * MINUTE)

    def an_arrangement_put_back(self):
        arranging.put_back(by=None)

    def the_look_of_the_paper(self):
        Look(name="The Quay", accent="#003366").save()

    def a_save_on_the_desk(self):
        article = self.fresh(self.main)
        article.headline = "Not for readers"
        workflow.save(article=article, by=None, tags=["Secret"])

    def a_picture_nobody_uses(self):
        make_picture(caption="Unused")

    def an_author_nobody_knows(self):
        AuthorFactory(name="Nobody Yet")

    def a_line_in_the_log(self):
        write_log("export", by=None)

    def a_word_of_a_past_version(self):
        past = PublishedVersion.objects.filter(article=self.main, visible_until__isnull=False)
        past.update(word_count=3)

    def clock_now(self):
        return datetime.now(UTC)


EDITS = [name for name in vars(Paper) if name.split("_")[0] in ("a", "an", "the", "its", "rights")]


def addresses():
    """Every public address there is or was, and the second pages of lists."""
    found = ["/", "/news-feed/", "/rss/", "/corrections/", "/corrections/rss/", "/robots.txt", "/nothing/"]
    found += ["/news-feed/new.json", "/archive/", "/archive/2031/05/", "/archive/2031/06/"]
    found += ["/news-sitemap.xml", "/atom/", "/feed.json", "/corrections/atom/"]
    found += [
        "/lite/",
        "/lite/news-feed/",
        "/lite/section/harbour/",
        "/lite/tag/rain/",
        "/lite/author/ines-calder/",
    ]
    found += ["/lite/rain/", "/lite/ferries/", "/lite/ferries-late/", "/lite/play/"]
    found += ["/sitemap.xml", "/sitemap-stories.xml", "/sitemap-sections.xml", "/sitemap-authors.xml"]
    parts = [*Section.objects.all(), *Author.objects.all(), *Tag.objects.all()]
    found += [part.get_absolute_url() for part in parts]
    found += ["/section/harbour/rss/", "/author/ines-calder/rss/", "/tag/rain/rss/"]
    slugs = PublishedVersion.objects.exclude(slug__startswith="older-").values_list("slug", flat=True)
    return found + [f"/{slug}/" for slug in [*slugs.distinct(), "older-1", "older-20", "tomorrow", "never"]]


@pytest.mark.any_database
def test_what_is_dropped_is_what_has_changed(cache):
    """At each of more than forty kinds of edits, over all addresses there are."""
    site = WSGIHandler()

    def past_the_cache(path):
        return visit(site, path).body

    with time_machine.travel(START, tick=False) as clock:
        paper = Paper(clock)
        second_pages = []
        for path in ("/news-feed/", "/section/harbour/", paper.ines.get_absolute_url()):
            cursor = visit(site, path).text.split("?before=")[1].split('"')[0]
            second_pages.append(f"{path}?before={cursor}")
        was, etags = {}, {}

        def look(path):
            page, was[path] = visit(cache, path), past_the_cache(path)
            etags[path] = page.headers["ETag"]
            return page

        for path in {*addresses(), *second_pages}:
            look(path)
        changed, dropped, missed, for_nothing = set(), set(), set(), set()
        for edit in EDITS:
            getattr(paper, edit)()
            clock.shift(MINUTE)
            for path in {*addresses(), *second_pages} - was.keys():  # new: nobody asked before
                look(path)
            for path in sorted(was):
                bytes_before, etag_before = was[path], etags[path]
                page = look(path)
                if page.body != was[path]:
                    missed.add((edit, path))
                if was[path] != bytes_before:
                    changed.add((edit, path))
                elif page.was_made:
                    for_nothing.add((edit, path))
                if etags[path] != etag_before:
                    dropped.add((edit, path))
    assert len(EDITS) >= 40
    assert missed == set()
    assert dropped == changed
    assert len(changed) > 200
    print(f"{len(changed)} pages changed, {len(for_nothing)} were made anew and came out the same")
    assert len(for_nothing) <= MOST_FOR_NOTHING * len(changed), for_nothing
