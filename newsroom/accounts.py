"""What allauth is told in code: nobody signs up, failures are logged, mail that fails does not break a page."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

import log

logger = logging.getLogger(__name__)

#: allauth's notices, by the name of their mail, that are worth a row in the log.
NOTICES = {
    "account/email/password_changed": "account.password-changed",
    "account/email/password_reset": "account.password-reset",
    "account/email/password_set": "account.password-changed",
    "mfa/email/totp_activated": "account.second-factor-added",
    "mfa/email/totp_deactivated": "account.second-factor-removed",
    "mfa/email/webauthn_added": "account.second-factor-added",
    "mfa/email/webauthn_removed": "account.second-factor-removed",
    "mfa/email/recovery_codes_generated": "account.recovery-codes-made",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with name and password, and what is recorded of it."""

    def is_open_for_signup(self, request):
        return False

    @transaction.atomic
    def login(self, request, user):
        super().login(request, user)
        log.write("account.signed-in", by=user, subject=user, **self._from(request))

    @transaction.atomic
    def logout(self, request):
        if request.user.is_authenticated:
            log.write("account.signed-out", by=request.user, subject=request.user)
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        # Only names that exist: somebody in a hurry types the password where the name belongs.
        name = credentials.get("username", "")
        user = get_user_model().objects.filter(username=name).first()
        come = self._from(request)
        if not user:
            come["text"] = gettext("An unknown name. %(from)s") % {"from": come["text"]}
        log.write("account.sign-in-failed", subject=user, **come)

    def _from(self, request):
        """From where somebody came, for the log."""
        network = self.get_client_ip(request)
        return {
            "text": gettext("From the address %(network)s.") % {"network": network},
            "data": {"network": network},
        }

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if kind := NOTICES.get(template_prefix):
            log.write(kind, by=user, subject=user)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix, email, context):
        """A mail server that is down says nothing to strangers about who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("A mail about an account could not be sent.")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor. Its notices go through AccountAdapter, which logs them."""


class CodeForm(AuthenticateForm):
    """The code that is asked for after the password; a wrong one is logged."""

    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError:
            log.write("account.code-failed", subject=self.user)
            raise
