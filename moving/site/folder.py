"""Whole files in a folder: written beside and renamed, left alone when they say the same, removed when they must go."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

#: How names of unfinished files end.
UNFINISHED = ".part"


def write_whole(path, parts):
    """Make the file at `path` of these bytes: (whether it was another before, sha256, size, time in nanoseconds).

    Whoever reads the folder meanwhile gets the old file or the new one, never half of one.
    """
    content = b"".join(parts)
    digest = sha256(content).hexdigest()
    with suppress(FileNotFoundError):
        known = os.stat(path)
        if known.st_size == len(content) and path.read_bytes() == content:
            return False, digest, known.st_size, known.st_mtime_ns
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    known = os.stat(path)
    return True, digest, known.st_size, known.st_mtime_ns


def files_below(folder):
    """{name from the top, with slashes: (size, time in nanoseconds)} of every file; unfinished ones are removed."""
    found = {}
    waiting = [(Path(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.name.endswith(UNFINISHED):
                    os.unlink(entry.path)
                else:
                    about = entry.stat(follow_symlinks=False)
                    found[prefix + entry.name] = about.st_size, about.st_mtime_ns
    return found


def remove(folder, name):
    """Remove a file, and the folders that are empty without it."""
    path = Path(folder) / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == Path(folder):
            return
        try:
            parent.rmdir()
        except OSError:
            return
