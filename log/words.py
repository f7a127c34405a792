"""The kinds of entries as people read them. An entry stores its kind as code, which stays the same for ever."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "story.published": _("Published"),
    "story.scheduled": _("Scheduled"),
    "story.schedule-moved": _("Moved the schedule"),
    "story.schedule-cancelled": _("Cancelled the schedule"),
    "story.withdrawn": _("Took off the site"),
    "story.end-set": _("Set or lifted the end"),
    "story.override": _("Published over warnings"),
    "story.restored": _("Brought older words back"),
    "story.moved-in": _("Brought in an archive"),
    "story.deleted": _("Deleted the story"),
    "front.published": _("Arranged a page"),
    "front.scheduled": _("Scheduled an arrangement of a page"),
    "front.schedule-cancelled": _("Cancelled the schedule of an arrangement"),
    "front.put-back": _("Put the arrangement before back"),
    "preview.made": _("Made a preview link"),
    "preview.revoked": _("Closed a preview link"),
    "picture.rights-changed": _("Changed a picture’s rights"),
    "picture.words-changed": _("Changed a picture’s credit or keywords"),
    "picture.file-replaced": _("Replaced a picture’s file"),
    "picture.file-put-back": _("Put a picture’s old file back"),
    "picture.deleted": _("Deleted a picture"),
    "picture.wiped": _("Wiped a picture’s camera and position"),
    "recording.rights-changed": _("Changed a recording’s rights"),
    "recording.deleted": _("Deleted a recording"),
    "account.signed-in": _("Signed in"),
    "account.signed-out": _("Signed out"),
    "account.signed-out-everywhere": _("Signed out everywhere"),
    "account.sign-in-failed": _("Sign-in failed"),
    "account.code-failed": _("Second factor failed"),
    "account.second-factor-added": _("Added a second factor"),
    "account.second-factor-removed": _("Removed a second factor"),
    "account.recovery-codes-made": _("Made recovery codes"),
    "account.password-changed": _("Changed a password"),
    "account.password-reset": _("Reset a password by e-mail"),
    "account.made": _("Made an account"),
    "account.changed": _("Changed an account"),
    "account.deleted": _("Deleted an account"),
    "role.made": _("Made a role"),
    "role.changed": _("Changed a role"),
    "role.deleted": _("Deleted a role"),
    "paper.changed": _("Changed the paper’s name, mark or colour"),
    "log.exported": _("Exported the log"),
}


def in_words(kind):
    """ "story.schedule-moved" as people read it; a kind that no part of the newsroom writes any more as it is."""
    return str(WORDS.get(kind, kind))
