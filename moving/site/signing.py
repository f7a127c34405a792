"""A signed list of the files of a folder, so that anybody can tell a true copy of the site from a changed one.

The list is what `sha256sum --check` reads, the signature (Ed25519) what `openssl pkeyutl -verify` checks: whoever has a
copy needs nothing of ours to judge it.
"""

import os
import re
from hashlib import sha256
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, build_opener

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.utils.translation import gettext as _

LIST, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.pem"
NAMES = (LIST, SIGNATURE, PUBLIC_KEY)

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\0]{1,1000})")
#: Bytes of a list that a mirror may send, and seconds without an answer.
MOST, PATIENCE = 200_000_000, 30
#: A mirror that sends more for one file sends something else.
MOST_OF_A_FILE = 2_000_000_000


class NotTrue(Exception):
    """A copy that cannot be judged or is not what the newsroom signed; the message says why."""


def own_key(path):
    """The newsroom's private key, made at the first use; only its owner may read the file."""
    path = Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        beside.replace(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotTrue(_("%(path)s is no Ed25519 key.") % {"path": path})
    return key


def public_half(key):
    """The public half of a private key as PEM: what others check with."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(content):
    """A public key from the bytes of a PEM file. Raises NotTrue."""
    try:
        key = load_pem_public_key(content)
    except ValueError as error:
        raise NotTrue(_("That is no public key in PEM.")) from error
    if not isinstance(key, Ed25519PublicKey):
        raise NotTrue(_("That is no Ed25519 key."))
    return key


def contents(heading, files):
    """The bytes of a list of (name, sha256) below a heading, which says whose it is and of when."""
    lines = [f"# {heading}", *(f"{digest}  {name}" for name, digest in files)]
    return "\n".join([*lines, ""]).encode()


def names_and_digests(listed):
    """{name: sha256} of a list's bytes. Raises NotTrue, also for a name that would lead out of the folder."""
    found = {}
    for line in listed.decode(errors="replace").splitlines():
        if line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if not match or Path(match[2]).is_absolute() or ".." in Path(match[2]).parts:
            raise NotTrue(_("The list of files has a line that is none: %(line)s") % {"line": line[:100]})
        found[match[2]] = match[1]
    return found


# --- Judging a copy -----------------------------------------------------------------------------------------


def verify(place, key):
    """Yield a sentence for each file of a copy that is not what `key` signed; none for a true copy.

    `place` is a folder, or the address of a mirror. Raises NotTrue when nothing can be said of the files, because
    the list or its signature is missing or not the newsroom's.
    """
    copy = _Mirror(place) if urlsplit(str(place)).scheme in ("http", "https") else _Folder(place)
    listed = copy.small(LIST)
    try:
        key.verify(copy.small(SIGNATURE), listed)
    except InvalidSignature as error:
        raise NotTrue(
            _("The list of files is not signed with this key: the copy is not the newsroom's.")
        ) from error
    files = names_and_digests(listed)
    for name, digest in files.items():
        found = copy.digest(name)
        if found is None:
            yield _("Missing: %(name)s") % {"name": name}
        elif found != digest:
            yield _("Changed: %(name)s") % {"name": name}
    for name in copy.others(files):
        yield _("Not the newsroom's: %(name)s") % {"name": name}


class _Folder:
    def __init__(self, place):
        self.place = Path(place)

    def small(self, name):
        try:
            return (self.place / name).read_bytes()
        except OSError as error:
            raise NotTrue(
                _("%(name)s is missing: nothing can be said of this copy.") % {"name": name}
            ) from error

    def digest(self, name):
        try:
            with open(self.place / name, "rb") as file:
                return _digest(file)
        except OSError:
            return None

    def others(self, files):
        """Files that the list does not name."""
        known = {*files, *NAMES}
        for folder, _folders, names in os.walk(self.place):
            for name in names:
                path = (Path(folder) / name).relative_to(self.place).as_posix()
                if path not in known:
                    yield path


class _Mirror:
    """What a server elsewhere gives away. It can have more than the list names: nobody can see that from here."""

    def __init__(self, address):
        self.address = address.rstrip("/")
        self.opener = build_opener()

    def _open(self, name):
        # The person at the command line chose the address; its scheme is http or https (verify).
        request = Request(f"{self.address}/{quote(name)}", headers={"Accept-Encoding": "identity"})  # noqa: S310
        return self.opener.open(request, timeout=PATIENCE)

    def small(self, name):
        try:
            with self._open(name) as answer:
                return answer.read(MOST)
        except (OSError, URLError) as error:
            said = {"name": name, "error": error}
            raise NotTrue(
                _("%(name)s cannot be read: nothing can be said of this copy. %(error)s") % said
            ) from error

    def digest(self, name):
        try:
            with self._open(name) as answer:
                return _digest(answer)
        except (OSError, URLError):
            return None

    def others(self, files):
        return ()


def _digest(file):
    said, left = sha256(), MOST_OF_A_FILE
    while left > 0 and (part := file.read(1_000_000)):
        said.update(part)
        left -= len(part)
    return said.hexdigest()
