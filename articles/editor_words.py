"""The words that the story form's modules show. They live here so that they are translated like all others.

{braces} are filled in by the modules. The keys are the modules' names for each word.
"""

from django.utils.translation import gettext_lazy as _

TOOLBAR_WORDS = {
    "toolbar": _("Text and blocks"),
    "body": _("Body"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "heading": _("Heading"),
    "subheading": _("Subheading"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "horizontalRule": _("Dividing line"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "link": _("Link"),
    "linkAddress": _("Address"),
    "linkAddressHelp": _("A page of another site (https://…), of this one (/slug/), or an e-mail address."),
    "linkText": _("Words of the link"),
    "linkRefused": _("This address cannot be linked. It begins with https://, /, mailto: or tel:."),
    "unlink": _("Remove link"),
    "apply": _("Apply"),
    "cancel": _("Cancel"),
    "close": _("Close"),
    "counter": _("{words} words, {minutes} min read"),
    "picturesNotPasted": _("Pictures are not pasted: add them with the Picture button."),
}

BLOCK_WORDS = {
    "picture": _("Picture"),
    "storyCard": _("Story card"),
    "embed": _("Embed"),
    "edit": _("Edit"),
    "change": _("Change"),
    "delete": _("Delete"),
    "moveUp": _("Move up"),
    "moveDown": _("Move down"),
    "loading": _("Loading…"),
    "unreachable": _("The desk did not answer. What you wrote is kept."),
    "retry": _("Try again"),
    "pictureGone": _("This picture is no longer in the library."),
    "storyGone": _("This story is no longer on the desk."),
    "embedGone": _("No frame is known for this address any more."),
    "editPicture": _("Picture in this story"),
    "otherPicture": _("Choose another picture"),
    "alt": _("Alternative text"),
    "altHelp": _("What is seen, for people who cannot see it."),
    "caption": _("Caption"),
    "captionHelp": _("The credit follows in brackets by itself."),
    "credit": _("Credit"),
    "creditHelp": _("Photographer and agency."),
    "size": _("Size"),
    "column": _("Text width"),
    "wide": _("Wide"),
    "asInLibrary": _("as in the library: {text}"),
    "noneInLibrary": _("the library has none"),
    "altMissing": _("No alternative text"),
    "creditMissing": _("No credit"),
    "editEmbed": _("Video, sound or chart from elsewhere"),
    "embedAddress": _("Address"),
    "embedAddressHelp": _("Copy it from the page of the video, post or chart."),
    "embedTitle": _("Title"),
    "embedTitleHelp": _("What it shows. Readers see it before they load anything from elsewhere."),
    "embedTitleMissing": _("No title"),
}

PICKER_WORDS = {
    "chooseStory": _("Choose a story"),
    "searchStories": _("Words of the headline"),
    "noStories": _("No story has these words."),
    "showMore": _("Show more"),
    "close": _("Close"),
    "loading": _("Loading…"),
    "unreachable": _("The desk did not answer. What you wrote is kept."),
}

READ_MORE_WORDS = {
    "addStory": _("Add story"),
    "remove": _("Remove {headline}"),
    "up": _("Move {headline} up"),
    "down": _("Move {headline} down"),
    "gone": _("Story {id} is no longer on the desk"),
    "full": _("At most: {most}"),
}
