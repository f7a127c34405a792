"""How long an archive takes to come in, with how much memory: exports of WordPress and Ghost, two sizes of each."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

#: Stories of each export.
SIZES = (1500, 3000)
#: Goals: stories a second that 30,000 within five minutes need, memory, and what twice as many may cost for each.
RATE, MEGABYTES, GROWTH = 100, 300, 1.3

WORDS = [
    "boats",
    "quay",
    "harbour",
    "council",
    "ferry",
    "rain",
    "bridge",
    "market",
    "school",
    "vote",
    "money",
]
HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><link>https://old.example</link>'
)


@dataclass
class Moved:
    """One import: from where, stories, seconds by the clock and of work, megabytes at most."""

    system: str
    stories: int
    seconds: float
    work: float
    megabytes: float


def measure_moving_in(environment, folder, *, clock):
    """A Moved for each system and each of SIZES, each into a database of its own."""
    environment = {**environment, "VAR_DIR": str(folder)}
    return [_measure(system, size, environment, folder, clock) for system in SYSTEMS for size in SIZES]


def _measure(system, size, environment, folder, clock):
    file = folder / f"{system}-{size}"
    with file.open("w") as out:
        SYSTEMS[system](out, size)
    environment = environment | {"DATABASE_URL": f"sqlite:///{folder}/{system}-{size}.sqlite3"}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)  # noqa: S603 (our own command)
    began = clock()
    command = [*manage, f"import_{system.lower()}", str(file), "-v0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The import ended with {process.returncode}.")
    return Moved(system, size, clock() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def stories(size):
    """(number, moment, headline, paragraphs, author, section, tags) of each story: some 500 words, the rest numbers."""
    dice = random.Random(1)  # noqa: S311 (spreads words, guards nothing)
    for number in range(size):
        at = datetime(2010, 1, 1, 9, tzinfo=UTC) + timedelta(hours=3 * number)
        lines = [" ".join(dice.choices(WORDS, k=70)) for _line in range(7)]
        headline = f"Story {number} {dice.choice(WORDS)}"
        yield number, at, headline, lines, dice.randrange(40), dice.randrange(6), dice.sample(range(200), 3)


def write_wordpress(out, size):
    """An export of WordPress, each story with a link to the one before."""
    out.write(HEAD)
    for number, at, headline, lines, author, section, tags in stories(size):
        text = "\n\n".join([*lines, f'<a href="https://old.example/?p={max(number, 1)}">Before</a>'])
        named = "".join(
            f'<category domain="post_tag" nicename="tag-{tag}">Tag {tag}</category>' for tag in tags
        )
        out.write(
            f"<item><title>{headline}</title><link>https://old.example/{at:%Y/%m}/story-{number}/</link>"
            f"<dc:creator>writer-{author}</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>"
            f"<wp:post_id>{number + 1}</wp:post_id><wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>"
            f"<wp:post_name>story-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
            f'<category domain="category" nicename="section-{section}">Section {section}</category>{named}</item>\n'
        )
    out.write("</channel></rss>")


def write_ghost(out, size):
    """An export of Ghost with the same stories; a story's first tag is its section there."""
    data = {"users": [], "tags": [], "posts": [], "posts_authors": [], "posts_tags": []}
    data["users"] = [{"id": f"u{n}", "name": f"Writer {n}", "slug": f"writer-{n}"} for n in range(40)]
    data["tags"] = [{"id": f"s{n}", "name": f"Section {n}", "slug": f"section-{n}"} for n in range(6)]
    data["tags"] += [{"id": f"t{n}", "name": f"Tag {n}", "slug": f"tag-{n}"} for n in range(200)]
    for number, at, headline, lines, author, section, tags in stories(size):
        link = {
            "type": "link",
            "url": f"__GHOST_URL__/story-{max(number - 1, 0)}/",
            "children": [_text("Before")],
        }
        nodes = [{"type": "paragraph", "children": [words]} for words in [*map(_text, lines), link]]
        written = json.dumps({"root": {"children": nodes}})
        data["posts"].append(
            {"id": f"p{number}", "title": headline, "slug": f"story-{number}", "status": "published", "type": "post",
             "visibility": "public", "published_at": at.isoformat(), "lexical": written}
        )  # fmt: skip
        data["posts_authors"].append({"post_id": f"p{number}", "author_id": f"u{author}", "sort_order": 0})
        data["posts_tags"] += [
            {"post_id": f"p{number}", "tag_id": tag, "sort_order": place}
            for place, tag in enumerate([f"s{section}", *(f"t{tag}" for tag in tags)])
        ]
    json.dump({"db": [{"meta": {"version": "5.82.0"}, "data": data}]}, out)


def _text(words):
    return {"type": "extended-text", "text": words, "format": 0}


#: What the commands are called by, and what writes an export for each.
SYSTEMS = {"WordPress": write_wordpress, "Ghost": write_ghost}


def moving_in_table(rows):
    """Lines with each Moved."""
    yield "an archive comes in   stories  seconds   work s  a second of work       MB"
    for row in rows:
        rate = row.stories / row.work
        seconds = f"{row.seconds:7.1f}  {row.work:7.1f}"
        yield f"{row.system:20}  {row.stories:7,}  {seconds}  {rate:16.0f}  {row.megabytes:7.0f}"


def moving_in_goals(rows):
    """(whether it is met, the goal in words) for each goal."""
    for system in SYSTEMS:
        small, *_others, large = (row for row in rows if row.system == system)
        # What starting takes and the first thousands do not repeat is left out.
        each = (large.work - small.work) / (large.stories - small.stories)
        rate = 1 / each if each > 0 else float("inf")
        yield (
            rate >= RATE,
            f"{system}: {RATE} stories for each second of work, so that 30,000 take five minutes: {rate:.0f}",
        )
        growth = (large.work / large.stories) / (small.work / small.stories)
        yield (
            growth <= GROWTH,
            f"{system}: a story of twice as many at most {GROWTH} times the work: {growth:.2f}",
        )
    most = max(row.megabytes for row in rows)
    yield most < MEGABYTES, f"memory below {MEGABYTES} MB: {most:.0f} MB"
