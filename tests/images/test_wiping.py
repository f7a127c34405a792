"""Wiping takes the camera out of the row and out of the kept file, and nothing else out of anything."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Pixels
from PIL import ImageChops, ImageCms

from images.encoding import open_clean
from images.models import Image
from images.renditions import make_renditions
from images.stripping import stripped
from images.uploads import add_picture
from images.wiping import Moved, wipe
from log.models import Entry
from tests.images import metadata as write
from tests.images.pictures import picture_bytes
from tests.images.test_metadata import AGENCY_XMP, CAMERA, FACTS

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

CANARY = b"zqcanaryqz"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
THUMBNAIL = picture_bytes("JPEG", size=(16, 12), comment=CANARY)


def exif(orientation=1):
    return write.exif_block(
        {0x0112: write.short(orientation), 0x010E: write.ascii_value(CANARY.decode())},
        {0xA431: write.ascii_value(CANARY.decode()), 0x927C: write.undefined(CANARY)},
        write.gps_of(53.35123, -6.26042),
        thumbnail=THUMBNAIL,
    )


def halves(mode="RGB"):
    """A picture whose every corner looks different, so that a turn shows."""
    picture = Pixels.radial_gradient("L").resize((60, 40)).convert("RGB")
    picture.paste((220, 30, 30), (0, 0, 20, 15))
    return picture.convert(mode)


def spoiled_jpeg(content):
    parts = [
        write.app1_exif(exif()),
        write.app1_xmp(write.xmp(f"<dc:creator>{CANARY.decode()}</dc:creator>")),
        write.app13({0x0404: write.iim([(120, CANARY.decode())]), 0x040C: CANARY}),
        write.segment(0xEB, CANARY),
        write.segment(0xFE, CANARY),
    ]
    return content[:2] + b"".join(parts) + content[2:] + CANARY


def spoiled():
    """One file of each kind with the canary in many places."""
    packet = write.xmp(f"<dc:creator>{CANARY.decode()}</dc:creator>")
    return {
        "jpeg": spoiled_jpeg(picture_bytes("JPEG", picture=halves(), icc_profile=PROFILE)),
        "progressive jpeg": spoiled_jpeg(picture_bytes("JPEG", picture=halves(), progressive=True)),
        "jpeg with restarts": spoiled_jpeg(picture_bytes("JPEG", picture=halves(), restart_marker_rows=1)),
        "cmyk jpeg": spoiled_jpeg(picture_bytes("JPEG", picture=halves("CMYK"))),
        "grey jpeg": spoiled_jpeg(picture_bytes("JPEG", picture=halves("L"))),
        "phone's jpeg": picture_bytes(
            "MPO", picture=halves(), save_all=True, append_images=[halves("L").convert("RGB")], comment=CANARY
        ),
        "png": write.png(
            write.chunk(b"eXIf", exif()),
            write.text("Author", CANARY),
            behind=CANARY,
            late=[write.ztxt("A", CANARY)],
        ),
        "palette png": picture_bytes("PNG", picture=halves("P"), transparency=3, exif=exif()),
        "deep png": picture_bytes("PNG", picture=Pixels.new("I;16", (40, 40), 0x8123), exif=exif()),
        "webp": write.webp(exif=exif(), packet=packet, icc=PROFILE, unknown=CANARY, behind=CANARY),
        "animated webp": picture_bytes(
            "WEBP", picture=halves(), save_all=True, append_images=[halves("L")], exif=exif(), xmp=packet
        ),
        "gif": write.gif(comment=CANARY, packet=packet, unknown=CANARY, behind=CANARY),
        "animated gif": picture_bytes(
            "GIF", picture=halves(), save_all=True, append_images=[halves("L")], comment=CANARY, loop=3
        ),
        "tiff": write.tiff(
            {0x010E: write.ascii_value(CANARY.decode()), 700: write.undefined(packet)},
            {0xA431: write.ascii_value(CANARY.decode())},
            write.gps_of(53.35123, -6.26042),
            behind=CANARY,
        ),
        "cmyk tiff": picture_bytes("TIFF", picture=halves("CMYK"), description=CANARY.decode()),
        "avif": write.avif(exif=exif(), packet=packet, icc=PROFILE, behind=write.box(b"free", CANARY)),
    }


def frames(content):
    """The pixels of every frame, as Pillow sees them."""
    with Pixels.open(io.BytesIO(content)) as picture:
        for number in range(getattr(picture, "n_frames", 1) if picture.format != "MPO" else 1):
            picture.seek(number)
            picture.load()
            yield picture.convert("RGBA") if picture.mode in ("P", "PA") else picture.copy()


def the_same(one, other):
    return one.mode == other.mode and one.size == other.size and one.tobytes() == other.tobytes()


@pytest.mark.parametrize("kind", spoiled())
def test_only_pixels_profile_and_rotation_stay(kind):
    """Every frame is the same to the last bit, the profile stays, and the canary is nowhere."""
    content = spoiled()[kind]
    assert CANARY in content
    clean, format = stripped(io.BytesIO(content))
    before, after = list(frames(content)), list(frames(clean))
    assert len(after) == (1 if format == "TIFF" else len(before))
    assert all(the_same(*pair) for pair in zip(before, after, strict=False))
    assert CANARY not in clean
    with Pixels.open(io.BytesIO(clean)) as picture, Pixels.open(io.BytesIO(content)) as original:
        assert picture.format == format
        assert picture.info.get("icc_profile") == original.info.get("icc_profile")
        assert picture.info.get("loop") == original.info.get("loop")
        assert not {"xmp", "comment", "photoshop"} & picture.info.keys()
        assert not picture.getexif().get_ifd(0x8769)
        assert not picture.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_stays_as_it_is_seen(format, orientation):
    """The one thing of EXIF that draws is kept, alone, or has been carried out."""
    turned = Pixels.Exif()
    turned[0x0112], turned[0x010E] = orientation, CANARY.decode()
    file = ContentFile(picture_bytes(format, picture=halves(), exif=turned))
    clean, _format = stripped(file)
    assert CANARY not in clean
    assert ImageChops.difference(open_clean(file), open_clean(io.BytesIO(clean))).getbbox() is None


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF"])
def test_parts_that_cannot_be_followed_are_written_anew(format):
    """Pillow forgives what the format forbids; then the pixels are saved in a TIFF."""
    content = picture_bytes(format, picture=halves("P") if format == "GIF" else halves())
    broken = {
        "JPEG": content[:2] + b"\xff\x00" + content[2:],
        "PNG": content[:-12],
        "GIF": content[:-1],
    }[format]
    clean, written = stripped(io.BytesIO(broken))
    assert written in (format, "TIFF")
    [before], [after] = frames(broken), frames(clean)
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


# --- The verb ---------------------------------------------------------------------------------------------


@pytest.fixture
def picture(transactional_db):
    content = write.jpeg(write.app1_exif(CAMERA), write.app1_xmp(AGENCY_XMP))
    return add_picture(file=ContentFile(content), by=None)


def original_of(image):
    with image.original.open("rb") as file:
        return file.read()


def test_wiping_empties_row_and_file_and_leaves_the_rest(picture, all_files):
    """Words, renditions and fingerprint stay; the old file is gone; the log says who and not what."""
    files, sources = all_files(), picture.sources
    assert picture.camera == FACTS
    wipe(image=picture, by=None)
    wiped = Image.objects.get()
    assert wiped.camera == {}
    assert (wiped.caption, wiped.credit, wiped.sha256) == (picture.caption, picture.credit, picture.sha256)
    assert wiped.sources == sources
    content = original_of(wiped)
    assert wiped.bytes == len(content)
    for fact in (b"SN-4711", b"Lumina", b"Arda", b"Exif"):
        assert fact not in content
    assert len(all_files()) == len(files)
    assert not picture.original.storage.exists(picture.original.name)
    entry = Entry.objects.filter(kind="picture.wiped").first()
    assert "4711" not in str(entry.words())


def test_a_wiped_picture_is_a_picture_like_any_other(picture):
    """It can be wiped again, which changes no byte, and its renditions can be made again."""
    wipe(image=picture, by=None)
    content = original_of(Image.objects.get())
    wipe(image=Image.objects.get(), by=None)
    assert original_of(Image.objects.get()) == content
    picture.renditions.all().delete()
    assert make_renditions(Image.objects.get()) > 0


def test_a_full_disk_loses_nothing(picture, all_files, full_disk):
    """The old file and the facts are as they were, and no half file lies about."""
    files, content, entries = all_files(), original_of(picture), Entry.objects.count()
    full_disk()
    with pytest.raises(OSError, match="No space"):
        wipe(image=picture, by=None)
    assert all_files() == files
    assert original_of(Image.objects.get()) == content
    assert Image.objects.get().camera == FACTS
    assert Entry.objects.count() == entries


def test_a_crash_before_the_commit_loses_nothing(picture, all_files, monkeypatch):
    """The row points at a whole file at every moment."""
    files = all_files()
    monkeypatch.setattr("images.wiping.log.write", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        wipe(image=picture, by=None)
    assert all_files() == files
    assert Image.objects.get().camera == FACTS


def test_a_file_replaced_meanwhile_is_not_overwritten(picture, all_files):
    """Whoever asked looked at another file."""
    stale = Image.objects.get()
    wipe(image=picture, by=None)
    Image.objects.update(camera=FACTS)
    stale.original.storage.save(stale.original.name, ContentFile(picture_bytes()))
    files = all_files()
    with pytest.raises(Moved):
        wipe(image=stale, by=None)
    assert all_files() == files
    assert Image.objects.get().camera == FACTS


# --- On the desk ------------------------------------------------------------------------------------------


def wipe_url(image):
    return reverse("admin:images_image_wipe", args=[image.pk])


def test_the_desk_is_asked_first(staff, picture):
    """The page names what goes; only its button does it, and back on the picture nothing of it is left."""
    client = staff("view_image", "change_image", "see_camera")
    assert "SN-4711" in client.get(wipe_url(picture)).content.decode()
    assert Image.objects.get().camera == FACTS
    html = client.post(wipe_url(picture), follow=True).content.decode()
    assert "are wiped" in html
    assert "SN-4711" not in html
    assert Image.objects.get().camera == {}
    assert Entry.objects.filter(kind="picture.wiped").first().by.username == "desk"


@pytest.mark.parametrize("permissions", [("view_image", "change_image"), ("view_image", "see_camera")])
def test_seeing_and_changing_are_both_needed(permissions, staff, picture):
    """A reporter who may change the picture cannot even ask."""
    client = staff(*permissions)
    assert client.get(wipe_url(picture)).status_code == 403
    assert client.post(wipe_url(picture)).status_code == 403
    assert Image.objects.get().camera == FACTS


def test_a_full_disk_is_a_sentence(staff, picture, full_disk):
    """The desk reads that nothing was wiped, and whom to tell."""
    full_disk()
    client = staff("view_image", "change_image", "see_camera")
    html = client.post(wipe_url(picture), follow=True).content.decode()
    assert "Nothing was wiped" in html
    assert "SN-4711" in html
