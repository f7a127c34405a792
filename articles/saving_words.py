"""The words of the status line, of the browser's copy and of the conflict page. {braces} are filled by the modules."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "saved": _("Saved {time}"),
    "savedExcept": _("Saved {time}, except {fields}"),
    "saving": _("Saving…"),
    "typing": _("Not saved yet"),
    "empty": _("Nothing written yet"),
    "offline": _("Not saved: no connection. Your words are kept in this browser."),
    "offlineBare": _("Not saved: no connection. Keep this page open."),
    "noDatabase": _(
        "Not saved: the database does not answer. Your words are kept in this browser; the page tries again by itself."
    ),
    "noDisk": _(
        "Not saved: the disk of the newsroom is full or does not answer. Your words are kept in this browser; the page "
        "tries again by itself. Tell the technical staff."
    ),
    "bare": _(
        "Not saved, and this browser has no room for a copy. Keep this page open and copy your text elsewhere."
    ),
    "signedOut": _(
        "You are signed out. Your words are kept in this browser. Sign in in another tab, then go on."
    ),
    "forbidden": _("Not saved: you may no longer change this story. Your words are kept in this browser."),
    "otherPerson": _(
        "Not saved: {person} is signed in now. Your words are kept in this browser; sign in as yourself, then reload."
    ),
    "deleted": _("Not saved: this story was deleted. Your words are kept in this browser."),
    "refused": _("Not saved: the desk did not take it ({status}). Your words are kept in this browser."),
    "conflict": _("Not saved: {by} saved at {at}. Press Save to see both texts; nothing of yours is lost."),
    "taken": _(
        "Not saved: {by} took this story over at {at}. Press Save to see both texts; nothing of yours is lost."
    ),
    "choose": _("Not saved: choose above what stays, then press Save."),
    "newer": _("{by} saved at {at}. Your next save will show both texts."),
    "takenOver": _("{by} took this story over at {at}. Your next save will show both texts."),
    "takeOver": _("Take over"),
    "tookOver": _("You write on alone. What others type now is kept as a revision beside yours."),
    "reload": _("Load the newest version"),
    "found": _("Words typed at {time} in this browser were not saved."),
    "restore": _("Restore what was typed at {time}"),
    "show": _("Show what differs"),
    "discard": _("Discard"),
    "foundField": _("{field}: {value}"),
    "nothing": _("(empty)"),
    "byline": _("Byline"),
    "restored": _("The words are back in the form."),
    "keep": _("Keep this version as…"),
    "keepName": _("Name of this version"),
    "keepApply": _("Keep"),
    "kept": _("Kept as “{name}” among the revisions"),
    "cancel": _("Cancel"),
}
