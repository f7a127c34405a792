"""No byte that readers get, and none that lies in public storage, carries what a file said about its source.

Each channel of metadata of each format holds a word of its own. The file goes through the desk's form, into a story
and a profile, and onto the site. Then everything public is searched for every word, in every usual encoding.
"""

import base64
import itertools
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from PIL import Image as Pixels
from PIL import ImageCms

from articles import workflow
from articles.models import Tag
from images.models import Image
from images.renditions import make_renditions
from log.models import Entry
from tests.factories import ArticleFactory, AuthorFactory, figure
from tests.images import metadata as write
from tests.images.pictures import picture_bytes, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::UserWarning:PIL")]

LATITUDE, LONGITUDE = 53.35123, -6.26042
POSITION = {"53.35123", "6.26042", "53.351", "-6.260"}


class Words:
    """A word for each channel; each is made when a file is written and remembered."""

    def __init__(self):
        self.made = set()

    def __call__(self, channel):
        self.made.add(word := f"zq{channel}qz")
        return word

    def in_bytes(self, channel):
        return self(channel).encode()


def exif(words):
    return write.exif_block(
        {
            0x010E: write.ascii_value(words("exifdescription")),
            0x010F: write.ascii_value(words("make")),
            0x0110: write.ascii_value(words("model")),
            0x0131: write.ascii_value(words("software")),
            0x013B: write.ascii_value(words("artist")),
            0x013C: write.ascii_value(words("computer")),
            0x8298: write.ascii_value(words("copyright")),
            0x9C9B: (1, words("xptitle").encode("utf-16-le")),
            0x9C9D: (1, words("xpauthor").encode("utf-16-le")),
        },
        {
            0x9003: write.ascii_value("2026:05:04 14:05:31"),
            0x9011: write.ascii_value("+02:00"),
            0x927C: write.undefined(words.in_bytes("makernote")),
            0x9286: write.undefined(b"UNICODE\0" + words("usercomment").encode("utf-16-le")),
            0xA420: write.ascii_value(words("uniqueid")),
            0xA430: write.ascii_value(words("owner")),
            0xA431: write.ascii_value(words("serial")),
            0xA434: write.ascii_value(words("lens")),
            0xA435: write.ascii_value(words("lensserial")),
        },
        write.gps_of(
            LATITUDE,
            LONGITUDE,
        )
        | {0x001B: write.undefined(b"ASCII\0\0\0" + words.in_bytes("gpsmethod"))},
        thumbnail=picture_bytes("JPEG", size=(16, 12), comment=words.in_bytes("thumbnail")),
    )


def xmp(words):
    attributes = {
        "photoshop:Headline": "headline",
        "photoshop:Credit": "agency",
        "photoshop:Source": "source",
        "photoshop:Instructions": "instructions",
        "photoshop:CaptionWriter": "captionwriter",
        "photoshop:TransmissionReference": "reference",
        "photoshop:City": "city",
        "photoshop:Country": "country",
        "Iptc4xmpCore:Location": "location",
        "aux:SerialNumber": "xmpserial",
        "aux:Lens": "xmplens",
        "exif:GPSLatitude": "xmplatitude",
        "xmp:CreatorTool": "creatortool",
    }
    lists = {
        "dc:description": ("Alt", "caption"),
        "dc:creator": ("Seq", "creator"),
        "dc:subject": ("Bag", "keyword"),
        "dc:rights": ("Alt", "xmprights"),
        "xmpRights:UsageTerms": ("Alt", "terms"),
        "Iptc4xmpExt:PersonInImage": ("Bag", "person"),
    }
    thumbnail = base64.b64encode(picture_bytes("JPEG", size=(16, 12), comment=words.in_bytes("xmpthumbnail")))
    body = "".join(
        f"<{name}>{write.items(kind, words(channel))}</{name}>" for name, (kind, channel) in lists.items()
    )
    return write.xmp(
        f"{body}<xmp:Thumbnails>{thumbnail.decode()}</xmp:Thumbnails>",
        attributes=" ".join(f'{name}="{words(channel)}"' for name, channel in attributes.items()),
    )


def iim(words):
    channels = {
        5: "iimname",
        25: "iimkeyword",
        40: "iiminstructions",
        80: "iimbyline",
        85: "iimbylinetitle",
        90: "iimcity",
        105: "iimheadline",
        110: "iimcredit",
        116: "iimcopyright",
        118: "iimcontact",
        120: "iimcaption",
        122: "iimwriter",
    }
    return write.iim([(number, words(channel)) for number, channel in channels.items()])


def profile(words):
    """A sound sRGB profile whose description is a word of ours."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = plain.index("sRGB".encode("utf-16-be"))
    word = words("icc").encode("utf-16-be")[: len("sRGB built-in") * 2]
    return plain[:at] + word + plain[at + len(word) :]


def jpeg(words):
    photoshop = {
        0x0404: iim(words),
        0x040C: words.in_bytes("photoshopthumbnail"),
        0x03E8: words.in_bytes("photoshop"),
    }
    return write.jpeg(
        write.segment(0xE0, b"JFXX\0\x10" + picture_bytes("JPEG", comment=words.in_bytes("jfxx"))),
        write.app1_exif(exif(words)),
        write.app1_xmp(xmp(words)),
        write.app1_more_xmp(words.in_bytes("extendedxmp")),
        write.app2_icc(profile(words)),
        write.segment(0xE2, b"MPF\0" + words.in_bytes("mpf")),
        write.segment(0xEB, b"JP" + words.in_bytes("contentcredentials")),
        write.app13(photoshop),
        write.segment(0xFE, words.in_bytes("comment")),
        behind=words.in_bytes("behind"),
    )


def png(words):
    texts = [
        write.text("Author", words.in_bytes("pngauthor")),
        write.text("Comment", words.in_bytes("pngcomment")),
        write.text("Raw profile type iptc", iim(words).hex().encode()),
        write.ztxt("Description", words.in_bytes("pngdescription")),
        write.itxt("Title", words.in_bytes("pngtitle"), compressed=True),
        write.itxt("XML:com.adobe.xmp", xmp(words)),
    ]
    return write.png(
        write.iccp(profile(words)),
        *texts,
        write.chunk(b"prVt", words.in_bytes("pngprivate")),
        late=[write.chunk(b"eXIf", exif(words)), write.text("Source", words.in_bytes("pnglate"))],
        behind=words.in_bytes("behind"),
    )


def webp(words):
    return write.webp(
        exif=exif(words),
        packet=xmp(words),
        icc=profile(words),
        unknown=words.in_bytes("unknown"),
        behind=words.in_bytes("behind"),
    )


def gif(words):
    return write.gif(
        comment=words.in_bytes("gifcomment"),
        packet=xmp(words),
        unknown=words.in_bytes("unknown"),
        behind=words.in_bytes("behind"),
    )


def tiff(words):
    main = {
        0x010D: write.ascii_value(words("documentname")),
        0x010E: write.ascii_value(words("exifdescription")),
        0x010F: write.ascii_value(words("make")),
        0x0110: write.ascii_value(words("model")),
        0x013B: write.ascii_value(words("artist")),
        0x8298: write.ascii_value(words("copyright")),
        700: write.undefined(xmp(words)),
        33723: write.undefined(iim(words)),
        34377: write.undefined(write.resources({0x03E8: words.in_bytes("photoshop")})),
        34675: write.undefined(profile(words)),
        65000: write.ascii_value(words("private")),
    }
    details = {
        0x9003: write.ascii_value("2026:05:04 14:05:31"),
        0x9011: write.ascii_value("+02:00"),
        0xA430: write.ascii_value(words("owner")),
        0xA431: write.ascii_value(words("serial")),
        0xA434: write.ascii_value(words("lens")),
        0xA435: write.ascii_value(words("lensserial")),
    }
    return write.tiff(main, details, write.gps_of(LATITUDE, LONGITUDE), behind=words.in_bytes("behind"))


def avif(words):
    return write.avif(
        exif=exif(words),
        packet=xmp(words),
        icc=profile(words),
        behind=write.box(b"uuid", words.in_bytes("uuid")) + write.box(b"free", words.in_bytes("free")),
    )


WRITERS = {"jpeg": jpeg, "png": png, "webp": webp, "gif": gif, "tiff": tiff, "avif": avif}

#: What readers are meant to read: the words of the figure.
PUBLIC = {"zqcaptionqz", "zqcreatorqz", "zqagencyqz"}


def encoded(words):
    """{bytes: word} of each word as it is, in UTF-16, in hexadecimal, and in Base64 at each place of a group."""
    found = {}
    for word in words:
        plain = word.encode()
        forms = [
            plain,
            plain.upper(),
            word.encode("utf-16-le"),
            word.encode("utf-16-be"),
            plain.hex().encode(),
        ]
        for shift in range(3):  # Base64 works on groups of three: what is before the word shifts its letters
            letters = base64.b64encode(b"\0" * shift + plain)
            forms.append(letters[(shift * 8 + 5) // 6 : len(letters) - 4])
        found |= dict.fromkeys(forms, word)
    return found


def found_in(content, forms):
    return {word for form, word in forms.items() if form in content}


def public_addresses(story, author):
    """Every address of the site that could show the story."""
    names = ["front-page", "rss", "news-feed", "sitemap", "robots", "corrections", "corrections-rss"]
    yield from map(reverse, names)
    yield from (f"/sitemap-{part}.xml" for part in ("stories", "sections", "authors"))
    slugs = {"section": story.section.slug, "tag": "harbour", "author": author.slug, "article": story.slug}
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and (kind := name.partition("-")[0]) in slugs:
            yield reverse(name, args=[slugs[kind]])


@pytest.fixture
def desk(client, person):
    client.force_login(person("Chief"))
    return client


@pytest.mark.parametrize("format", WRITERS)
def test_what_a_file_said_stays_on_the_desk(format, desk, person):
    """Caption, credit and date arrive in their fields; no word is anywhere in public but in the figure's text."""
    words = Words()
    content = WRITERS[format](words)
    forms = encoded(words.made)
    assert len(words.made) > 20
    file = SimpleUploadedFile(f"zqname.{format}", content)
    desk.post(reverse("admin:images_image_add"), {"file": file})
    image = Image.objects.get()
    desk.post(reverse("admin:images_image_words"), row_of(image, alt_text="A ferry on fire"))
    make_renditions(image)
    image.refresh_from_db()

    # It arrives.
    assert image.caption == "zqcaptionqz"
    assert image.credit == "zqcreatorqz/zqagencyqz"
    assert image.title == "zqheadlineqz"
    assert (image.keywords, image.people) == ("zqkeywordqz", "zqpersonqz")
    assert image.place == "zqlocationqz, zqcityqz, zqcountryqz"
    if format != "gif":  # which has no EXIF
        assert image.taken_at.isoformat() == "2026-05-04T12:05:31+00:00"
        assert image.camera["serial"] == "zqserialqz"
        assert (image.camera["latitude"], image.camera["longitude"]) == (LATITUDE, LONGITUDE)

    # It is used everywhere a picture can be.
    author = AuthorFactory(portrait=image)
    story = ArticleFactory(
        authors=[author], tags=[Tag.objects.create(name="Harbour", slug="harbour")], lead_image=image
    )
    story.body = f"<p>All of it.</p>{figure(image)}"
    story.save()
    workflow.publish(article=story, by=None)

    # No file says anything.
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == image.renditions.values("file").distinct().count() > 5
    for path in files:
        assert found_in(path.read_bytes(), forms) == set()
        assert "zqname" not in str(path)
        with Pixels.open(path) as picture:
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & picture.info.keys()
            assert not dict(picture.getexif())

    # No answer to a reader says more than the figure.
    reader = Client()
    pages = dict.fromkeys(public_addresses(story, author))
    pages |= dict.fromkeys(f"/uploads/{name}" for name in image.renditions.values_list("file", flat=True))
    shown = set()
    for address in pages:
        response = reader.get(address)
        assert response.status_code in (200, 301), address
        said = response.content + str(response.headers).encode()
        shown |= found_in(said, forms)
        assert found_in(said, forms) <= PUBLIC, address
        assert not any(number in said.decode("latin-1") for number in POSITION), address
    assert shown == PUBLIC

    # Neither the admin's history nor the log nor the desk's JSON knows the camera.
    camera = {
        word
        for word in words.made
        if word[2:-2] in {"serial", "lensserial", "owner", "model", "make", "lens"}
    }
    reporter = Client()
    reporter.force_login(person("Reporter"))
    told = [
        serializers.serialize("json", itertools.chain(LogEntry.objects.all())),
        *(str(entry.words()) for entry in Entry.objects.all()),
        *(
            reporter.get(address).content.decode()
            for address in (
                reverse("admin:images_image_picker"),
                reverse("admin:images_image_changelist"),
                reverse("admin:images_image_change", args=[image.pk]),
                reverse("admin:images_image_history", args=[image.pk]),
            )
        ),
    ]
    for text in told:
        assert found_in(text.encode(), encoded(camera)) == set()
        assert not any(number in text for number in POSITION)


def test_the_search_would_find_a_word_in_every_encoding():
    """The test above is worth something: each form is found where it is hidden."""
    words = {"zqcanaryqz"}
    forms = encoded(words)
    hidden = [
        b"__zqcanaryqz__",
        "__zqcanaryqz__".encode("utf-16-le"),
        "__zqcanaryqz__".encode("utf-16-be"),
        b"__zqcanaryqz__".hex().encode(),
        *(base64.b64encode(b"_" * shift + b"zqcanaryqz__") for shift in range(3)),
    ]
    assert all(found_in(content, forms) == words for content in hidden)
    assert found_in(b"nothing of the kind", forms) == set()


@pytest.mark.parametrize("format", WRITERS)
def test_the_files_really_hold_their_words(format):
    """Every channel's word is in the file, plain or packed."""
    words = Words()
    content = WRITERS[format](words)
    packed = {"icc", "pngdescription", "pngtitle", "xmpthumbnail"}
    missing = words.made - found_in(content, encoded(words.made))
    assert {word[2:-2] for word in missing} <= packed
