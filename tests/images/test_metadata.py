"""What a file says about itself arrives in the right fields, whichever program wrote it where."""

import io
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from images import metadata
from images.metadata import iptc, xmp
from images.metadata.said import Moment, exif_moment, iim_moment, iso_moment, plain, taken_at
from images.metadata.wording import caption_of, credit_of
from tests.images import metadata as write

# Pillow warns of damage that is meant here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")


def read(content):
    file = io.BytesIO(content)
    with Image.open(file) as picture:
        picture.load()
        return metadata.read(picture, file)


AGENCY_IIM = [
    *[(5, "775812345"), (25, "ferry"), (25, "fire"), (40, "Not for use in Germany"), (55, "20260504")],
    *[(60, "140500+0200"), (80, "Arda Example"), (90, "Tidewick"), (101, "Estuary"), (105, "Ferry fire")],
    *[(110, "Anadolu via Getty Images"), (115, "Anadolu"), (116, "© 2026 Anadolu"), (103, "JOB-7")],
    (120, "The ferry burns at quay 4. (Photo by Arda Example/Anadolu via Getty Images)"),
]
AGENCY_XMP = write.xmp(
    f"<dc:description>{write.items('Alt', 'The ferry burns at quay 4.')}</dc:description>"
    f"<dc:creator>{write.items('Seq', 'Arda Example')}</dc:creator>"
    f"<dc:subject>{write.items('Bag', 'ferry', 'fire')}</dc:subject>"
    f"<dc:rights>{write.items('Alt', '© 2026 Anadolu')}</dc:rights>"
    f"<xmpRights:UsageTerms>{write.items('Alt', 'Editorial use only')}</xmpRights:UsageTerms>"
    f"<Iptc4xmpExt:PersonInImage>{write.items('Bag', 'Mara Venn', 'Ines Calder')}</Iptc4xmpExt:PersonInImage>"
    "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'>"
    "<Iptc4xmpExt:Sublocation>Quay 4</Iptc4xmpExt:Sublocation><Iptc4xmpExt:City>Tidewick</Iptc4xmpExt:City>"
    "<Iptc4xmpExt:CountryName>Estuary</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>"
    "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorName>Getty Images</plus:LicensorName>"
    "</rdf:li></rdf:Seq></plus:Licensor>",
    attributes='photoshop:Credit="Anadolu via Getty Images" photoshop:Headline="Ferry fire" '
    'photoshop:City="Shown elsewhere" photoshop:Country="Nowhere" photoshop:Source="Anadolu" '
    'photoshop:DateCreated="2026-05-04T14:05:00+02:00" photoshop:Instructions="Not for use in Germany"',
)
CAMERA = write.exif_block(
    {
        0x010F: write.ascii_value("Lumina"),
        0x0110: write.ascii_value("L-7"),
        0x013B: write.ascii_value("Arda E."),
    },
    {
        0x9003: write.ascii_value("2026:05:04 14:05:31"),
        0x9011: write.ascii_value("+02:00"),
        0xA431: write.ascii_value("SN-4711"),
        0xA434: write.ascii_value("50mm"),
        0xA435: write.ascii_value("LSN-1"),
        0xA430: write.ascii_value("Owner E."),
    },
    write.gps_of(53.35123, -6.26042),
)
FACTS = {
    "make": "Lumina",
    "model": "L-7",
    "serial": "SN-4711",
    "lens": "50mm",
    "lens_serial": "LSN-1",
    "owner": "Owner E.",
    "latitude": 53.35123,
    "longitude": -6.26042,
}


def test_an_agency_s_iim_fills_the_fields():
    """Each of its numbered fields has a home, and the credit at the caption's end is said once."""
    found = read(write.jpeg(write.app13({0x0404: write.iim(AGENCY_IIM)})))
    assert found.words == {
        "title": "Ferry fire",
        "caption": "The ferry burns at quay 4.",
        "credit": "Arda Example/Anadolu via Getty Images",
        "keywords": "ferry, fire",
        "place": "Tidewick, Estuary",
        "usage_terms": "© 2026 Anadolu\nNot for use in Germany",
        "source": "Anadolu, JOB-7",
    }
    assert found.taken_at == datetime(2026, 5, 4, 14, 5, tzinfo=timezone(timedelta(hours=2)))
    assert found.camera == {}


def test_an_agency_s_xmp_fills_the_fields():
    """People and licensor too; where it was taken goes before what it shows."""
    found = read(write.jpeg(write.app1_xmp(AGENCY_XMP)))
    assert found.words == {
        "title": "Ferry fire",
        "caption": "The ferry burns at quay 4.",
        "credit": "Arda Example/Anadolu via Getty Images",
        "keywords": "ferry, fire",
        "people": "Mara Venn, Ines Calder",
        "place": "Quay 4, Tidewick, Estuary",
        "usage_terms": "© 2026 Anadolu\nEditorial use only\nNot for use in Germany",
        "source": "Anadolu, Getty Images",
    }
    assert found.taken_at == datetime(2026, 5, 4, 12, 5, tzinfo=UTC)


FILES = {
    "jpeg": lambda exif, packet: write.jpeg(write.app1_exif(exif), write.app1_xmp(packet)),
    "png": lambda exif, packet: write.png(
        write.itxt("XML:com.adobe.xmp", packet), late=[write.chunk(b"eXIf", exif)]
    ),
    "png, compressed": lambda exif, packet: write.png(
        write.chunk(b"eXIf", exif), write.itxt("XML:com.adobe.xmp", packet, compressed=True)
    ),
    "webp": lambda exif, packet: write.webp(exif=exif, packet=packet),
    "avif": lambda exif, packet: write.avif(exif=exif, packet=packet),
}


@pytest.mark.parametrize("format", FILES)
def test_every_format_keeps_exif_and_xmp_somewhere(format):
    """The words come from XMP, the facts from EXIF."""
    found = read(FILES[format](CAMERA, AGENCY_XMP))
    assert found.words["credit"] == "Arda Example/Anadolu via Getty Images"
    assert found.camera == FACTS
    assert found.taken_at == datetime(2026, 5, 4, 12, 5, tzinfo=UTC)


def test_a_tiff_keeps_all_three():
    """XMP in tag 700, IIM in 33723, the camera's own beside the tags that draw."""
    tags = {0x010F: write.ascii_value("Lumina"), 700: write.undefined(AGENCY_XMP)}
    details = {0xA431: write.ascii_value("SN-4711")}
    found = read(write.tiff(tags, details, write.gps_of(53.35123, -6.26042)))
    assert found.words["people"] == "Mara Venn, Ines Calder"
    assert found.camera == {key: FACTS[key] for key in ("make", "serial", "latitude", "longitude")}


@pytest.mark.parametrize("kind", ["bytes", "numbers", "photoshop"])
def test_iim_in_a_tiff_is_found_whatever_its_type(kind):
    """Programs wrote it as bytes, as numbers of four bytes, or inside Photoshop's resources."""
    content = write.iim([(80, "Arda Example"), (120, "Käse am Kai")])
    padded = content + b"\0" * (-len(content) % 4)
    tag = {
        "bytes": {33723: write.undefined(content)},
        "numbers": {33723: (write.LONG, padded)},
        "photoshop": {34377: write.undefined(write.resources({0x0404: content}))},
    }[kind]
    assert read(write.tiff(tag)).words == {"caption": "Käse am Kai", "credit": "Arda Example"}


def test_a_gif_has_xmp_or_a_comment():
    """The packet goes first; a comment without one is better than nothing, and a program's name is not."""
    assert (
        read(write.gif(packet=AGENCY_XMP, comment=b"Dusk")).words["caption"] == "The ferry burns at quay 4."
    )
    assert read(write.gif(comment=b"Dusk at quay 4")).words == {"caption": "Dusk at quay 4"}
    assert read(write.gif(comment=b"Created with GIMP")).words == {}


def test_loose_texts_of_a_png_are_the_last_resort():
    """Author, title, description and copyright by their registered keywords."""
    chunks = [
        write.text("Author", b"Arda Example"),
        write.itxt("Description", "Käse am Kai".encode()),
        write.ztxt("Title", b"Cheese"),
        write.text("Software", b"Painter"),
    ]
    assert read(write.png(*chunks)).words == {
        "credit": "Arda Example",
        "caption": "Käse am Kai",
        "title": "Cheese",
    }


# --- Which source is believed -----------------------------------------------------------------------------

SHORT_XMP = write.xmp(f"<dc:creator>{write.items('Seq', 'From XMP')}</dc:creator>")
SHORT_IIM = write.iim([(80, "From IIM"), (120, "Only IIM says this")])
SHORT_EXIF = write.exif_block(
    {0x013B: write.ascii_value("From EXIF"), 0x8298: write.ascii_value("Only EXIF")}
)


def test_each_value_comes_from_the_first_source_that_has_it():
    """XMP before IIM before EXIF; none hides what the others alone say."""
    found = read(
        write.jpeg(write.app1_exif(SHORT_EXIF), write.app1_xmp(SHORT_XMP), write.app13({0x0404: SHORT_IIM}))
    )
    assert found.words == {
        "credit": "From XMP",
        "caption": "Only IIM says this",
        "usage_terms": "Only EXIF",
    }


@pytest.mark.parametrize(("noted", "credit"), [(SHORT_IIM, "From XMP"), (b"older", "From IIM")])
def test_iim_changed_after_the_xmp_goes_first(noted, credit):
    """The digest that was noted when XMP was written tells whether a program without XMP came later."""
    parts = {0x0404: SHORT_IIM, 0x0425: write.digest(noted)}
    found = read(write.jpeg(write.app1_xmp(SHORT_XMP), write.app13(parts)))
    assert found.words["credit"] == credit


@pytest.mark.parametrize(
    ("moments", "wanted"),
    [
        (["2026-05-04", "2026-05-04T14:05:31"], "2026-05-04T14:05:31"),
        (["2026-05-04", "2026-05-05T00:10:00"], "2026-05-04T00:00:00"),
        (["1936-05-04", "2026-05-04T14:05:31"], "1936-05-04T00:00:00"),
        (["2026-05-04T14:05:00", "2026-05-04T14:05:31+02:00"], "2026-05-04T14:05:31+02:00"),
        (["2026-05-04T15:05:00", "2026-05-04T14:05:31+02:00"], "2026-05-04T15:05:00"),
        (["2026-05-04T14:05:00+02:00", "2026-05-04T14:05:31"], "2026-05-04T14:05:00+02:00"),
    ],
)
def test_the_first_source_says_the_day_and_one_that_agrees_may_be_more_exact(moments, wanted):
    """Agencies write the day, cameras the time; a scan's camera does not make an old picture new."""
    assert taken_at([iso_moment(text) for text in moments]) == datetime.fromisoformat(wanted)


EAST, WEST = timezone(timedelta(hours=2)), timezone(-timedelta(hours=3, minutes=30))


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        (iso_moment("2026-05-04T14:05:00.25+02:00"), Moment(date(2026, 5, 4), time(14, 5, tzinfo=EAST))),
        (iso_moment("2026-05-04T14:05Z"), Moment(date(2026, 5, 4), time(14, 5, tzinfo=UTC))),
        (iso_moment("2026-05"), None),
        (iso_moment("2026-13-40"), None),
        (iso_moment("2026-05-04T25:00:00"), Moment(date(2026, 5, 4))),
        (iso_moment("0001-01-01T00:00:00Z"), None),
        (iim_moment("20260504", "140500-0330"), Moment(date(2026, 5, 4), time(14, 5, tzinfo=WEST))),
        (iim_moment("20260500", ""), None),
        (iim_moment("20260504", "noon"), Moment(date(2026, 5, 4))),
        (exif_moment("2026:05:04 14:05:31", ""), Moment(date(2026, 5, 4), time(14, 5, 31))),
        (exif_moment("2026:05:04 14:05:31", "+99:00"), Moment(date(2026, 5, 4), time(14, 5, 31))),
        (exif_moment("0000:00:00 00:00:00", ""), None),
        (exif_moment("    :  :     :  :  ", ""), None),
    ],
)  # fmt: skip
def test_moments_are_read_in_three_notations_and_nonsense_is_none(moment, wanted):
    """Half a date is none; a wrong time costs the time, a wrong offset the offset."""
    assert moment == wanted


# --- Encodings and languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "marked"), [("utf-8", True), ("utf-8", False), ("latin-1", False), ("cp1252", False)]
)
def test_iim_is_read_in_the_encodings_that_agencies_use(encoding, marked):
    """UTF-8 with its mark in 1:90, UTF-8 without it, Latin-1 and what Windows made of it."""
    words = "Zoë öffnet die “Brücke”" if encoding != "latin-1" else "Zoë öffnet die Brücke"
    found = iptc.read(write.iim([(120, words)], encoding=encoding, marked=marked))
    assert found.words["caption"] == [words]


def test_a_letter_cut_in_two_at_the_field_s_end_is_left_out():
    """Old programs count bytes: 32 of them are a photographer's name."""
    content = write.iim([]) + write.iim_field(2, 80, "Ömer Örnekoğlu-Çelikkanat Uzun".encode()[:32])
    assert iptc.read(content).words["creator"] == ["Ömer Örnekoğlu-Çelikkanat Uz"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xmp_is_read_in_its_encodings(encoding):
    """UTF-8 as ever, and UTF-16 as the standard allows."""
    packet = write.xmp(f"<dc:creator>{write.items('Seq', 'Ömer Örnek')}</dc:creator>", encoding=encoding)
    assert xmp.read(packet).words["creator"] == ["Ömer Örnek"]


def test_of_several_languages_the_default_is_taken():
    """Wherever it stands in the list; without one, the first."""
    default = '<rdf:li xml:lang="de">Die Fähre</rdf:li><rdf:li xml:lang="x-default">The ferry</rdf:li>'
    first = '<rdf:li xml:lang="de">Die Fähre</rdf:li><rdf:li xml:lang="en">The ferry</rdf:li>'
    for inside, wanted in ((default, "The ferry"), (first, "Die Fähre")):
        packet = write.xmp(f"<dc:description><rdf:Alt>{inside}</rdf:Alt></dc:description>")
        assert xmp.read(packet).words["caption"] == [wanted]


def test_exif_beyond_ascii_is_utf_8_or_latin_1():
    """The standard forbids both, cameras write both."""
    for content in ("Zoë".encode() + b"\0", "Zoë".encode("latin-1") + b"\0"):
        found = read(write.jpeg(write.app1_exif(write.exif_block({0x013B: (write.ASCII, content)}))))
        assert found.words["credit"] == "Zoë"


@pytest.mark.parametrize(
    "noise",
    ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "Exif_JPEG_PICTURE", "DCIM\\100MEDIA\\DJI_0042.JPG", "Untitled"],
)
def test_what_cameras_write_by_themselves_is_no_caption(noise):
    """A maker's name is not what is seen."""
    block = write.exif_block({0x010E: write.ascii_value(noise)})
    assert read(write.jpeg(write.app1_exif(block))).words == {}


def test_words_become_one_line_that_every_database_holds():
    """No NUL, no control character, no turned direction of writing; letters of every script stay."""
    assert plain("The\x00 ferry\r\nburns\t\x07 \u202egnitirw\u202c נמל") == "The ferry burns gnitirw נמל"
    assert len(plain("x" * 50_000)) == 10_000


# --- Credit and caption -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("creator", "line", "credit"),
    [
        ("Arda Example", "Anadolu via Getty Images", "Arda Example/Anadolu via Getty Images"),
        ("Arda Example", "", "Arda Example"),
        ("", "Reuters", "Reuters"),
        ("ARDA EXAMPLE", "REUTERS", "ARDA EXAMPLE/REUTERS"),
        ("Arda Example", "Arda Example/AFP via Getty Images", "Arda Example/AFP via Getty Images"),
        ("arda exámple", "Arda Example / dpa", "Arda Example / dpa"),
        ("Arda Example/Anadolu", "Anadolu via Getty Images", "Arda Example/Anadolu via Getty Images"),
        ("Arda Example via Getty Images", "Getty Images", "Arda Example via Getty Images"),
        ("AP", "AP", "AP"),
        ("Arda", "Ardas Agency", "Arda/Ardas Agency"),
    ],
)
def test_a_credit_is_worded_as_agencies_do(creator, line, credit):
    """Photographer, a slash, the line the agency wants; nobody is named twice."""
    words = {"creator": [creator] if creator else [], "credit": [line] if line else []}
    assert credit_of({name: texts for name, texts in words.items() if texts}) == credit


def test_several_photographers_stand_in_their_order():
    """As a list in XMP, or with semicolons in EXIF."""
    assert (
        credit_of({"creator": ["Arda Example", "Mara Venn"], "credit": ["AP"]})
        == "Arda Example, Mara Venn/AP"
    )


@pytest.mark.parametrize(
    ("notice", "credit"),
    [
        ("© 2026 Arda Example", "Arda Example"),
        ("Copyright (c) 2019-2026 Arda Example. All rights reserved.", "Arda Example"),
        ("© 2026", ""),
        ("Whoever prints this picture owes " * 5, ""),
    ],
)
def test_without_creator_and_credit_the_copyright_notice_names_somebody(notice, credit):
    """A name is a credit to check; a paragraph of terms is not a name."""
    assert credit_of({"rights": [notice]}) == credit


CREDIT = {"creator": ["Arda Example"], "credit": ["Getty Images"]}
AP = {"creator": ["Arda Example"], "credit": ["ASSOCIATED PRESS"], "source": ["AP"]}
REUTERS = {"creator": ["ARDA EXAMPLE"], "credit": ["REUTERS"]}
AFP = {"creator": ["ARDA EXAMPLE"], "credit": ["AFP via Getty Images"]}
DPA = {"creator": ["Arda Example"], "credit": ["dpa"]}


@pytest.mark.parametrize(
    ("words", "caption", "wanted"),
    [
        (CREDIT, "The ferry burns. (Photo by Arda Example/Getty Images)", "The ferry burns."),
        (CREDIT, "The ferry burns. [Arda Example / Getty]", "The ferry burns."),
        (AP, "The ferry burns. (AP Photo/Arda Example)", "The ferry burns."),
        (REUTERS, "The ferry burns. Taken on May 4. REUTERS/Arda Example", "The ferry burns. Taken on May 4."),
        (AFP, "The ferry burns. (Photo by Arda EXAMPLE / AFP) ", "The ferry burns."),
        (DPA, "Die Fähre brennt. Foto: Arda Example/dpa", "Die Fähre brennt."),
        # What says more than the credit, or something else, stays.
        (CREDIT, "The ferry burns (left).", "The ferry burns (left)."),
        (CREDIT, "The crew of the ferry (left)", "The crew of the ferry (left)"),
        (CREDIT, "It burns. (Photo by Mara Venn/Getty Images)", "It burns. (Photo by Mara Venn/Getty Images)"),
        (CREDIT, "Arda Example", "Arda Example"),
        (CREDIT, "A self-portrait by Arda Example", "A self-portrait by Arda Example"),
        (REUTERS, "The ferry burns. The 5/6 crew is safe", "The ferry burns. The 5/6 crew is safe"),
        (CREDIT, "(Photo by Arda Example/Getty Images)", ""),
    ],
)  # fmt: skip
def test_a_caption_loses_the_credit_at_its_end_and_nothing_else(words, caption, wanted):
    """Only what the credit says already is taken off."""
    assert caption_of({**words, "caption": [" ".join(caption.split())]})[0] == wanted


def test_a_credit_that_stands_in_the_caption_only_is_not_lost():
    """It moves to its field when the file names nobody elsewhere."""
    caption = "The ferry burns. (Photo by Arda Example/Agency)"
    assert caption_of({"caption": [caption]}) == ("The ferry burns.", "Arda Example/Agency")
    assert caption_of({"caption": ["The ferry burns (left)"]}) == ("The ferry burns (left)", "")


# --- Hostile and damaged ----------------------------------------------------------------------------------

ENTITY = b'<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
READ_A_FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "packet",
    [
        ENTITY + write.xmp("<dc:creator>&b;</dc:creator>"),
        READ_A_FILE + write.xmp("<dc:creator>&a;</dc:creator>"),
        write.xmp("<dc:creator>" + "<rdf:li>" * 5000 + "</rdf:li>" * 5000 + "</dc:creator>"),
        write.xmp("<dc:creator>" + "x" * 3_000_000 + "</dc:creator>"),
        write.xmp("<dc:creator>Arda</dc:creator>")[:-40],
        b"\xff\xfe<x",
        b"",
        b"<x/>",
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
    ],
)
def test_hostile_xmp_says_nothing(packet):
    """No entity is expanded, nothing deep or endless is followed, damage is silence."""
    assert xmp.read(packet).words == {}


def test_a_thousand_keywords_are_cut_to_what_somebody_may_read():
    """The first ones count."""
    found = iptc.read(write.iim([(25, f"word-{number}") for number in range(5000)]))
    assert len(found.words["keywords"]) == 200


@pytest.mark.parametrize("position", [(0, 0), (91, 0), (0, 181)])
def test_a_position_that_is_none_is_left_out(position):
    """Zeros are a camera without reception; degrees beyond the globe are damage."""
    block = write.exif_block(gps=write.gps_of(*position))
    assert read(write.jpeg(write.app1_exif(block))).camera == {}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_metadata_are_silence_and_never_an_error(data):
    """Any bytes of any block overwritten or cut off: the reading ends, and what it found is text in one line."""
    iim = bytearray(write.iim(AGENCY_IIM))
    packet, camera = bytearray(AGENCY_XMP), bytearray(CAMERA)
    for block in (iim, packet, camera):
        for place in data.draw(st.lists(st.integers(0, len(block) - 1), max_size=6)):
            block[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(iim)))
    found = read(
        write.jpeg(
            write.app1_exif(bytes(camera)),
            write.app1_xmp(bytes(packet)),
            write.app13({0x0404: bytes(iim[:cut])}),
        )
    )
    for value in found.words.values():
        assert value == value.strip()
        assert "\0" not in value
    for value in found.camera.values():
        assert isinstance(value, str | float | int)
