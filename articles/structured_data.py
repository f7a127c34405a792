"""What pages tell machines about themselves: schema.org words as JSON-LD, data in the page's head that no browser runs.

Each function gives the list of blocks for one kind of page. Values only: nothing here asks the database. What search
engines document for articles, profiles, breadcrumbs and sites is in developers.google.com/search/docs/appearance.
"""

import json

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import rendering
from articles.models import Kind
from articles.site import absolute

#: Kinds of stories that schema.org tells apart; each is a NewsArticle too.
ARTICLES = {Kind.OPINION: "OpinionNewsArticle", Kind.ANALYSIS: "AnalysisNewsArticle"}

#: No "</script" and no "<!--" in what a headline says can end or hide the block.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def of_story(page, paper):
    """A NewsArticle and the way to it, of an articles.pages.StoryPage. `paper` is an articles.look.Look."""
    story = page.story
    address = absolute(story.get_absolute_url())
    kind = ARTICLES.get(story.kind)
    news = {
        "@type": ["NewsArticle", kind] if kind else "NewsArticle",
        "mainEntityOfPage": story.canonical_url or address,
        "headline": story.headline,
        "description": story.description,
        "image": [shown for figure in page.figures if (shown := _picture(figure))],
        "datePublished": _time(story.first_published_at),
        "dateModified": _time(story.changed_at),
        **_people(page.bylines),
        "publisher": _publisher(paper),
        "articleSection": story.section.name,
        "keywords": [tag.name for tag in page.tags],
        "wordCount": story.word_count,
        "timeRequired": f"PT{story.reading_minutes}M",
        "inLanguage": story.language_code,
        "isAccessibleForFree": True,
        "hasPart": [_question(*pair) for pair in rendering.questions(story.body)],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": note.text,
                "datePublished": _time(note.version.visible_from),
                "url": f"{address}#correction-{note.pk}",
            }
            for note in page.corrections
        ],
    }
    way = [_front(paper), (story.section.name, story.section.get_absolute_url()), (story.headline, "")]
    return _blocks(news, _breadcrumbs(way))


def of_author(author, portrait, links):
    """A ProfilePage. `portrait`: images.figures.Figure or None; `links`: their AuthorLinks."""
    person = _person(author) | {
        "description": author.biography,
        "image": portrait and _picture(portrait),
        "email": author.email,
        "sameAs": [link.url for link in links],
    }
    return _blocks({"@type": "ProfilePage", "mainEntity": person})


def of_list(name, path, paper, *, description=""):
    """A CollectionPage and the way to it: the first page of a section, a tag or the News Feed.

    Its stories are not named again: no search engine asks for such a list of news, and readers would pay for it.
    """
    collection = {"@type": "CollectionPage", "name": name, "url": absolute(path), "description": description}
    return _blocks(collection, _breadcrumbs([_front(paper), (name, path)]))


def of_site(paper):
    """The site, who makes it and how to search it: for the front page."""
    template = f"{absolute(reverse('search'))}?q={{search_term_string}}"
    search = {"@type": "SearchAction", "target": {"@type": "EntryPoint", "urlTemplate": template}}
    site = {
        "@type": "WebSite",
        "name": paper.name,
        "url": absolute(reverse("front-page")),
        "description": paper.tagline,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": _publisher(paper),
        "potentialAction": search,
    }
    return _blocks(site)


def _blocks(*nodes):
    """The nodes as text that is safe inside a script element. What is empty is left out."""
    return [_written({"@context": "https://schema.org", **node}) for node in nodes]


def _written(node):
    text = json.dumps(_full(node), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 (every "<", ">" and "&" is escaped)


def _full(value):
    """`value` without what is empty, in all of its parts."""
    if isinstance(value, dict):
        return {name: full for name, part in value.items() if (full := _full(part)) not in ("", None, [])}
    return [_full(part) for part in value] if isinstance(value, list) else value


def _question(asked, answered):
    return {
        "@type": "Question",
        "name": asked,
        "acceptedAnswer": {"@type": "Answer", "text": answered},
    }


def _people(bylines):
    """The authors of a story, and who did something else for it than writing."""
    writers = [row for row in bylines if not row.role]
    others = [row for row in bylines if row.role] if writers else []
    return {
        "author": [_person(row.author) for row in writers or bylines],
        "contributor": [
            {"@type": "Role", "roleName": row.role, "contributor": _person(row.author)} for row in others
        ],
    }


def _person(author):
    return {
        "@type": "Person",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
        "jobTitle": author.role,
    }


def _picture(figure):
    """A picture with its words as one use has them; None while there is no file of it."""
    file = figure.content
    return file and {
        "@type": "ImageObject",
        "url": absolute(file.src),
        "width": file.width,
        "height": file.height,
        "caption": figure.caption,
        "creditText": figure.credit,
    }


def _publisher(paper):
    if paper.mark:
        logo = {"@type": "ImageObject", "url": absolute(paper.icon)}
    else:
        logo = {"@type": "ImageObject", "url": absolute(static("img/logo.png")), "width": 512, "height": 512}
    return {
        "@type": "NewsMediaOrganization",
        "name": paper.name,
        "url": absolute(reverse("front-page")),
        "logo": logo,
    }


def _front(paper):
    return paper.name, reverse("front-page")


def _breadcrumbs(way):
    """The way to a page from the front page: (name, path) of each; the page itself may go without its path."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": path and absolute(path)}
            for place, (name, path) in enumerate(way, 1)
        ],
    }


def _time(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")
