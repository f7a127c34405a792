"""A Ghost export as moving.importing.run brings it in."""

import json
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from moving.ghost import lexical, mobiledoc
from moving.ghost.cards import card
from moving.ghost.tables import rows
from moving.importing.body import words_of
from moving.importing.credits import split_credit
from moving.importing.parts import Picture
from moving.importing.records import Outline, Person, Story, Term

_HERE = re.compile(r"__GHOST_URL__")
#: Social networks of an author: column -> what the link says, address.
NETWORKS = {
    "website": ("Website", "{}"),
    "twitter": ("X", "https://x.com/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "threads": ("Threads", "https://www.threads.net/@{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", "https://{}"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@{}"),
    "youtube": ("YouTube", "https://www.youtube.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
}
#: Tables that stay behind, by what they are to people.
LEFT = {
    "members": "members",
    "newsletters": "newsletters",
    "emails": "e-mails that were sent",
    "products": "membership tiers",
    "offers": "offers",
    "comments": "comments",
    "snippets": "snippets",
    "recommendations": "recommendations",
}
SMALL = frozenset(["posts_meta", "posts_tags", "posts_authors", "tags", "users", "settings"])


class GhostSource:
    """What a Ghost export holds. The file is read twice: for what belongs to the stories, then for them."""

    system = "Ghost"
    key = "ghost"

    def __init__(self, path, *, site="", permalinks=""):
        self.path, self.permalinks = path, permalinks
        self.site = site.rstrip("/")
        self.tables = defaultdict(list)
        self.posts = []  # Outlines, in the order of publication
        self.left = Counter()
        self.about = {}
        tagged, authored = defaultdict(list), defaultdict(list)
        for table, number, row in rows(path, SMALL | {"posts"} | LEFT.keys()):
            if table == "posts":
                self._outline(row, number)
            elif table in LEFT:
                self.left[_(LEFT[table])] += 1
            elif table == "posts_tags":
                tagged[str(row.get("post_id"))].append(
                    (_number(row.get("sort_order")), str(row.get("tag_id")))
                )
            elif table == "posts_authors":
                authored[str(row.get("post_id"))].append(
                    (_number(row.get("sort_order")), str(row.get("author_id")))
                )
            elif table == "posts_meta":
                kept = (
                    "meta_title",
                    "meta_description",
                    "feature_image_alt",
                    "feature_image_caption",
                    "email_only",
                )
                self.about[str(row.get("post_id"))] = {name: row[name] for name in kept if row.get(name)}
            else:
                self.tables[table].append(row)
        if not self.posts and not self.tables:
            raise ValidationError(_("This is no export of Ghost: it has neither posts nor tags nor users."))
        self.tagged = {
            post: [tag for _order, tag in sorted(found, key=lambda one: one[0])]
            for post, found in tagged.items()
        }
        self.authored = {
            post: [one for _order, one in sorted(found, key=lambda one: one[0])]
            for post, found in authored.items()
        }
        self._read_settings()
        self.internal = {str(row.get("id")) for row in self.tables["tags"] if _is_internal(row)}

    def _outline(self, row, number):
        pk = str(row.get("id") or row.get("uuid") or number)
        slug, title = _text(row, "slug"), _text(row, "title")
        at = _moment(row.get("published_at")) or _moment(row.get("created_at"))
        self.posts.append(
            (at or datetime.min.replace(tzinfo=UTC), Outline(pk, slug, title, self._paths(row, slug, at)))
        )

    def _read_settings(self):
        said = {str(row.get("key")): row.get("value") for row in self.tables["settings"]}
        self.title = str(said.get("title") or "")
        if not self.permalinks and isinstance(said.get("permalinks"), str):
            self.permalinks = said["permalinks"]
            for at, outline in self.posts:
                outline.old_paths += self._dated(outline.slug, at)
        for name in ("codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"):
            if said.get(name):
                self.left[_("code injection of the site")] += 1

    def _paths(self, row, slug, at):
        return self._dated(slug, at) if at else []

    def _dated(self, slug, at):
        """The address of a story under permalinks with dates, such as /{year}/{month}/{slug}/."""
        if not self.permalinks or at.year < 1900:
            return []
        path = re.sub(r":(\w+)", r"{\1}", self.permalinks)
        here = timezone.localtime(at)
        for name, value in {
            "year": f"{here:%Y}",
            "month": f"{here:%m}",
            "day": f"{here:%d}",
            "slug": slug,
        }.items():
            path = path.replace(f"{{{name}}}", value)
        return [] if "{" in path else [path]

    @property
    def hosts(self):
        return [urlsplit(self.site).hostname]

    def library(self):
        return []

    # --- Who and what ---

    def people(self):
        for row in self.tables["users"]:
            links = []
            for name, (label, address) in NETWORKS.items():
                if value := _text(row, name).strip():
                    value = (
                        value
                        if value.startswith(("http://", "https://"))
                        else address.format(value.lstrip("@/"))
                    )
                    if value.startswith(("http://", "https://")):
                        links.append((label, value))
            yield Person(
                id=str(row.get("id")),
                name=_text(row, "name"),
                slug=_text(row, "slug"),
                biography=_text(row, "bio"),
                portrait=self._here(_text(row, "profile_image", "image")),
                links=links,
            )

    def paths_of(self, person):
        return []

    def terms(self):
        if not hasattr(self, "_terms"):
            first = Counter(
                next((tag for tag in tags if tag not in self.internal), None) for tags in self.tagged.values()
            )
            self._terms = [
                Term(
                    id=str(row.get("id")),
                    name=_text(row, "name"),
                    slug=_text(row, "slug"),
                    description=_text(row, "description"),
                    old_paths=[f"/tag/{_text(row, 'slug').lower()}"],
                    stories=first[str(row.get("id"))],
                )
                for row in self.tables["tags"]
                if str(row.get("id")) not in self.internal
            ]
        return self._terms

    def paths(self):
        return {}

    def outlines(self):
        self.posts.sort(key=lambda one: one[0])
        return [outline for _at, outline in self.posts]

    # --- Stories ---

    def stories(self, only=None):
        """The stories in the order of the file, or those with these ids `only`."""
        for _table, number, row in rows(self.path, {"posts"}):
            pk = str(row.get("id") or row.get("uuid") or number)
            if only is None or pk in only:
                yield self._story(pk, number, row)

    def _story(self, pk, number, row):
        about = {
            **{name: row[name] for name in ("meta_title", "meta_description") if row.get(name)},
            **self.about.get(pk, {}),
        }
        tags = [tag for tag in self.tagged.get(pk, []) if tag not in self.internal]
        authors = (
            self.authored.get(pk) or [str(row["author_id"])]
            if row.get("author_id")
            else self.authored.get(pk, [])
        )
        story = Story(
            id=pk,
            where=_("post %(id)s “%(title)s” (posts[%(number)d])")
            % {"id": pk, "title": _text(row, "title")[:60], "number": number},
            headline=_text(row, "title"),
            html="",
            standfirst=_text(row, "custom_excerpt"),
            authors=authors,
            tags=tags,
            first_terms=tags[:1],
            is_page=row.get("type") == "page" or row.get("page") in (1, True, "1"),
            seo_title=str(about.get("meta_title") or ""),
            seo_description=str(about.get("meta_description") or ""),
            canonical=self._here(_text(row, "canonical_url")),
            featured=row.get("featured") in (1, True, "1"),
        )
        story.html = self._here(self._body(row, story))
        story.public_from = self._public_from(row, story, about)
        if src := self._here(_text(row, "feature_image", "image")):
            caption, credit = split_credit(words_of(str(about.get("feature_image_caption") or "")))
            story.lead = Picture(
                src=src,
                alt=words_of(str(about.get("feature_image_alt") or "")),
                caption=caption,
                credit=credit,
            )
        if _text(row, "codeinjection_head") or _text(row, "codeinjection_foot"):
            story.notes.append(_("code injection was left out"))
        if _text(row, "custom_template"):
            story.notes.append(_("used the template %(name)s") % {"name": _text(row, "custom_template")})
        return story

    def _public_from(self, row, story, about):
        status, visibility = _text(row, "status") or "draft", _text(row, "visibility") or "public"
        if status == "sent" or about.get("email_only") in (1, True):
            story.notes.append(_("was sent by e-mail and never stood on the site; it comes as a draft"))
            return None
        if status not in ("published", "scheduled"):
            return None
        if visibility != "public":
            story.notes.append(
                _("was for %(whom)s only; it comes as a draft, and is public when you publish it")
                % {"whom": visibility}
            )
            return None
        at = _moment(row.get("published_at"))
        if at is None:
            at = _moment(row.get("created_at")) if status == "published" else None
            story.notes.append(
                _("its date of publication cannot be read: %(value)s")
                % {"value": str(row.get("published_at"))[:60]}
            )
        if status == "scheduled" and at and at <= timezone.now():
            story.notes.append(_("was scheduled for a moment that has passed; it is public now"))
        return at

    def _body(self, row, story):
        """The HTML of a post, from the form it was written in; from the finished page where that is all there is."""
        finished = _text(row, "html")
        for name, form in (("lexical", lexical), ("mobiledoc", mobiledoc)):
            document = row.get(name)
            if not document:
                continue
            try:
                document = json.loads(document) if isinstance(document, str) else document
                if finished and form.has_card(document, "markdown"):
                    return finished
                return form.html_of(document)
            except (ValueError, RecursionError, AttributeError, TypeError) as error:
                story.notes.append(
                    _("its text in %(name)s cannot be read (%(why)s); the finished page was taken")
                    % {"name": name, "why": str(error)[:100]}
                )
        if finished:
            return finished
        if markdown := _text(row, "markdown"):
            return card("markdown", {"markdown": markdown})
        return "".join(f"<p>{line}</p>" for line in _text(row, "plaintext").split("\n\n"))

    def _here(self, text):
        return _HERE.sub(self.site, text) if "__GHOST_URL__" in text else text

    def troubles(self):
        return []

    def close(self):
        pass

    def left_out(self):
        """{what: number} of all that has no place here."""
        left = Counter(self.left)
        left[_("internal tags")] += len(self.internal)
        left[_("descriptions of tags")] += sum(bool(term.description) for term in self.terms())
        return {what: number for what, number in left.items() if number}


def _text(row, *names):
    """The first of these columns that says something, as text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value:
            return value.replace("\x00", "")  # which PostgreSQL refuses
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def _number(value):
    return value if isinstance(value, int) else 0


def _is_internal(row):
    return _text(row, "name").startswith("#") or _text(row, "visibility") == "internal"


def _moment(value):
    """The moment of a date as Ghost has written it over the years, or None when it is none."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000, UTC)
        else:
            moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1900 <= moment.year <= 2200 else None
