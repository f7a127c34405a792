"""Where each story will live, and where its old addresses lead: known before a word is written."""

import re
from urllib.parse import unquote, urlsplit

from articles.models import Address, Article
from articles.old_addresses import normal
from articles.slugs import RESERVED
from authors.slugs import MAX_LENGTH, make_slug

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


class Plan:
    """The slugs of stories, and what the old site's addresses mean here."""

    def __init__(self, *, hosts, here):
        self.hosts, self.here = {host.removeprefix("www.") for host in hosts if host}, here
        self.slugs = {}  # story id there -> slug here
        self.stories = {}  # old path -> story id there
        self.lists = {}  # old path -> path here
        self.taken = set(Article.objects.values_list("slug", flat=True))
        self.taken |= set(Address.objects.values_list("slug", flat=True)) | RESERVED
        self.dead = 0

    def place(self, outline, existing_slug=None):
        """Decide the slug of a story; one that is here already keeps its own."""
        if outline.id in self.slugs:
            return  # a number that an export uses twice
        self.slugs[outline.id] = existing_slug or self._free(outline.slug, outline.headline)
        self.taken.add(self.slugs[outline.id])
        for path in (f"/{outline.slug}/", *outline.old_paths):
            self.stories.setdefault(path_of(path), outline.id)

    def _free(self, wanted, headline):
        wanted = unquote(wanted)
        base = wanted if _SLUG.fullmatch(wanted) and len(wanted) <= MAX_LENGTH else ""
        base = base or make_slug(wanted) or make_slug(headline) or "story"
        number, slug = 1, base
        while slug in self.taken:
            number += 1
            slug = f"{base[: MAX_LENGTH - len(str(number)) - 1]}-{number}"
        return slug

    def story_at(self, url):
        """The id there of the story at an address of the old site, or None."""
        path = self._own_path(url)
        return None if path is None else self.stories.get(path)

    def is_own(self, url):
        """Whether this is an address of the old site, of a story or of anything else."""
        return self._own_path(url) is not None

    def link(self, url):
        """An address in a text as it is right here: a story's, a list's, or the same as before."""
        path = self._own_path(url)
        if path is None:
            return url
        if story := self.stories.get(path):
            return f"/{self.slugs[story]}/"
        if path in self.lists:
            return self.lists[path]
        if path == "/":
            return "/"
        self.dead += 1
        return url

    def _own_path(self, url):
        """The path of an address of the old site, as `normal` writes it; None for any other."""
        try:
            parts = urlsplit(url.strip())
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or (host and host not in self.hosts):
            return None
        if not host and not parts.path.startswith("/") and not parts.query:
            return None
        return path_of(url)

    def old_addresses(self, ids):
        """{path: (id of the Article or None, path here)} of all that this site does not answer by itself.

        `ids` are {story id there: Article id here}.
        """
        found = {}
        for path, story in self.stories.items():
            if story in ids and path != f"/{self.slugs[story].lower()}":
                found[path] = (ids[story], "")
        for path, here in self.lists.items():
            if path != path_of(here) and path != "/":
                found.setdefault(path, (None, here))
        return {path: where for path, where in found.items() if len(path) <= 400 and path != "/"}


def path_of(url):
    """The path of an address, as OldAddress has it."""
    parts = urlsplit(url)
    query = dict(part.partition("=")[::2] for part in parts.query.split("&") if "=" in part)
    return normal(parts.path or "/", query)
