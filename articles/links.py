"""The links of a story's text: which of them cannot work at all, and which lead to a page of ours that is not there."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.models import Address, PublishedVersion, Section, Tag
from authors.models import Author


class _Links(HTMLParser):
    """Collects (address, words) of every link."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.words = None

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append([dict(attrs).get("href") or "", ""])
            self.words = self.found[-1]

    def handle_endtag(self, tag):
        if tag == "a":
            self.words = None

    def handle_data(self, data):
        if self.words:
            self.words[1] += data


def links(body):
    """(address, words) of every link of a cleaned body, in order."""
    parser = _Links()
    parser.feed(body)
    parser.close()
    return [(address.strip(), " ".join(words.split())) for address, words in parser.found]


def is_malformed(address):
    """Whether no browser could follow this address to where the writer meant."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (reading it is the check)
    except ValueError:
        return True
    if any(character.isspace() for character in address):
        return True
    match parts.scheme:
        case "http" | "https":
            return "." not in (parts.hostname or "").strip(".") and not is_own(address)
        case "mailto":
            name, _at, host = parts.path.rpartition("@")
            return not (name and host)
        case "tel":
            return not any(character.isdecimal() for character in parts.path)
    # Anything else without a slash before it is taken as a page below the story: www.example.org, #part.
    return bool(parts.scheme) or not address.startswith("/")


def is_own(address):
    """Whether the address is one of this site: a path, or our own name."""
    if address.startswith("/") and not address.startswith("//"):
        return True
    try:
        return urlsplit(address).netloc == urlsplit(settings.SITE_URL).netloc
    except ValueError:
        return False


#: What stands behind the name of a list's address, by its slug.
LISTS = {"section": Section, "tag": Tag, "author": Author}
#: The desk's side of the site, which answers readers with a question for a password.
DESK = ("admin", "preview")


def dead(addresses, at):
    """Those of our own `addresses` at which readers find nothing at the moment `at`. At most five queries."""
    wanted = {}  # the name of the view -> {slug: [addresses]}
    gone = set()
    for address in addresses:
        path = unquote(urlsplit(address).path) or "/"
        try:
            # Somebody who leaves the last slash out is sent on to the page.
            found = resolve(path if path.endswith("/") or "." in path else f"{path}/")
        except Resolver404:
            gone.add(address)
            continue
        if path.strip("/").split("/")[0] in DESK:
            gone.add(address)
        elif "slug" in found.kwargs:
            slugs = wanted.setdefault((found.url_name or "").removesuffix("-rss"), {})
            slugs.setdefault(found.kwargs["slug"], []).append(address)
    for name, slugs in wanted.items():
        there = _there(name, slugs, at)
        gone.update(*(pages for slug, pages in slugs.items() if slug not in there))
    return gone


def _there(name, slugs, at):
    if name in LISTS:
        return set(LISTS[name].objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if name != "article":
        return set(slugs)
    addresses = dict(Address.objects.filter(slug__in=slugs).values_list("slug", "article_id"))
    alive = live_stories(addresses.values(), at)
    return {slug for slug, article_id in addresses.items() if article_id in alive}


def live_stories(ids, at):
    """Those of the stories with these ids that readers can open at the moment `at`."""
    versions = PublishedVersion.objects.live(at).filter(article_id__in=list(ids))
    return set(versions.values_list("article_id", flat=True))
