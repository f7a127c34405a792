"""The index of the words of every recording, written with each save: the library asks it, and both searches of stories.

What is said in a recording finds the stories that play it, and only while readers may hear it. So the words stand here
and not beside those of a published version, which has the recording's number alone (articles/models/version_search.py).
"""

from images.word_index import WordIndex

INDEX = WordIndex("images_recording_search", "recording_id")

#: The fields of a recording whose words find it.
SEARCHED = ("title", "caption", "credit", "transcript")
BATCH = 200


def index(recording):
    """Write one recording's words."""
    INDEX.write([(recording.pk, _text(recording))], using=recording._state.db or "default")


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of recordings. `apps`: the registry, or a migration's."""
    recordings = apps.get_model("images", "Recording").objects.using(using).only(*SEARCHED).order_by("pk")
    INDEX.empty(using=using)
    done = last = 0
    while batch := list(recordings.filter(pk__gt=last)[:BATCH]):
        INDEX.write([(recording.pk, _text(recording)) for recording in batch], using=using)
        done, last = done + len(batch), batch[-1].pk
    return done


def texts(apps, ids, *, using):
    """{id: the text that finds it} of these recordings. `apps` of a migration older than recordings has none."""
    if not ids:
        return {}
    try:
        recordings = apps.get_model("images", "Recording").objects.using(using).only(*SEARCHED)
    except LookupError:
        return {}
    return {recording.pk: _text(recording) for recording in recordings.filter(pk__in=ids)}


def _text(recording):
    return "\n".join(getattr(recording, name) for name in SEARCHED)
