"""Stories that say the same in several languages, and how pages point from one to the others.

A translation names the story it was made from (`translation_of`), and all that name the same one belong together. Which
of them readers are led to is asked when a page is made: those that are live at its moment.
"""

from django.conf import settings

from articles.models import PublishedVersion

#: More languages than a page has room for.
MOST = 24


def origin_of(story):
    """The id of the story that the translations of `story` name: its own, or the one it is a translation of."""
    return story.translation_of_id or story.article_id


def in_other_languages(story, others):
    """One of `others` for each language but that of `story`, by their language's code."""
    by_code = {other.language_code: other for other in reversed(others)}
    by_code.pop(story.language_code, None)
    return [by_code[code] for code in sorted(by_code)]


def alternates(story, others):
    """(language for hreflang, story) of a story with translations, itself among them; nothing without any.

    Search engines take only pages that are their own originals, so those of another site are left out.

    The last is x-default, for readers of all other languages: the one in the site's language, or the original.
    """
    others = [other for other in others if not other.canonical_url]
    if not others or story.canonical_url:
        return []
    every = [story, *others]
    first = next((one for one in every if one.article_id == origin_of(story)), story)
    default = next((one for one in every if one.language_code == settings.LANGUAGE_CODE), first)
    return [*((one.language_code, one) for one in every), ("x-default", default)]


def groups_of(stories, at):
    """{origin: the live stories that belong together} of all translated ones among `stories`, in two queries."""
    fields = ["article_id", "slug", "language", "translation_of_id", "canonical_url"]
    live = PublishedVersion.objects.live(at).newest_first().only(*fields)
    groups = {}
    for one in live.filter(translation_of__in={origin_of(story) for story in stories}):
        groups.setdefault(one.translation_of_id, []).append(one)
    for one in live.filter(article_id__in=list(groups)) if groups else []:
        groups[one.article_id].append(one)
    return groups
