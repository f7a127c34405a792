"""What a file says fills empty fields, is marked until somebody has looked at it, and never overrules a person."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from images.models import Image
from images.uploads import add_picture
from tests.images import metadata as write
from tests.images.pictures import make_picture
from tests.images.test_metadata import AGENCY_XMP, CAMERA, FACTS

ALL = ("add_image", "change_image", "delete_image", "view_image")
ADD = reverse("admin:images_image_add")
LIST = reverse("admin:images_image_changelist")
UPLOAD = reverse("admin:images_image_picker_upload")
FILLED = ["title", "caption", "credit", "keywords", "people", "place", "usage_terms", "source", "taken_at"]


def agency_file():
    return write.jpeg(write.app1_exif(CAMERA), write.app1_xmp(AGENCY_XMP))


def upload(**fields):
    return {"file": SimpleUploadedFile("ferry.jpg", agency_file()), **fields}


def change_url(image):
    return reverse("admin:images_image_change", args=[image.pk])


def form_of(image, **changed):
    names = ["alt_text", *FILLED[:-1], "focal_x", "focal_y"]
    moment = (
        {"taken_at_0": image.taken_at.date(), "taken_at_1": image.taken_at.time()} if image.taken_at else {}
    )
    return {**{name: getattr(image, name) for name in names}, **moment, **changed}


def test_an_agency_s_file_needs_no_typing(staff):
    """Words, moment and camera arrive, each field is noted, and the page marks which they were."""
    response = staff(*ALL).post(ADD, upload(), follow=True)
    image = Image.objects.get()
    assert image.caption == "The ferry burns at quay 4."
    assert image.credit == "Arda Example/Anadolu via Getty Images"
    assert (image.photographer, image.agency) == ("Arda Example", "Anadolu via Getty Images")
    assert image.taken_at == datetime(2026, 5, 4, 12, 5, tzinfo=UTC)
    assert image.to_check == FILLED
    assert image.camera == FACTS
    html = response.content.decode()
    for name, is_marked in (("alt_text", False), ("caption", True), ("credit", True)):
        assert (f'id="id_{image.pk}-{name}_mark">From the file: check it.' in html) == is_marked
    assert "7 more fields from the file" in html
    assert "Ferry fire" in html


def test_what_a_person_typed_wins_and_needs_no_check(db):
    """The file fills the gaps only."""
    taken_at = datetime(2026, 5, 3, 10, tzinfo=UTC)
    file = ContentFile(agency_file())
    image = add_picture(file=file, by=None, caption="A ferry on fire", taken_at=taken_at)
    assert image.caption == "A ferry on fire"
    assert image.taken_at == datetime(2026, 5, 3, 10, tzinfo=UTC)
    assert set(FILLED) - set(image.to_check) == {"caption", "taken_at"}


def test_long_words_are_cut_to_their_fields(db):
    """A sentence at a character with a sign of it, a list at a comma."""
    words = ", ".join(f"keyword number {number}" for number in range(150))
    packet = write.xmp(
        f"<dc:description>{write.items('Alt', 'word ' * 1000)}</dc:description>"
        f"<dc:subject>{write.items('Bag', *words.split(', '))}</dc:subject>",
        attributes=f'photoshop:Headline="{"h" * 300}"',
    )
    content = write.png(write.itxt("XML:com.adobe.xmp", packet))
    image = add_picture(file=ContentFile(content), by=None)
    image.full_clean(exclude=["sources"])
    assert len(image.caption) == 2000
    assert image.caption.endswith("…")
    assert words.startswith(image.keywords + ", ")
    assert image.title == "h" * 199 + "…"


def test_words_that_break_databases_are_harmless(db):
    """NUL and control characters of a file do not reach a field."""
    content = write.jpeg(write.app13({0x0404: write.iim([(120, "Fer\0ry\x1b[31m"), (80, "Arda\x08")])}))
    image = add_picture(file=ContentFile(content), by=None)
    assert Image.objects.get(pk=image.pk).caption == "Fer ry [31m"
    assert image.credit == "Arda"


def test_the_form_marks_what_came_from_the_file(staff):
    """At each such field, and at no other."""
    client = staff(*ALL)
    client.post(UPLOAD, upload(credit="Arda Example"))
    html = client.get(change_url(Image.objects.get())).content.decode()
    assert html.count("From the file: check it.") == len(FILLED) - 1
    assert 'name="checked"' in html


def test_a_changed_field_is_a_checked_field(staff):
    """Mending the credit says nothing about the caption; moving the focal point says nothing at all."""
    client = staff(*ALL)
    client.post(ADD, upload())
    image = Image.objects.get()
    client.post(change_url(image), form_of(image, focal_x="0.2"))
    assert Image.objects.get().to_check == FILLED
    client.post(change_url(image), form_of(image, credit="Arda Example/Agency"))
    assert set(FILLED) - set(Image.objects.get().to_check) == {"credit"}


def test_one_tick_says_that_all_is_right(staff):
    """Afterwards the form has neither marks nor tick, and the filter no longer finds the picture."""
    client = staff(*ALL)
    client.post(ADD, upload())
    image = Image.objects.get()
    make_picture(title="Typed by hand")
    found = client.get(LIST, {"missing": "check"}).content.decode()
    assert "Ferry fire" in found
    assert "Typed by hand" not in found
    client.post(change_url(image), form_of(image, checked="on"))
    assert Image.objects.get(pk=image.pk).to_check == []
    html = client.get(change_url(image)).content.decode()
    assert "From the file: check it." not in html
    assert 'name="checked"' not in html
    assert "Ferry fire" not in client.get(LIST, {"missing": "check"}).content.decode()


def test_a_refused_form_leaves_the_marks(staff):
    """What was not saved was not checked."""
    client = staff(*ALL)
    client.post(ADD, upload())
    image = Image.objects.get()
    client.post(change_url(image), form_of(image, checked="on", focal_x="7"))
    assert Image.objects.get().to_check == FILLED


def test_the_picker_tells_what_was_filled(staff):
    """Whoever uploads while writing sees the words at once, and that they are the file's."""
    client = staff("add_image", "view_image")
    answer = client.post(UPLOAD, upload(alt_text="A ferry on fire")).json()
    assert answer["credit"] == "Arda Example/Anadolu via Getty Images"
    assert answer["to_check"] == FILLED
    assert answer["warning"].startswith("From the file, not checked yet: title, caption, credit")


def test_who_may_only_look_sees_no_tick(staff):
    """The page of a picture opens for a desk without the right to change it."""
    make_picture()
    add_picture(file=ContentFile(agency_file()), by=None)
    client = staff("view_image")
    for image in Image.objects.all():
        response = client.get(change_url(image))
        assert response.status_code == 200
        assert 'name="checked"' not in response.content.decode()


# --- What the camera said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("permissions", "sees"), [(ALL, False), ((*ALL, "see_camera"), True)])
def test_only_who_may_see_the_camera_sees_it(permissions, sees, staff):
    """On the form, and nowhere else: not in the list, the search, the picker or the history."""
    client = staff(*permissions)
    client.post(ADD, upload())
    image = Image.objects.get()
    pages = {
        "form": change_url(image),
        "list": LIST,
        "picker": reverse("admin:images_image_picker"),
        "detail": reverse("admin:images_image_picker_detail", args=[image.pk]),
        "history": reverse("admin:images_image_history", args=[image.pk]),
    }
    for name, address in pages.items():
        html = client.get(address).content.decode()
        for fact in ("SN-4711", "LSN-1", "53.35123", "-6.26042"):
            assert (fact in html) == (sees and name == "form"), (name, fact)


def test_no_search_finds_a_picture_by_its_camera(staff):
    """Whoever may not see a serial number must not be able to try it."""
    client = staff(*ALL)
    client.post(ADD, upload(), follow=True)
    for fact in ("SN-4711", "Lumina", "53.35"):
        assert "Ferry fire" not in client.get(LIST, {"q": fact}).content.decode()
        assert client.get(reverse("admin:images_image_picker"), {"q": fact}).json()["pictures"] == []
    for lookup in ("camera__serial", "camera__serial__startswith", "name_key__startswith"):
        assert "Ferry fire" in client.get(LIST, {lookup: "zzz"}).content.decode(), "no filter at all"
