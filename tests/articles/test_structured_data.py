"""What pages tell machines about themselves."""

import json
import re

import pytest

from articles import workflow
from articles.models import Correction, Paper
from tests.articles.stories import HOUR, NOON, republish, story
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, published

pytestmark = pytest.mark.django_db


def blocks(client, address):
    """{type: block} of a page."""
    page = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = [json.loads(text) for text in found]
    assert all(block.pop("@context") == "https://schema.org" for block in told)
    return {str(block["@type"]): block for block in told}


def test_a_story_tells_who_what_when_and_with_which_pictures(client, settings, time_machine):
    """Everything that the page shows and a machine could ask for; nothing that it does not show."""
    time_machine.move_to(NOON, tick=False)
    settings.SITE_NAME = "The Lantern"
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn", role="Harbour Reporter")
    samir = AuthorFactory(name="Samir Aldane", slug="samir", role="")
    inline = ImageFactory()
    article = ArticleFactory(
        headline="Ferry late",
        slug="ferry-late",
        standfirst="By two hours.",
        section=SectionFactory(name="Harbour", slug="harbour"),
        tags=["Ferries", "Rain"],
        body=f"<p>It was late again.</p>{figure(inline, caption='The quay', credit='Bo Example')}",
        lead_image=ImageFactory(caption="The ferry", credit="Arda Example"),
        authors=[mara],
    )
    article.bylines.create(author=samir, role="photography", position=1)
    workflow.publish(article=article, by=None)
    told = blocks(client, "/ferry-late/")
    news, way = told["NewsArticle"], told["BreadcrumbList"]
    lead, second = news.pop("image")
    assert news == {
        "@type": "NewsArticle",
        "mainEntityOfPage": f"{settings.SITE_URL}/ferry-late/",
        "headline": "Ferry late",
        "description": "By two hours.",
        "datePublished": "2026-05-04T12:00:00+00:00",
        "dateModified": "2026-05-04T12:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "name": "Mara Venn",
                "url": f"{settings.SITE_URL}/author/mara-venn/",
                "jobTitle": "Harbour Reporter",
            }
        ],
        "contributor": [
            {
                "@type": "Role",
                "roleName": "photography",
                "contributor": {
                    "@type": "Person",
                    "name": "Samir Aldane",
                    "url": f"{settings.SITE_URL}/author/samir/",
                },
            }
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "The Lantern",
            "url": f"{settings.SITE_URL}/",
            "logo": {
                "@type": "ImageObject",
                "url": f"{settings.SITE_URL}/static/img/logo.png",
                "width": 512,
                "height": 512,
            },
        },
        "articleSection": "Harbour",
        "keywords": ["Ferries", "Rain"],
        "wordCount": 4,
        "timeRequired": "PT1M",
        "inLanguage": "en-gb",
        "isAccessibleForFree": True,
    }
    assert (lead["caption"], lead["creditText"]) == ("The ferry", "Arda Example")
    assert (second["caption"], second["creditText"]) == ("The quay", "Bo Example")
    assert lead["url"].startswith(f"{settings.SITE_URL}/uploads/renditions/")
    assert [(step["position"], step["name"], step.get("item")) for step in way["itemListElement"]] == [
        (1, "The Lantern", f"{settings.SITE_URL}/"),
        (2, "Harbour", f"{settings.SITE_URL}/section/harbour/"),
        (3, "Ferry late", None),
    ]


def test_only_what_readers_are_told_of_moves_the_time_of_change(client, time_machine):
    """A typo does not; a correction does, and is told with its text, its time and its place on the page."""
    time_machine.move_to(NOON, tick=False)
    article = story(slug="ferry-late")
    time_machine.move_to(NOON + HOUR, tick=False)
    republish(article, standfirst="Two hours late")
    before = blocks(client, "/ferry-late/")["NewsArticle"]
    assert before["dateModified"] == before["datePublished"]
    assert "correction" not in before
    time_machine.move_to(NOON + 2 * HOUR, tick=False)
    workflow.publish(article=article, by=None, kind="correction", correction="It was three hours.")
    after = blocks(client, "/ferry-late/")["NewsArticle"]
    assert after["datePublished"] == before["datePublished"]
    assert after["dateModified"] == "2026-05-04T14:00:00+00:00"
    [note] = after["correction"]
    assert (note["@type"], note["text"]) == ("CorrectionComment", "It was three hours.")
    assert note["datePublished"] == after["dateModified"]
    assert note["url"].endswith(f"/ferry-late/#correction-{Correction.objects.get().pk}")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("opinion", ["NewsArticle", "OpinionNewsArticle"]),
        ("analysis", ["NewsArticle", "AnalysisNewsArticle"]),
        ("interview", "NewsArticle"),
    ],
)
def test_opinion_is_not_told_as_plain_news(client, kind, told):
    """As on the page. An interview has no word of its own there."""
    published(kind=kind, slug="ferry-late")
    assert str(told) in blocks(client, "/ferry-late/")


def test_no_word_of_a_story_ends_the_block(client):
    """A headline is data, whatever it looks like."""
    headline = "</script><script>alert(1)</script> & <!-- \u2028 \\"
    published(headline=headline, slug="ferry-late", standfirst="<!--<script>")
    page = client.get("/ferry-late/").content.decode()
    assert page.count("<script>") == 0
    assert blocks(client, "/ferry-late/")["NewsArticle"]["headline"] == headline


def test_an_author_the_lists_and_the_site(client, settings):
    """A profile with its person, a list with the way to it, the site with its search."""
    author = AuthorFactory(name="Mara Venn", slug="mara-venn", biography="Writes.", portrait=ImageFactory())
    author.links.create(label="Mastodon", url="https://social.example/@mara")
    section = SectionFactory(name="Harbour", slug="harbour", description="Boats.")
    published(slug="ferry-late", authors=[author], section=section, tags=["Ferries"])
    person = blocks(client, "/author/mara-venn/")["ProfilePage"]["mainEntity"]
    assert (person["name"], person["jobTitle"], person["description"]) == ("Mara Venn", "Reporter", "Writes.")
    assert person["sameAs"] == ["https://social.example/@mara"]
    assert person["image"]["creditText"] == "Arda Example/Agency"
    for address, name in [("/section/harbour/", "Harbour"), ("/tag/ferries/", "Ferries")]:
        told = blocks(client, address)
        assert told["CollectionPage"]["name"] == name
        assert told["BreadcrumbList"]["itemListElement"][-1]["item"] == settings.SITE_URL + address
    site = blocks(client, "/")["WebSite"]
    assert (
        site["potentialAction"]["target"]["urlTemplate"]
        == f"{settings.SITE_URL}/search/?q={{search_term_string}}"
    )


def shared(client, address):
    """{property: content} of what other sites are told of a page, lists of those that are told twice."""
    page = client.get(address).content.decode()
    found = {}
    for name, content in re.findall(
        r'<meta (?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)">', page
    ):
        found.setdefault(name, []).append(content)
    return {name: contents[0] if len(contents) == 1 else contents for name, contents in found.items()}


def test_a_shared_link_shows_the_story_and_who_wrote_it(client, settings, time_machine):
    """With its lead picture large; the paper's own picture beside the words where there is none."""
    time_machine.move_to(NOON, tick=False)
    authors = [AuthorFactory(slug="mara-venn"), AuthorFactory(slug="samir")]
    harbour = SectionFactory(name="Harbour", slug="harbour")
    published(slug="ferry-late", lead_image=ImageFactory(), section=harbour, authors=authors, tags=["Rain"])
    told = shared(client, "/ferry-late/")
    assert (told["og:type"], told["og:locale"], told["twitter:card"]) == (
        "article",
        "en_GB",
        "summary_large_image",
    )
    assert told["article:published_time"] == told["article:modified_time"] == "2026-05-04T12:00:00+00:00"
    assert told["article:author"] == [
        f"{settings.SITE_URL}/author/{slug}/" for slug in ("mara-venn", "samir")
    ]
    assert (told["article:section"], told["article:tag"]) == ("Harbour", "Rain")
    assert told["og:image:alt"] == "A harbour at dusk"
    published(slug="words-alone", section=harbour)
    for address in (
        "/words-alone/",
        "/section/harbour/",
        "/tag/rain/",
        "/news-feed/",
        "/archive/",
        "/corrections/",
    ):
        told = shared(client, address)
        assert told["og:image"] == f"{settings.SITE_URL}/static/img/share.jpg", address
        assert told["twitter:card"] == "summary"
        assert told["og:url"] == settings.SITE_URL + address


def test_a_paper_with_a_mark_of_its_own_is_not_shown_under_another(client):
    """Its logo is that mark, and the picture that the paper came with goes."""
    Paper(name="The Courier", mark='<svg viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>').save()
    published(slug="ferry-late")
    publisher = blocks(client, "/ferry-late/")["NewsArticle"]["publisher"]
    assert publisher["name"] == "The Courier"
    assert publisher["logo"]["url"].endswith("/mark.svg")
    assert "og:image" not in shared(client, "/ferry-late/")


@pytest.mark.parametrize(
    "address", ["/news-feed/?before=99999999999999999-9", "/nothing-here/", "/lite/ferry-late/"]
)
def test_pages_that_are_not_for_the_index_tell_nothing(client, address):
    """Later pages of lists, errors, and the twins of pages that tell it themselves."""
    published(slug="ferry-late")
    assert blocks(client, address) == {}
