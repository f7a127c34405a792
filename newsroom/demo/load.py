"""Fills an empty database with the demo newsroom, through the same workflow that the desk uses."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles import arranging, workflow
from articles.models import Article, KindOfChange, PublishedArrangement, Section
from authors.models import Author, AuthorLink
from newsroom.demo.library import add_pictures, add_recordings, picture_words
from newsroom.demo.stories import fill_dates, point, read_stories

AUTHORS = Path(__file__).parent / "authors.json"

SECTIONS = [
    ("news-feed", "News Feed", "Everything that happens in Tidewick, as it happens.", True),
    ("town", "Town", "The Corn Hall, housing, schools, and how people get about.", True),
    ("harbour", "Harbour", "Boats, fish, the Sluice and the sea beyond it.", True),
    ("culture", "Culture", "Stages, studios, books and the Mariners’ Ground.", True),
    ("opinion", "Opinion", "Arguments, signed.", False),
]

#: section -> the picture that stands in for one whose rights have ended
STAND_INS = {
    "news-feed": "harbour-dawn",
    "town": "market-square",
    "harbour": "fish-market",
    "culture": "cinema-regal",
    "opinion": "library-reading-room",
}

#: username, first name, last name, group ("" is the chief, who may do everything), author profile
ACCOUNTS = [
    ("chief", "Mara", "Venn", "", "mara-venn"),
    ("editor", "Ines", "Calder", "Editor", "ines-calder"),
    ("reporter", "Samir", "Aldane", "Reporter", "samir-aldane"),
    ("pictures", "Nilo", "Farrant", "Picture desk", None),
]

STATES = {"draft": Article.State.DRAFT, "in-review": Article.State.IN_REVIEW, "ready": Article.State.READY}


def load(*, picture_width=None, processes=1):
    """Load the whole demo and return its accounts as [{username, password, role}].

    `picture_width` makes smaller pictures, for tests; `processes` bring them in at the same time.
    """
    portraits = {f"portrait-{words['slug']}": _portrait(words) for words in _authors()}
    library = {key: _library(words) for key, words in picture_words().items()}
    pictures = add_pictures(library | portraits, width=picture_width, processes=processes)
    with transaction.atomic():
        return _fill(pictures)


def _fill(pictures):
    sections = {
        slug: Section.objects.create(
            slug=slug,
            name=name,
            description=text,
            in_news_feed=feed,
            stand_in=pictures[STAND_INS[slug]],
            position=place,
        )
        for place, (slug, name, text, feed) in enumerate(SECTIONS)
    }
    authors = {words["slug"]: _add_author(words, pictures) for words in _authors()}
    accounts = [_add_account(authors, *account) for account in ACCOUNTS]
    now = timezone.now()
    _add_stories(now, pictures=pictures, recordings=add_recordings(), sections=sections, authors=authors)
    _tell_what_happened_since(now)
    _arrange_pages(now, sections)
    return accounts


# --- People and pictures ---------------------------------------------------------------------------------


def _authors():
    return json.loads(AUTHORS.read_text(encoding="utf-8"))


def _library(words):
    fields = {name: words[name] for name in ("caption", "credit", "source", "focal_x", "focal_y")}
    return {"alt_text": words["alt"], **fields}


def _portrait(words):
    return {
        "alt_text": words["portrait_alt"],
        "caption": words["name"],
        "credit": "Jonas Wray/Coastline Pictures",
        "focal_y": 0.42,
    }


def _add_author(words, pictures):
    author = Author.objects.create(
        slug=words["slug"],
        name=words["name"],
        role=words["role"],
        biography=words["biography"],
        email=words["email"],
        portrait=pictures[f"portrait-{words['slug']}"],
    )
    for link in words["links"]:
        AuthorLink.objects.create(author=author, **link)
    return author


def _add_account(authors, username, first_name, last_name, group, profile):
    password = get_random_string(14)
    user = get_user_model().objects.create_user(
        username,
        password=password,
        first_name=first_name,
        last_name=last_name,
        is_staff=True,
        is_superuser=not group,
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    if profile:
        Author.objects.filter(pk=authors[profile].pk).update(user=user)
    return {"username": username, "password": password, "role": group or "Chief"}


# --- Stories -----------------------------------------------------------------------------------------------


def _add_stories(now, *, pictures, recordings, sections, authors):
    stories = read_stories()
    # All exist before any is written, because their bodies point at each other.
    articles = {}
    for story in stories:
        article = Article(slug=story.slug, headline=story.headline, section=sections[story.section])
        article.save()
        articles[story.slug] = article
    for story in stories:
        at = now + (story.scheduled or story.published)
        article = articles[story.slug]
        article.headline = fill_dates(story.headline, at)
        article.standfirst = fill_dates(story.standfirst, at)
        article.kind = story.kind
        body = point(story.body, pictures=pictures, recordings=recordings, articles=articles)
        article.body = fill_dates(body, at)
        article.lead_image = pictures.get(story.picture)
        article.lead_caption = story.caption
        article.editors_note = story.note
        article.read_more = [articles[slug].pk for slug in story.read_more]
        article.state = STATES.get(story.status, Article.State.READY)
        bylines = [(authors[slug], "") for slug in story.authors]
        workflow.save(article=article, by=authors[story.authors[0]].user, bylines=bylines, tags=story.tags)
        if story.status in ("published", "withdrawn"):
            workflow.publish_past(article=article, at=at)
        if story.status == "withdrawn":
            workflow.withdraw(article=article, reason=story.reason, by=None, at=at + timedelta(minutes=11))
        if story.status == "scheduled":
            workflow.schedule(article=article, at=at, by=None)


def _tell_what_happened_since(now):
    """One correction, one update and one scheduled update, so that a visitor sees all kinds of change."""
    flats = Article.objects.get(slug="ropeworks-first-keys")
    flats.body = flats.body.replace("46 of the flats are let", "64 of the flats are let")
    workflow.save(article=flats, by=None)
    workflow.publish_past(
        article=flats,
        at=flats.versions.get().visible_from + timedelta(hours=5, minutes=12),
        kind=KindOfChange.CORRECTION,
        correction=(
            "An earlier version of this story said that 46 of the 212 flats are let at controlled rent. It is 64."
        ),
    )

    bridge = Article.objects.get(slug="swing-bridge-pivot-ring-cracks")
    bridge.body += (
        "<p>The council said in a statement on the repair that the ferry steps beside the bridge will stay lit all "
        "night until the reopening, at the request of the shift workers at the Container Quay.</p>"
    )
    workflow.save(article=bridge, by=None)
    workflow.publish_past(
        article=bridge,
        at=bridge.versions.get().visible_from + timedelta(hours=3, minutes=40),
        kind=KindOfChange.UPDATE,
    )

    ferry = Article.objects.get(slug="kittiwake-returns-to-skerry-holm")
    ferry.standfirst = "The first full day went to plan: seven crossings each way, none of them late."
    workflow.save(article=ferry, by=None)
    workflow.schedule(article=ferry, at=now + timedelta(hours=20), by=None, kind=KindOfChange.UPDATE)


def _arrange_pages(now, sections):
    """What an editor would have put first on the front page and on one section's, and a bar for half a day."""
    by = get_user_model().objects.get(username="editor")
    stories = dict(Article.objects.values_list("slug", "pk"))
    front = {
        "breaking": [stories["storm-warning-amber"]],
        "breaking_until": now + timedelta(hours=12),
        "lead": [
            stories[slug]
            for slug in (
                "swing-bridge-pivot-ring-cracks",
                "swing-bridge-parts-arrive",
                "song-for-the-bridge",
            )
        ],
        "top": [stories["lantern-night-thirty"], stories["ropeworks-first-keys"]],
    }
    harbour = {"top": [stories["cod-gone-crab-pays"]]}
    for section, arranged in ((None, front), (sections["harbour"], harbour)):
        words = PublishedArrangement().words() | arranged
        arranging.save(section=section, words=words, by=by, opened_version=0)
        arranging.publish(section=section, by=by)


def write_accounts(accounts):
    """Keep the accounts where scripts and forgetful people find them: var/demo-accounts.json."""
    path = settings.VAR_DIR / "demo-accounts.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(accounts, indent=2) + "\n")
    path.chmod(0o600)
    return path
