"""The demo newsroom is a paper: enough stories, in every state, whole, and pointing at each other."""

import re
from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Correction, PublishedVersion, Section
from articles.rendering import TEXT_BLOCKS, references, text_sections
from authors.models import Author
from images.models import Image
from images.recording import Recording
from newsroom.demo.load import load
from newsroom.demo.stories import read_offset, read_stories


@pytest.mark.any_database
class TestDemo(TestCase):
    """Loaded once, with small pictures."""

    @classmethod
    def setUpTestData(cls):
        cls.accounts = load(picture_width=320)
        cls.now = timezone.now()
        cls.live = list(PublishedVersion.objects.live(cls.now))

    def test_there_is_enough_to_read(self):
        """About sixty stories in five sections by eight authors, a third of them long, with thirty pictures."""
        assert len(self.live) >= 60
        assert Section.objects.count() == 5
        assert Author.objects.exclude(portrait=None).exclude(biography="").count() == 8
        assert Image.objects.filter(portrait_of=None).count() == 30
        long = [story for story in self.live if 600 <= story.word_count <= 1400]
        short = [story for story in self.live if 110 <= story.word_count <= 310]
        assert len(long) >= 20
        assert len(long) + len(short) == len(self.live)

    def test_every_picture_has_its_words(self):
        for image in Image.objects.all():
            assert image.alt_text and image.caption and image.credit, image.title

    def test_there_is_a_gallery_two_pictures_side_by_side_and_a_stand_in_for_each_section(self):
        kinds = [block.kind for story in self.live for block in references(story.body) if block.figures]
        assert sorted(kinds) == ["gallery", "side-by-side"]
        assert not Section.objects.filter(stand_in=None).exists()
        assert {block.kind for story in self.live for block in text_sections(story.body)} == set(TEXT_BLOCKS)

    def test_a_story_has_a_recording_whose_words_can_be_read(self):
        """Heard in the page, and read by those who do not hear it."""
        recording = Recording.objects.get()
        story = next(story for story in self.live if 'data-block="recording"' in story.body)
        page = self.client.get(story.get_absolute_url()).text
        assert recording.seconds == 27
        assert f'src="{recording.file.url}"' in page
        assert "Attention, please. This is Westmark Ferries. The Kittiwake is sailing again" in page

    def test_every_state_of_a_story_is_there(self):
        versions = PublishedVersion.objects
        assert Correction.objects.filter(version__in=versions.live(self.now)).count() == 1
        assert versions.filter(visible_from__gt=self.now, kind_of_change="update").count() == 1
        assert versions.filter(visible_from__gt=self.now, kind_of_change="first").count() == 1
        assert versions.filter(withdrawal__isnull=False).count() == 1
        unpublished = Article.objects.filter(versions=None)
        assert {article.state for article in unpublished} == {"draft", "in_review", "ready"}

    def test_every_address_answers_and_nothing_is_left_to_fill_in(self):
        """Each page is read; every link and card in a text leads to a story that is there."""
        addresses = ["/", "/news-feed/", "/rss/", "/sitemap.xml"]
        addresses += [
            part.get_absolute_url() for part in [*Section.objects.all(), *Author.objects.all(), *self.live]
        ]
        known = set(addresses)
        for address in addresses:
            answer = self.client.get(address)
            assert answer.status_code == 200, address
            assert not re.search(r"\{(weekday|date)", answer.text), address
        for story in self.live:
            assert set(re.findall(r'href="(/[^"]*)"', story.body)) <= known, story.slug
            shown = self.client.get(story.get_absolute_url()).text
            cards = re.findall(r'data-block="related-card" data-id="(\d+)"', story.body)
            for card in PublishedVersion.objects.live(self.now).filter(article_id__in=cards):
                assert shown.count(f'href="{card.get_absolute_url()}"') >= 1, (story.slug, card.slug)

    def test_an_editor_arranged_the_front_page(self):
        """A lead with two beside it, two top places, a bar; all of it is on the site."""
        page = self.client.get("/").context
        assert (page["lead"].slug, len(page["companions"])) == ("swing-bridge-pivot-ring-cracks", 2)
        assert page["breaking"].slug == "storm-warning-amber"
        assert [story.slug for story in page["top"]][:2] == ["lantern-night-thirty", "ropeworks-first-keys"]

    def test_the_withdrawn_story_says_why(self):
        answer = self.client.get("/ferry-fire-report/")
        assert answer.status_code == 410
        self.assertContains(answer, "crew drill", status_code=410)

    def test_the_accounts_sign_in(self):
        assert [account["role"] for account in self.accounts] == [
            "Chief",
            "Editor",
            "Reporter",
            "Picture desk",
        ]
        for account in self.accounts:
            assert self.client.login(username=account["username"], password=account["password"])


def test_story_files_are_read_in_the_order_of_time():
    stories = read_stories()
    assert [story.published for story in stories if not story.scheduled] == sorted(
        story.published for story in stories if not story.scheduled
    )


def test_an_offset_is_read_in_days_hours_and_minutes():
    assert read_offset("-3d 4h 10m") == -timedelta(days=3, hours=4, minutes=10)
    assert read_offset("+6h") == timedelta(hours=6)
    assert read_offset("-1d 9h") == -timedelta(days=1, hours=9)
