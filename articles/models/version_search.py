"""The index of the readers' search: the words of every published version, written when it is made.

Whether a version is live is asked when somebody searches, so a schedule, a withdrawal or an end need no work here.
Authors, tags, recordings and the section stand in it by number: what they are called, and what is said in a recording
that readers may hear then, is asked in that moment, too.

A word of the headline stands in it three times: as it is, with the sign of what is about, and with that of headlines.
So a search in headlines reads the few rows of those alone. No text has such a sign in a word.

A row's number, its place, begins with the day of the first publication in the newsroom's zone. So both databases have
the rows in the order of the results, and the newest twenty of 100,000 are found without sorting. It is no finer than a
day because the numbers of one day then lie close together, which makes the index a fifth as large as seconds would.
After a change of TIME_ZONE the command rebuild_search puts all rows in their places.
"""

from collections import defaultdict

from django.utils import timezone

from articles import rendering
from images.search_words import words_of
from images.word_index import WordIndex

INDEX = WordIndex("articles_readers_search", "place")
BATCH = 200

#: Signs before the words of a headline, and before those of headline and standfirst.
HEADLINE, ABOUT = "^", "+"
#: Signs before the numbers of authors, tags, sections and recordings. The index knows four, so the last has one twice.
AUTHOR, TAG, SECTION, RECORDING = "@", "#", "/", "@@"

#: A place is the day of the first publication, and in its lower BITS the version's id.
BITS = 30


def place_of(day, pk=0):
    """The place of the version `pk` first published on `day`; without one, where that day begins."""
    return (day.toordinal() << BITS) + pk


def _place(version):
    return place_of(timezone.localdate(version.first_published_at), version.pk)


def index(version):
    """Write one version's words, with its bylines, tags and pictures as the database has them."""
    using = version._state.db or "default"
    INDEX.put(_rows(version._meta.apps, [version], using), using=using)


def index_all(versions, *, using="default"):
    """As `index`, for many versions at once."""
    if versions:
        INDEX.put(_rows(versions[0]._meta.apps, versions, using), using=using)


def forget(version):
    """Leave out a version, before it is deleted or its first publication moves."""
    INDEX.forget([_place(version)], using=version._state.db or "default")


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of versions. `apps`: the registry, or a migration's."""
    versions = apps.get_model("articles", "PublishedVersion").objects.using(using).order_by("pk")
    INDEX.empty(using=using)
    done = last = 0
    while batch := list(versions.filter(pk__gt=last)[:BATCH]):
        INDEX.put(_rows(apps, batch, using), using=using)
        done, last = done + len(batch), batch[-1].pk
    return done


def _rows(apps, versions, using):
    """The rows of these versions, as the index takes them."""
    ids = [version.pk for version in versions]

    def related(model, owner, *fields):
        rows = apps.get_model("articles", model).objects.using(using).filter(**{f"{owner}__in": ids})
        return rows.values_list(f"{owner}_id", *fields)

    numbers, pictures = defaultdict(list), defaultdict(dict)
    for pk, author in related("VersionByline", "version", "author_id"):
        numbers[pk].append(f"{AUTHOR}{author}")
    for pk, tag in related("VersionTag", "content_object", "tag_id"):
        numbers[pk].append(f"{TAG}{tag}")
    for pk, image, *words in related(
        "VersionPicture", "version", "image_id", "image__caption", "image__credit"
    ):
        pictures[pk][image] = words
    for version in versions:
        headline = words_of(version.headline)
        about = {*headline, *words_of(version.standfirst)}
        words = {*about, *words_of(_text(version, pictures[version.pk])), *numbers[version.pk]}
        words |= {ABOUT + word for word in about} | {HEADLINE + word for word in headline}
        words.add(f"{SECTION}{version.section_id}")
        words.update(f"{RECORDING}{pk}" for pk in rendering.recordings(version.body))
        yield _place(version), sorted(words)


def _text(version, pictures):
    """What readers see below the standfirst. `pictures`: {id: (caption, credit)} as the library has them."""
    figures = [*rendering.figures(version.body)]
    uses = [(block.id, block.data.get("caption"), block.data.get("credit")) for block in figures]
    uses.append((version.lead_image_id, version.lead_caption, version.lead_credit))
    said = [version.editors_note, rendering.plain_text(version.body)]
    for image, caption, credit in uses:
        library = pictures.get(image, ("", ""))
        said += [caption or library[0], credit or library[1]]
    blocks = rendering.references(version.body)
    said += [block.data.get("title", "") for block in blocks]
    said += [block.data.get("caption", "") for block in blocks if block.kind == "recording"]
    return "\n".join(said)
