"""The words of all live stories in small files, for the search of a site of plain files (static/js/static-search.js).

It knows headlines, standfirsts (or first words) and the names of authors, tags and sections: about a tenth of what the
site's own search knows, so that a reader on a slow line loads two or three small files for a search.
"""

import json
from array import array
from collections import defaultdict

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import PublishedVersion, VersionByline, VersionTag
from articles.templatetags.article_tags import MOMENTS
from images.search_words import words_of
from moving.site.files import file_of

#: Stories in one file, by their number.
PER_FILE = 250
BATCH = 500
_FIELDS = (
    "pk",
    "article_id",
    "slug",
    "headline",
    "standfirst",
    "excerpt",
    "section__name",
    "first_published_at",
)


def search_files(at):
    """Yield (name, bytes) of each file, those with stories first."""
    words = defaultdict(lambda: array("Q"))
    stories, number = {}, 0
    yield "search/about.js", _script("about", {"per": PER_FILE})
    for version in _live(at):
        if version["article_id"] // PER_FILE != number:
            if stories:
                yield _stories(number, stories)
            stories, number = {}, version["article_id"] // PER_FILE
        stories[version["article_id"]] = _shown(version)
        headline = set(words_of(version["headline"]))
        text = " ".join(
            [version["standfirst"] or version["excerpt"], version["section__name"], *version["names"]]
        )
        for word in headline.union(words_of(text)):
            words[word].append(2 * version["article_id"] + (word in headline))
    if stories:
        yield _stories(number, stories)
    by_file = defaultdict(dict)
    for word in sorted(words):
        by_file["-".join(f"{ord(sign):x}" for sign in word[:2])][word] = list(words.pop(word))
        # What is done is given away at once: the lists of the longest file are the most that is held twice.
    for name, found in by_file.items():
        yield f"search/words/{name}.js", _script(f"words/{name}", found)


def _live(at):
    """The live versions in the order of their stories, each with the names of its authors and tags."""
    live = PublishedVersion.objects.live(at).order_by("article_id")
    last = 0
    while batch := list(live.filter(article_id__gt=last).values(*_FIELDS)[:BATCH]):
        last = batch[-1]["article_id"]
        names = defaultdict(list)
        ids = [version["pk"] for version in batch]
        authors = VersionByline.objects.filter(version_id__in=ids).values_list("version_id", "author__name")
        tags = VersionTag.objects.filter(content_object_id__in=ids)
        for pk, name in [*authors, *tags.values_list("content_object_id", "tag__name")]:
            names[pk].append(name)
        for version in batch:
            yield version | {"names": names[version["pk"]]}


def _shown(version):
    day = date_format(timezone.localtime(version["first_published_at"]), str(MOMENTS["day"]))
    file = file_of(PublishedVersion(slug=version["slug"]).get_absolute_url())
    excerpt = version["standfirst"] or version["excerpt"]
    return [f"../{file}", version["headline"], day, excerpt, version["section__name"]]


def _stories(number, stories):
    return f"search/stories/{number}.js", _script(f"stories/{number}", stories)


def _script(name, what):
    told = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
    # Two separators are ends of lines to old browsers.
    told = told.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"newsroomSearch({json.dumps(name)},{told});\n".encode()
