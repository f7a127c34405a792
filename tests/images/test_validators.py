"""What is refused, and in which words."""

import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from images.models import Image as Picture
from images.uploads import add_picture
from images.validators import check_picture
from tests.images.pictures import picture_bytes


def png_header(width, height):
    """A PNG that claims a size and has no pixels: what a decompression bomb looks like from outside."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def gif_bomb():
    """A GIF whose screen is far larger than its one frame."""
    content = picture_bytes("GIF", size=(8, 8))
    return content[:6] + struct.pack("<HH", 65535, 65535) + content[10:]


HOSTILE = {
    "empty": (b"", "empty"),
    "text": (b"Dear editor, the picture is attached.", "unreadable"),
    "html": (b"<html><script>alert(1)</script></html>", "unreadable"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "unreadable"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "unreadable"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unreadable"),
    "bmp": (picture_bytes("BMP"), "unreadable"),
    "ico": (picture_bytes("ICO", size=(32, 32)), "unreadable"),
    "truncated jpeg": (picture_bytes("JPEG")[:-600], "damaged"),
    "truncated png": (picture_bytes("PNG")[:-200], "damaged"),
    "header only": (picture_bytes("JPEG")[:20], "unreadable"),
    "60 megapixels": (png_header(10_000, 6_000), "pixels"),
    "169 megapixels": (png_header(13_000, 13_000), "pixels"),
    "900 megapixels": (png_header(30_000, 30_000), "pixels"),
    "4 gigapixels": (png_header(65_000, 65_000), "pixels"),
    "gif bomb": (gif_bomb(), "pixels"),
    "no pixels": (png_header(100, 100), "damaged"),
    "strip": (picture_bytes("PNG", size=(10, 2000)), "strip"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence_and_leaves_nothing(name, db, all_files):
    """Whatever is wrong, the editor reads what to do, and neither a row nor a file stays."""
    content, code = HOSTILE[name]
    with pytest.raises(ValidationError) as refusal:
        add_picture(file=ContentFile(content, name="holiday.jpg"), by=None)
    assert refusal.value.code == code
    (message,) = refusal.value.messages
    assert message.endswith(".")
    assert "%" not in message
    assert not Picture.objects.exists()
    assert all_files() == []


def test_the_sentences_say_what_is_wrong():
    """Files that editors really send by mistake get a sentence of their own."""

    def sentence(content):
        with pytest.raises(ValidationError) as refusal:
            check_picture(ContentFile(content))
        return refusal.value.messages[0]

    assert "SVG" in sentence(HOSTILE["svg"][0])
    assert "HEIC" in sentence(HOSTILE["heic"][0])
    assert "50 megapixels" in sentence(HOSTILE["60 megapixels"][0])


def test_a_heavy_file_is_refused_before_it_is_read(settings):
    """The weight limit names both weights."""
    settings.MAX_PICTURE_BYTES = 1024
    with pytest.raises(ValidationError) as refusal:
        check_picture(ContentFile(b"x" * 4096))
    assert refusal.value.code == "weight"
    assert "4.0" in refusal.value.messages[0]
    assert "1.0" in refusal.value.messages[0]


def test_content_decides_and_not_the_name():
    """A PNG that is called .jpg is a PNG."""
    assert check_picture(ContentFile(picture_bytes("PNG"), name="photo.jpg")).format == "PNG"


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_damaged_file_never_breaks_the_check(cut):
    """Bytes overwritten anywhere either leave a picture or are refused as ValidationError."""
    content = bytearray(picture_bytes("PNG", size=(40, 40)))
    content[cut % len(content)] ^= 0xFF
    try:
        check_picture(ContentFile(bytes(content)))
    except ValidationError as refusal:
        assert refusal.code in {"damaged", "unreadable", "pixels", "strip"}


def with_exif(**details):
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: details.get("taken"), 0x9011: details.get("offset", "")})
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40)).save(buffer, "JPEG", exif=exif)
    return ContentFile(buffer.getvalue())


def test_the_camera_s_clock_is_read(settings):
    """With an offset it is a moment; without one it is the site's time; nonsense is no time."""
    settings.TIME_ZONE = "UTC"
    moment = check_picture(with_exif(taken="2024:03:09 14:05:00", offset="+02:00")).taken_at
    assert moment == datetime(2024, 3, 9, 12, 5, tzinfo=UTC)
    local = check_picture(with_exif(taken="2024:03:09 14:05:00")).taken_at
    assert local == datetime(2024, 3, 9, 14, 5, tzinfo=UTC)
    assert check_picture(with_exif(taken="0000:00:00 00:00:00")).taken_at is None


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_camera_data_do_not_spoil_a_sound_picture():
    """The pixels are what matters."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40)).save(buffer, "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xffrubbish")
    assert check_picture(ContentFile(buffer.getvalue())).width == 40
