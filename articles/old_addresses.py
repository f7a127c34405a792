"""Where a reader goes who comes by an address of the former site.

Asked when nothing of this site answers, and by the front page when an address names a page by its number (/?p=1234).
"""

import re
from unicodedata import normalize
from urllib.parse import unquote

from django.shortcuts import redirect

from articles.models import OldAddress, PublishedVersion

#: Words of a query by which the former site numbered its pages, the likeliest first.
NUMBERED = ("p", "page_id", "attachment_id", "cat", "author")
LONGEST = 400
#: Other forms of one page: its feed, its version for telephones, its frame, its pages of comments.
_FORM = re.compile(
    r"/(?:amp|embed|trackback|print|rss|feed(?:/(?:rss|rss2|rdf|atom))?|page/\d+|comment-page-\d+)$"
)


def normal(path, query=None):
    """The one way to write an address of the former site: unquoted, in small letters, without the last slash.

    Of `query`, a mapping, only the number of a page counts, at the front page's address: /?p=12.
    """
    path = normalize("NFC", unquote(path)).lower().removeprefix("/index.php").strip("/")
    for name in NUMBERED if query and not path else ():
        number = query.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 20:
            return f"/?{name}={int(number)}"
    return f"/{path}"


def lead_on(path, query, at):
    """A redirect to where the page of the former site is at the moment `at`, or None. At most two queries."""
    asked = normal(path, query)
    # A form of a page leads to the page, unless it has an address of its own.
    wanted = [asked, _FORM.sub("", asked)] if _FORM.search(asked) else [asked]
    if len(asked) > LONGEST or "\x00" in asked:  # PostgreSQL refuses to be asked for a NUL
        return None
    found = {row.path: row for row in OldAddress.objects.filter(path__in=wanted)}
    row = found.get(wanted[0]) or found.get(wanted[-1])
    if row is None:
        return None
    if not row.article_id:
        return redirect(row.leads_to, permanent=True)
    past = PublishedVersion.objects.filter(article_id=row.article_id, visible_from__lte=at)
    # A story that was taken off the site answers for itself.
    last = past.only("slug").order_by("visible_from", "pk").last()
    return last and redirect(last, permanent=True)
