"""What Django and its packages leave open: some response headers, the ends of a session, the second factor."""

import time

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

#: The desk's side of the site. Readers' pages touch no session.
DESK = "/admin/"
#: Where somebody without a second factor may go: setting one up, confirming who they are, leaving.
WITHOUT_SECOND_FACTOR = ("/admin/second-factor/", "/admin/account/", "/admin/logout/", "/admin/jsi18n/")
#: Seconds between two writes of "still here"; a session can end that much early, never late.
STEP = 60
#: A request with this header was made by a page on its own (presence, autosave of nothing): nobody is at work.
BACKGROUND = "X-Background"


class PermissionsPolicyMiddleware:
    """Switch off the browser features a news page has no use for, and keep other sites from embedding ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class SessionLimitsMiddleware:
    """End a session after an hour without work and twelve hours after its sign-in.

    What was typed meanwhile stays in the browser; the story form offers it again after the next sign-in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(DESK) and SESSION_KEY in request.session:
            self._look(request, int(time.time()))
        return self.get_response(request)

    def _look(self, request, now):
        session = request.session
        began, seen = session.setdefault("began", now), session.setdefault("seen", now)
        if now - seen >= settings.SESSION_IDLE_AGE or now - began >= settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, _("You were signed out after a while, for safety. Please sign in again."))
        elif now - seen >= STEP and BACKGROUND not in request.headers:
            session["seen"] = now


class SecondFactorMiddleware:
    """Lead staff who have no second factor to the page where they set one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self._is_missing(request):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        messages.warning(request, _("The desk opens once your account has a second factor. Set one up here."))
        return redirect("mfa_index")

    def _is_missing(self, request):
        return (
            settings.SECOND_FACTOR_REQUIRED
            and request.path.startswith(DESK)
            and not request.path.startswith(WITHOUT_SECOND_FACTOR)
            and request.user.is_authenticated
            and not has_second_factor(request.user)
        )


def has_second_factor(user):
    """Whether a code or a passkey protects the account; recovery codes alone are paper, not a factor."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
