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
        """The player of `recording` (or None) at the moment `at`; None when readers may not have it then."""
        if recording is None or not recording.rights_allow(at):
            return None
        figure = Figure.shown(recording.poster, at) if recording.is_film else None
        return cls(recording, caption.strip() or recording.caption, figure and figure.content)


def recordings(ids):
    """{id: Recording} of those that are there, with their posters: one query, and none for no ids."""
    return Recording.objects.select_related("poster").in_bulk(set(ids)) if ids else {}
