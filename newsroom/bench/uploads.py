"""Uploads to the real server: when one answers, when all its renditions are there, what many take of memory."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image as Pixels

from images.models import Image
from newsroom.bench.visits import Timed

#: 24 megapixels, as the cameras of the press have; and what agencies send.
LARGE, USUAL = (6000, 4000), (2048, 1365)
#: Uploads at a time, as a browser sends them; of so many one is large; seconds between two looks.
TOGETHER, ONE_LARGE, LOOKING = 3, 10, 0.1
#: Seconds to wait for the renditions of one picture.
PATIENCE = 120
UPLOAD = reverse("admin:images_image_picker_upload")


def photo(size):
    """A JPEG with as much to decode and encode as a photograph: noise of several sizes over each other."""
    width, height = size
    coarse = [Pixels.effect_noise((width // 40, height // 40), 120).resize(size) for _channel in range(3)]
    fine = Pixels.effect_noise(size, 30)
    picture = Pixels.merge("RGB", [Pixels.blend(channel, fine, 0.25) for channel in coarse])
    content = BytesIO()
    picture.save(content, "JPEG", quality=90)
    return content.getvalue()


def another(content):
    """The same JPEG as another file: a comment of its own behind its first marker."""
    comment = token_hex(16).encode()
    return content[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + content[2:]


@dataclass
class Sender:
    """Somebody of the desk who uploads to the server at `port`."""

    port: int
    session: str

    @classmethod
    def of(cls, person, port):
        client = Client()
        client.force_login(person)
        return cls(port, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def send(self, content):
        """Upload one file as the picker does; the id of its picture."""
        token, border = token_hex(16), token_hex(16)
        fields = {"alt_text": "People at the quay", "caption": "The quay.", "credit": "Nobody/Bench"}
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        file = 'Content-Disposition: form-data; name="file"; filename="p.jpg"\r\nContent-Type: image/jpeg'
        head = f"--{border}\r\n{file}\r\n\r\n"
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{border}--\r\n".encode()
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={token}"
        headers = {
            "Cookie": cookies,
            "X-CSRFToken": token,
            "Content-Type": f"multipart/form-data; boundary={border}",
        }
        visitor = HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            visitor.request("POST", UPLOAD, body, headers)
            response = visitor.getresponse()
            said = response.read()
        finally:
            visitor.close()
        if response.status != 201:
            raise RuntimeError(f"An upload answered {response.status}: {said[:200]!r}")


def measure_upload(person, process, port, *, times):
    """Timed rows of one 24-megapixel picture: until its answer, and until all its renditions are there.

    The server has one core. Its work is that of all its processes.
    """
    answer, made = Timed("24 megapixels: the answer"), Timed("24 megapixels: all renditions")
    content, sender = photo(LARGE), Sender.of(person, port)
    with on_one_core(process.pid):
        for _n in range(times):
            began, worked = time.perf_counter(), worked_by(process.pid)
            sender.send(another(content))
            _note(answer, began, worked, process.pid)
            wait_until_made()
            _note(made, began, worked, process.pid)
    return [answer, made]


def _note(timed, began, worked, pid):
    timed.times.append((time.perf_counter() - began) * 1000)
    timed.work.append((worked_by(pid) - worked) * 1000)


def measure_many(person, process, port, *, pictures):
    """(the most megabytes that the server's processes held together, seconds) while `pictures` come in and are made."""
    large, usual = photo(LARGE), photo(USUAL)
    sender, began = Sender.of(person, port), time.perf_counter()
    with watched(process.pid) as memory, ThreadPoolExecutor(TOGETHER) as browser:
        kinds = [usual if number % ONE_LARGE else large for number in range(pictures)]
        list(browser.map(lambda content: sender.send(another(content)), kinds))
        wait_until_made(pictures * PATIENCE)
    return max(memory), time.perf_counter() - began


def wait_until_made(patience=PATIENCE):
    end = time.monotonic() + patience
    while Image.objects.filter(progress=Image.Progress.WAITING).exists():
        if time.monotonic() > end:
            raise RuntimeError("The renditions are not made.")
        time.sleep(LOOKING)


# --- The server's processes, as Linux tells of them -----------------------------------------------------------


def family(pid):
    """The process and all its children, grandchildren and so on."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it ended while we looked
            continue
        for child in children:
            yield from family(int(child))


def worked_by(pid):
    """Seconds of processor time of the family of `pid`, those that have ended included."""
    ticks = 0
    for one in family(pid):
        try:
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def held_by(pid):
    """Megabytes that the family of `pid` holds: what they share is counted once."""
    kilobytes = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return kilobytes * 1024 / 1_000_000


@contextmanager
def watched(pid):
    """A list that grows by what the family of `pid` holds, ten times a second."""
    memory, over = [held_by(pid)], threading.Event()

    def watch():
        while not over.wait(LOOKING):
            memory.append(held_by(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()


@contextmanager
def on_one_core(pid):
    """The family of `pid` runs on the first of our cores meanwhile; whoever it starts does, too."""
    cores = os.sched_getaffinity(0)
    _bind(pid, {min(cores)})
    try:
        yield
    finally:
        _bind(pid, cores)


def _bind(pid, cores):
    for one in family(pid):
        for task in Path(f"/proc/{one}/task").iterdir():
            os.sched_setaffinity(int(task.name), cores)
