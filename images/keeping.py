"""Writing a file as a whole or not at all, whatever the storage."""

from contextlib import suppress


def keep(storage, name, content):
    """Save `content` as `name`, which nobody uses yet, and return the name it got.

    A storage that fails half way, as on a full disk, leaves the beginning of a file. It is deleted.
    """
    try:
        return storage.save(name, content)
    except BaseException:
        with suppress(OSError):
            storage.delete(name)
        raise
