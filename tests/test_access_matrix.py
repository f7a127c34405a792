"""Every address of the desk, asked as every role with GET and POST, gives what docs/access.md says and nothing else."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

import log
from articles import workflow
from articles.models import Tag
from images.models import Recording
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory
from tests.images.pictures import make_picture

TABLE = Path(__file__).parent.parent / "docs" / "access.md"
ROLES = ["stranger", "no role", "own", "other", "editor", "pictures", "profiles", "chief", "super"]
GROUPS = {
    "own": "Reporter",
    "other": "Reporter",
    "editor": "Editor",
    "pictures": "Picture desk",
    "profiles": "Profile keeper",
    "chief": "Chief",
}
SIGNS = {200: "+", 201: "+", 302: ">", 400: "!", 403: "·", 404: "?", 405: "m"}
ROW = re.compile(r"^\| `(GET|POST) ([^`]*)` \|(.*)\|$", re.M)


def desk_addresses():
    """The address patterns below /admin/, as one reads them: <id> for whatever stands there."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield plain(route)

    return sorted(
        {address for address in walk(get_resolver().url_patterns, "/") if address.startswith("/admin/")}
    )


def plain(route):
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route).replace("^", "").replace("$", "")


def rows():
    return {
        (method, address): dict(zip(ROLES, [cell.strip() for cell in cells.split("|")], strict=True))
        for method, address, cells in ROW.findall(TABLE.read_text(encoding="utf-8"))
    }


def test_every_address_has_its_rows_and_every_row_its_address():
    """A new page is in the table before it is on a site; one that is gone leaves it."""
    asked = {(method, address) for address in desk_addresses() for method in ("GET", "POST")}
    assert sorted(asked - rows().keys()) == []
    assert sorted(rows().keys() - asked) == []


@pytest.fixture
def world(person, db):
    return one_of_everything(person)


def one_of_everything(person):
    """One of everything that has an address, and somebody in each role; `person` is the fixture."""
    cache.clear()
    people = {role: person() for role in ROLES[1:]}
    for role, group in GROUPS.items():
        people[role].groups.add(Group.objects.get(name=group))
    people["super"].is_superuser = True
    people["super"].save()
    author = AuthorFactory(user=people["own"])
    story = ArticleFactory(authors=[author])
    kept = workflow.save(article=story, by=people["editor"])
    story.refresh_from_db()
    other = person()
    picture, tag = make_picture(), Tag.objects.create(name="Harbour", slug="harbour")
    entry = log.write("story.published", subject=story)
    return SimpleNamespace(
        people=people,
        author=author,
        story=story,
        revision=kept,
        picture=picture,
        recording=Recording.objects.create(title="Foghorn", is_film=False, seconds=5, bytes=9),
        tag=tag,
        user=other,
        entry=entry,
        arranged=SectionFactory(name="Harbour", slug="harbour"),
    )


def address_in(world, address):
    """The pattern with the numbers of things that exist."""
    of = {
        "articles/article": world.story,
        "articles/section": world.story.section,
        "articles/tag": world.tag,
        "authors/author": world.author,
        "images/image": world.picture,
        "images/recording": world.recording,
        "auth/user": world.user,
        "auth/group": Group.objects.get(name="Reporter"),
        "log/entry": world.entry,
    }
    thing = next((thing.pk for model, thing in of.items() if f"/{model}/" in address), 1)
    values = {
        "revision_pk": world.revision.pk,
        "content_type_id": ContentType.objects.get_for_model(world.author).pk,
        "app_label": "articles",
        "url": "nothing-here",
        "kind": "csv",
        "slug": world.arranged.slug,
        "uidb36": "1",
        "key": "set-password",
    }
    if address.startswith("/admin/r/"):
        thing = world.author.pk
    if address == "/admin/autocomplete/":
        return f"{address}?app_label=articles&model_name=byline&field_name=author&term="
    return re.sub(r"<(\w+)>", lambda found: str(values.get(found[1], thing)), address)


def answer(client, method, url):
    """The sign of an answer. What was written is taken back, so that each asks the same world."""
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return SIGNS.get(response.status_code, str(response.status_code))


def found_in(world):
    """{(method, address): {role: sign}}, as the site answers."""
    found = {}
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if role != "stranger":
            client.force_login(world.people[role])
        for address in desk_addresses():
            for method in ("GET", "POST"):
                url = address_in(world, address)
                if role == "stranger" or "logout" not in address:
                    found.setdefault((method, address), {})[role] = answer(client, method, url)
                else:
                    visitor = Client(raise_request_exception=False)
                    visitor.force_login(world.people[role])
                    found.setdefault((method, address), {})[role] = answer(visitor, method, url)
    return found


def as_table(found):
    """The rows of docs/access.md."""
    head = f"| address | {' | '.join(ROLES)} |\n|---|{'---|' * len(ROLES)}\n"
    return head + "".join(
        f"| `{method} {address}` | {' | '.join(signs[role] for role in ROLES)} |\n"
        for (method, address), signs in sorted(found.items(), key=lambda row: (row[0][1], row[0][0]))
    )


@pytest.mark.any_database
def test_each_role_gets_what_the_table_says(world):
    """A difference names the address, the role, what the table says and what the site does."""
    assert LogEntry.objects.count() == 0
    table = rows()
    found = found_in(world)
    different = [
        f"{method} {address} as {role}: the table says {table.get((method, address), {}).get(role)}, the site {sign}"
        for (method, address), signs in found.items()
        for role, sign in signs.items()
        if (table.get((method, address)) or {}).get(role) != sign
    ]
    assert different == [], "\n".join(different) + "\n\nThe site as a table:\n" + as_table(found)
