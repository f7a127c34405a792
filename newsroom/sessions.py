"""Ending sessions of one account, wherever it is signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import ngettext


def end_sessions(*, user, keep=None):
    """Sign `user` out in every browser and return how many sessions ended; the one with the key `keep` stays.

    A request that is under way in such a session cannot bring it back: saving a deleted session is refused.
    """
    # A session's table does not know whose it is. A newsroom has hundreds of sessions, and this is done rarely.
    mine = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=mine).delete()
    return len(mine)


def sessions_ended(count):
    """How many sessions ended, for the log."""
    return ngettext("%(count)d session ended.", "%(count)d sessions ended.", count) % {"count": count}
