"""How long an archive takes to come in, with how much memory: exports of WordPress, the second twice as large."""

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

HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><link>https://old.example</link>'
)


@dataclass
class Moved:
    """One import: stories, seconds by the clock and of work, megabytes at most."""

    stories: int
    seconds: float
    work: float
    megabytes: float


def measure_moving_in(environment, folder, *, clock):
    """A Moved for each of SIZES, each into a database of its own."""
    return [_measure(size, {**environment, "VAR_DIR": str(folder)}, folder, clock) for size in SIZES]


def _measure(size, environment, folder, clock):
    file = folder / f"export-{size}.xml"
    write_export(file, size)
    environment |= {"DATABASE_URL": f"sqlite:///{folder}/moving-{size}.sqlite3"}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)  # noqa: S603 (our own command)
    began = clock()
    command = [*manage, "import_wordpress", str(file), "-v0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The import ended with {process.returncode}.")
    return Moved(size, clock() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write_export(file, size):
    """An export of `size` stories of some 500 words, with links to each other, tags, categories and authors."""
    dice = random.Random(1)  # noqa: S311 (spreads words, guards nothing)
    words = [
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
    with file.open("w") as out:
        out.write(HEAD)
        for number in range(size):
            at = datetime(2010, 1, 1, 9, tzinfo=UTC) + timedelta(hours=3 * number)
            lines = [" ".join(dice.choices(words, k=70)) for _line in range(7)]
            lines.append(f'<a href="https://old.example/?p={max(number, 1)}">Before</a>')
            text = "\n\n".join(lines)
            tags = "".join(
                f'<category domain="post_tag" nicename="tag-{tag}">Tag {tag}</category>'
                for tag in dice.sample(range(200), 3)
            )
            section = dice.randrange(6)
            out.write(
                f"<item><title>Story {number} {dice.choice(words)}</title><link>https://old.example/{at:%Y/%m}/story-{number}/</link>"
                f"<dc:creator>writer-{dice.randrange(40)}</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>"
                f"<wp:post_id>{number + 1}</wp:post_id><wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>"
                f"<wp:post_name>story-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
                f'<category domain="category" nicename="section-{section}">Section {section}</category>{tags}</item>\n'
            )
        out.write("</channel></rss>")


def moving_in_table(rows):
    """Lines with each Moved."""
    yield "an archive comes in   stories  seconds   work s  a second of work       MB"
    for row in rows:
        rate = row.stories / row.work
        seconds = f"{row.seconds:7.1f}  {row.work:7.1f}"
        yield f"{'WordPress':20}  {row.stories:7,}  {seconds}  {rate:16.0f}  {row.megabytes:7.0f}"


def moving_in_goals(rows):
    """(whether it is met, the goal in words) for each goal."""
    small, large = rows[0], rows[-1]
    # What starting takes and the first thousands do not repeat is left out.
    each = (large.work - small.work) / (large.stories - small.stories)
    rate = 1 / each if each > 0 else float("inf")
    yield (
        rate >= RATE,
        f"{RATE} stories for each second of work, so that 30,000 take five minutes: {rate:.0f}",
    )
    most = max(row.megabytes for row in rows)
    yield most < MEGABYTES, f"memory below {MEGABYTES} MB: {most:.0f} MB"
    growth = (large.work / large.stories) / (small.work / small.stories)
    yield growth <= GROWTH, f"a story of twice as many at most {GROWTH} times the work: {growth:.2f}"
