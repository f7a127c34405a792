"""Files that readers get: made once, stripped, reused, and gone when nothing needs them."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Pixels
from PIL import PngImagePlugin

from images.crops import plan_renditions
from images.models import Image, Rendition
from images.renditions import make_renditions, missing_plans, remove_lost, sweep
from images.uploads import add_picture
from newsroom.demo.library import pixels
from tests.images.pictures import make_picture, picture_bytes, picture_file

CANARY = b"CANARY-7f3a"


def two_coloured_file():
    picture = Pixels.new("RGB", (600, 200), "red")
    picture.paste("blue", (300, 0, 600, 200))
    return ContentFile(picture_bytes(picture=picture), name="wide.jpg")


def test_an_upload_has_every_planned_rendition(db):
    """Crop, width and format of the rows are those of the plan, and each file is what its row says."""
    image = make_picture(size=(700, 500))
    rows = list(image.renditions.all())
    assert {(row.crop, row.width, row.format) for row in rows} == {
        plan.key for plan in plan_renditions(700, 500)
    }
    for row in rows:
        with row.file.open() as file, Pixels.open(file) as made:
            assert made.size == (row.width, row.height)
            assert made.format.lower() == row.format


def test_sources_tell_all_that_a_page_needs(db):
    """The record names the files by crop and format, in order of width, and the largest size."""
    image = Image.objects.get(pk=make_picture(size=(700, 500)).pk)
    card = image.sources["card"]
    assert (card["width"], card["height"]) == (700, 467)
    assert [width for width, name in card["avif"]] == [192, 320, 700]
    assert all(default_storage.exists(name) for width, name in card["avif"] + card["webp"] + card["jpeg"])


def canary_exif():
    exif = Pixels.Exif()
    exif[0x013B] = exif[0x010E] = exif[0x8298] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 21.0, 7.0), 29: CANARY.decode()})
    return exif


def canary_files():
    """One file for each format, with the canary in every place that format has for words."""
    exif, xmp = canary_exif(), b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    jpeg = picture_bytes("JPEG", exif=exif, xmp=xmp, comment=CANARY)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10\x1c\x02\x50\x00\x0b" + CANARY
    iptc_segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return {
        "jpeg": jpeg[:2] + iptc_segment + jpeg[2:] + b"<script>" + CANARY,
        "png": picture_bytes("PNG", exif=exif, pnginfo=text) + CANARY,
        "webp": picture_bytes("WEBP", exif=exif, xmp=xmp),
        "gif": picture_bytes("GIF", comment=CANARY) + CANARY,
        "tiff": picture_bytes("TIFF", description=CANARY.decode(), artist=CANARY.decode()),
        "avif": picture_bytes("AVIF", exif=exif, xmp=xmp),
    }


@pytest.mark.parametrize("format", canary_files())
def test_nothing_but_pixels_reaches_a_rendition(format, db, tmp_path):
    """Place, author, comments and whatever was hidden behind the picture stay in the original."""
    content = canary_files()[format]
    assert CANARY in content
    add_picture(file=ContentFile(content, name=f"upload.{format}"), by=None)
    served = [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]
    assert served
    for path in served:
        assert CANARY not in path.read_bytes()
        with Pixels.open(path) as made:
            assert not dict(made.getexif())
            assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & made.info.keys()


def test_equal_pixels_have_other_names_in_each_picture(db):
    """Whoever owns the same file cannot compute where ours lies: each picture's secret goes into the names."""
    first = add_picture(file=picture_file(color=(9, 9, 9)), by=None)
    second = add_picture(file=picture_file(color=(9, 9, 9), comment=b"another file"), by=None)
    names, contents = [], []
    for image in (first, second):
        names.append(set(image.renditions.values_list("file", flat=True)))
        contents.append({Path(default_storage.path(name)).read_bytes() for name in names[-1]})
    assert contents[0] == contents[1]
    assert not names[0] & names[1]


def test_equal_content_is_one_file(db, all_files):
    """Two renditions of one picture that come out alike share their file, and one deletion spares it."""
    image = make_picture(size=(40, 40))  # a square: its whole and its square are the same small picture
    rows = image.renditions.filter(crop__in=["full", "square"], format="webp")
    assert len(rows) == 2
    assert len({row.file.name for row in rows}) == 1
    assert len(all_files()) == 1 + image.renditions.values("file").distinct().count()


def test_making_renditions_again_makes_nothing(db):
    """A second run finds everything and writes nothing."""
    image = make_picture()
    before = list(image.renditions.values_list("pk", flat=True))
    assert make_renditions(image) == 0
    assert list(image.renditions.values_list("pk", flat=True)) == before


def test_a_moved_focal_point_remakes_the_crops(transactional_db):
    """The square follows the focal point, and the whole picture's files stay."""
    image = add_picture(file=two_coloured_file(), by=None, focal_x=0.0)
    full, square = image.sources["full"], image.sources["square"]
    image.focal_x = 1.0
    image.save()
    assert make_renditions(image) > 0
    assert image.sources["full"] == full
    old_name, new_name = square["jpeg"][0][1], image.sources["square"]["jpeg"][0][1]
    assert new_name != old_name
    with default_storage.open(new_name) as file, Pixels.open(file) as made:
        red, green, blue = made.convert("RGB").getpixel((10, 10))
        assert blue > 200 > red


def test_a_file_that_was_replaced_is_kept_for_a_day(transactional_db, all_files):
    """A page that was open or cached can load what it names; after a day the file and its row are removed."""
    with time_machine.travel("2026-05-04T10:00Z", tick=False) as clock:
        image = add_picture(file=two_coloured_file(), by=None, focal_x=0.0)
        old_name = image.sources["square"]["jpeg"][0][1]
        image.focal_x = 1.0
        image.save()
        make_renditions(image)
        clock.shift(timedelta(hours=23))
        assert sweep() == 0
        assert default_storage.exists(old_name)
        clock.shift(timedelta(hours=2))
        assert sweep() > 0
        assert not default_storage.exists(old_name)
    assert not image.renditions.exclude(retired_at=None).exists()
    assert len(all_files()) == 1 + image.renditions.values("file").distinct().count()


def test_a_replaced_file_that_is_wanted_again_stays(transactional_db):
    """The focal point moved there and back within a day: the file has two rows, and only the old one goes."""
    with time_machine.travel("2026-05-04T10:00Z", tick=False) as clock:
        image = add_picture(file=two_coloured_file(), by=None, focal_x=0.0)
        for focal_x in (1.0, 0.0):
            image.focal_x = focal_x
            image.save()
            make_renditions(image)
        clock.shift(timedelta(hours=25))
        sweep()
    assert all(default_storage.exists(row.file.name) for row in image.renditions.all())
    assert missing_plans(image) == []


def test_files_that_a_killed_process_left_are_found(transactional_db, all_files):
    """Without a row nobody knows them; what is younger than a day may still get its row."""
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        image = make_picture()
        files = all_files()
        lost = default_storage.save(f"renditions/ab/ab{'0' * 30}.jpg", ContentFile(b"half"))
        assert remove_lost() == 1
        assert not default_storage.exists(lost)
        assert all_files() == files
    default_storage.save(lost, ContentFile(b"half"))
    assert remove_lost() == 0
    assert image.renditions.exists()


def test_renditions_made_for_an_older_focal_point_are_thrown_away(transactional_db, all_files):
    """Of two people who move the point at once, the last one's crops count."""
    image = make_picture(size=(600, 200))
    files = all_files()
    stale = Image.objects.get(pk=image.pk)
    stale.focal_x = 0.0  # not saved: the row says otherwise
    make_renditions(stale)
    assert all_files() == files
    assert Image.objects.get(pk=image.pk).sources == image.sources


def test_a_stale_object_does_not_overwrite_words(db):
    """Making renditions writes the sources and nothing else."""
    image = make_picture(caption="Old words")
    stale = Image.objects.get(pk=image.pk)
    image.caption = "New words"
    image.save()
    Rendition.objects.filter(image=image).delete()
    make_renditions(stale)
    assert Image.objects.search("new words").get().caption == "New words"


def test_a_file_cut_short_is_written_again(db):
    """A name is no proof: the weight must fit too."""
    image = make_picture()
    row = image.renditions.first()
    whole = row.file.size
    default_storage.delete(row.file.name)
    default_storage.save(row.file.name, ContentFile(b"cut"))
    row.delete()
    make_renditions(image)
    assert default_storage.size(row.file.name) == whole


def test_a_rendition_is_small_enough_to_be_worth_it(db):
    """The modern formats are lighter than the JPEG of the same width."""
    drawing = pixels("harbour-dawn").convert("RGB")
    image = add_picture(file=ContentFile(picture_bytes(picture=drawing, quality=95), name="n.jpg"), by=None)
    weight = {row.format: row.file.size for row in image.renditions.filter(crop="card", width=720)}
    assert weight["avif"] < weight["jpeg"]
    assert weight["webp"] < weight["jpeg"]


def test_the_largest_size_of_a_tiny_picture_is_its_own(db):
    """A picture of one pixel goes through the whole machine."""
    image = add_picture(file=ContentFile(picture_bytes("PNG", size=(1, 1)), name="dot.png"), by=None)
    assert image.sources["full"]["width"] == 1
    assert image.renditions.count() == len(plan_renditions(1, 1))
