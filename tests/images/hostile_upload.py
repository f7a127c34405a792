"""Uploads files through the desk's form, in a process of its own, and tells what each cost: one line of JSON each.

Each file is streamed as a browser's upload is, so that the memory counted is the newsroom's. Renditions are made at
once, and count. A picture that came in is deleted again, and whatever is then left of it is told.
"""

import io
import json
import resource
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from images import forms
from images.models import Image, Rendition
from images.uploads import remove_picture

BOUNDARY = "a-line-between-the-parts"


class Upload(io.RawIOBase):
    """The body of a form with one file, read piece by piece."""

    def __init__(self, path, name, fields):
        text = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields
        )
        disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        head = f"{text}--{BOUNDARY}\r\n{disposition}\r\nContent-Type: image/jpeg\r\n\r\n".encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.head, self.tail = io.BytesIO(head), io.BytesIO(tail)
        self.size = len(head) + path.stat().st_size + len(tail)
        self.path = path

    def send(self, client, address):
        """The answer to it."""
        with self.path.open("rb") as self.file:
            return client.request(
                PATH_INFO=address,
                REQUEST_METHOD="POST",
                CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
                CONTENT_LENGTH=self.size,
                **{"wsgi.input": self},
            )

    def readable(self):
        return True

    def readinto(self, buffer):
        for part in (self.head, self.file, self.tail):
            if count := part.readinto(buffer):
                return count
        return 0


def peak():
    """Megabytes of the most memory that this process had since `forget_peak`, where the system can say so."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def forget_peak():
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def seconds():
    """Processor time of this process and of those it started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def files_below(*roots):
    return sorted(str(path) for root in roots for path in Path(root).rglob("*") if path.is_file())


def note_codes(codes):
    """Let the check of files tell in `codes` why it refused one: the page has sentences only."""
    check = forms.check_picture

    def noted(file):
        try:
            return check(file)
        except ValidationError as refusal:
            codes.append(refusal.code)
            raise

    forms.check_picture = noted


def main(folder):
    setup_test_environment()  # answers know their forms
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief"))
    address, temporary = reverse("admin:images_image_add"), tempfile.mkdtemp()
    settings.FILE_UPLOAD_TEMP_DIR = tempfile.tempdir = temporary
    note_codes(codes := [])
    kept = (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT, temporary)

    def upload(path):
        body = Upload(path, "holiday.jpg", [])
        codes.clear()
        forget_peak()
        start = seconds()
        response = body.send(client, address)
        told = {
            "name": path.name,
            "status": response.status_code,
            "seconds": seconds() - start,
            "peak": peak(),
        }
        told["children"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        if response.status_code == 200:
            [code], [taken] = codes, response.context["taken"]
            told |= {"outcome": code, "sentence": taken.sentence}
            told["named"] = "holiday.jpg" in response.content.decode()
        else:
            image = Image.objects.get()
            told |= {
                "outcome": "accepted",
                "progress": image.progress,
                "renditions": image.renditions.count(),
            }
            public = [Path(name).read_bytes() for name in files_below(settings.MEDIA_ROOT)]
            told["script"] = any(b"zqscriptqz" in content or b"<script" in content for content in public)
            remove_picture(image=image)
        told["left"] = files_below(*kept) + list(map(str, [*Image.objects.all(), *Rendition.objects.all()]))
        return told

    for path in sorted(Path(folder).iterdir()):
        print(json.dumps(upload(path)), flush=True)
