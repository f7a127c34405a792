"""The budget of readers' pages: bytes over the line and requests."""

from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from newsroom import weight
from newsroom.weight import Weight, for_phone, goals, weigh
from tests.factories import AuthorFactory, SectionFactory, published

LONG = "".join(
    f"<p>Boats {n} stayed in port on day {n * 7}, for the tide was {n * 13} cm high.</p>" for n in range(40)
)


def packed_by(client):
    """fetch() of a site without a server: packed as the page cache and the static files are."""

    def fetch(path):
        if path.startswith("/static/"):
            body = Path(finders.find(path.removeprefix("/static/"))).read_bytes()
        else:
            body = client.get(path).content
        return len(brotli.compress(body, quality=5)), body

    return fetch


@pytest.mark.django_db
@pytest.mark.any_database
def test_pages_keep_to_the_budget(client):
    """A busy page of each kind, without a picture: the same figures as make weight, but for the demo's own texts."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    author = AuthorFactory(biography="Writes about boats. " * 20)
    for number in range(25):
        published(
            at=timezone.now() - timedelta(hours=number + 1),
            headline=f"Something happened in the harbour for the {number}th time",
            standfirst=f"It was {number} degrees, and the boats stayed in port for another {number} hours.",
            section=harbour,
            authors=[author],
            tags=["Boats", f"Tag {number}"],
            body=LONG,
        )
    weights = [weigh(name, path, packed_by(client)) for name, path in weight.wanted()]
    assert {"front page", "News Feed", "story in words", "tag", "lite story"} <= {one.name for one in weights}
    missed = [goal for met, goal in goals(weights, []) if not met]
    assert missed == []
    assert all(one.html > 500 for one in weights)


def test_what_is_over_the_budget_is_named():
    """Each part of it by itself."""
    fine = [Weight("story in words", 10_000, 9_000, 4_000, 3), Weight("lite story", 5_000)]
    assert all(met for met, _goal in goals(fine, [59_000]))
    heavy = [Weight("story in words", 10_000, 16_001, 4_001, 4), Weight("lite story", 20_000)]
    assert [met for met, _goal in goals(heavy, [60_001])] == [False] * 5


def test_what_a_page_asks_for_at_once():
    """Its sheet, its script with what that imports, and the picture that does not wait."""
    files = {
        "/": '<link rel="stylesheet" href="/a.css"><script type="module" src="/a.js"></script>'
        '<script type="application/ld+json">{}</script>'
        '<picture><source type="image/avif" srcset="/s.avif 480w, /m.avif 800w, /l.avif 1600w" sizes="92vw">'
        '<img src="/a.jpg"></picture>'
        '<picture><source type="image/avif" srcset="/n.avif 480w" sizes="6rem">'
        '<img src="/b.jpg" loading="lazy"></picture>',
        "/a.css": "p{}",
        "/a.js": 'import { b } from "/b.js"\n',
        "/b.js": "export const b = 1",
        "/m.avif": "12345",
    }
    found = weigh("front", "/", lambda path: (len(files[path]), files[path].encode()))
    assert (found.css, found.requests, found.pictures) == (3, 4, [5])
    assert found.script == len(files["/a.js"]) + len(files["/b.js"])


def test_a_phone_takes_the_smallest_that_has_its_dots():
    """For the place the picture has on a narrow screen; or the largest there is."""
    offered = "/s 200w, /l 1600w, /m 720w"
    assert for_phone(offered, "(min-width: 40rem) 11rem, 92vw") == "/m"
    assert for_phone(offered, "92.4vw") == "/l"
    assert for_phone(offered, "6rem") == for_phone(offered, "100px") == "/s"
    assert for_phone("/s 480w", "92vw") == "/s"
