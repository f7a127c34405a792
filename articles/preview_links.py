"""Preview links: a guest without an account reads one story before it is public, for a while.

The address holds 32 random bytes; the database holds only their SHA-256, so neither a copy of the database nor
a guess opens anything. A link that is unknown, expired or revoked answers like any address where nothing is.
"""

import hashlib
import ipaddress
import secrets
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

import log
from articles import workflow
from articles.models import Article, PreviewLink, PreviewVisit, Revision
from articles.moments import clock
from articles.preview import desk_copy, draw, pinned_copy

#: How long a link works, in hours.
USUAL_HOURS = 48
MOST_HOURS = 14 * 24


@transaction.atomic
def make(*, article, by, note="", hours=USUAL_HOURS, pinned=False):
    """Make a link and return (link, secret); the secret is in no other place and cannot be had again.

    `pinned` keeps to the words as they are saved now; otherwise the guest reads the latest save.
    """
    if not 1 <= hours <= MOST_HOURS:
        raise ValueError(f"A preview link works from 1 to {MOST_HOURS} hours, not {hours}.")
    secret = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        article=article,
        revision=_latest_revision(article, by) if pinned else None,
        secret_sha256=_digest(secret),
        note=note,
        made_by=by,
        expires_at=timezone.now() + timedelta(hours=hours),
    )
    said = gettext("Made a preview link for %(whom)s, until %(time)s.")
    _log("preview.made", link, by=by, text=said % {"whom": note or "—", "time": clock(link.expires_at)})
    return link, secret


def _latest_revision(article, by):
    """The revision of the newest save, never to be written over."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    kept = article.revisions.exclude(reason=Revision.Reason.REFUSED).filter(version=article.version).first()
    if kept is None:
        return workflow.keep_revision(article=article, by=by)
    if kept.reason == Revision.Reason.AUTOSAVED:
        # A sitting's autosaves share one row, which grows with the typing; this one must stay as it is.
        kept.reason = Revision.Reason.SAVED
        kept.save(update_fields=["reason"])
    return kept


@transaction.atomic
def revoke(*, link, by):
    """Close a link now. One that is closed already keeps its moment."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        said = gettext("Revoked the preview link for %(whom)s.") % {"whom": link.note or "—"}
        _log("preview.revoked", link, by=by, text=said)


def _log(kind, link, *, by, text):
    data = {"link": link.pk, "revision": link.revision_id, "expires": link.expires_at.isoformat()}
    log.write(kind, by=by, subject=link.article, text=text, data=data)


def open_links(at):
    """The links that work at the moment `at`."""
    return PreviewLink.objects.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), expires_at__gt=at)


def address_of(secret):
    """The full address to hand to the guest."""
    return urljoin(f"{settings.SITE_URL}/", reverse("preview", args=[secret]))


@require_safe
def show(request, secret):
    """The story behind a link, drawn as readers would see it; 404 for anything but a link that works."""
    links = open_links(timezone.now()).select_related("article__section", "article__lead_image", "revision")
    link = links.filter(secret_sha256=_digest(secret)).first()
    if link is None:
        raise Http404
    if request.method == "GET":
        PreviewVisit.objects.create(link=link, network=network_of(request))
    if link.revision:
        link.revision.article = link.article
    article, bylines, tags = pinned_copy(link.revision) if link.revision else desk_copy(link.article)
    guest = {"embargo": link.article.embargo, "expires_at": link.expires_at}
    response = draw(request, article, bylines=bylines, tags=tags, guest=guest)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def network_of(request):
    """The visitor's network: an IPv4 address cut to /24, an IPv6 address to /48; "" where it is unknown."""
    address = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        # Only what the proxy itself added, at the end, is true.
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((found.packed, 24 if found.version == 4 else 48), strict=False))


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
