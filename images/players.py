"""A recording as one story uses it, ready to be printed."""

from dataclasses import dataclass

from images.figures import Figure
from images.recording import Recording


@dataclass(frozen=True)
class Player:
    """What a page prints: the recording, this story's caption or its own, and the file of a film's poster or None."""

    recording: Recording
    caption: str
    poster: object = None

    @classmethod
    def of(cls, recording, at, *, caption=""):
        """The player of `recording` at the moment `at`; None when readers may not have it then."""
        if not recording.rights_allow(at):
            return None
        figure = Figure.shown(recording.poster, at) if recording.is_film else None
        return cls(recording, caption.strip() or recording.caption, figure and figure.content)


def use(block, at, played):
    """What the template of one recording in a body gets: its player or why it is missing; {} when it is gone.

    `played` are the recordings by id.
    """
    recording = played.get(block.id)
    if recording is None:
        return {}
    player = Player.of(recording, at, caption=block.data.get("caption", ""))
    return {"player": player, "refusal": recording.refusal(at)}


def recordings(ids):
    """{id: Recording} of those that are there, with their posters: one query, and none for no ids."""
    return Recording.objects.select_related("poster").in_bulk(set(ids)) if ids else {}
