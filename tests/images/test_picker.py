"""The JSON that the picture picker lives on."""

import json
from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from images.models import Image
from images.picker import PAGE_SIZE
from images.widgets import PictureField, PictureInput
from log.models import Entry
from newsroom.demo.library import pixels
from tests.factories import ArticleFactory
from tests.images.pictures import make_picture, picture_bytes

LIST = reverse("admin:images_image_picker")
DIALOG = reverse("admin:images_image_picker_dialog")
UPLOAD = reverse("admin:images_image_picker_upload")


def upload(content=None, **fields):
    return {"file": SimpleUploadedFile("a.jpg", picture_bytes() if content is None else content), **fields}


def take_back(pk):
    return reverse("admin:images_image_take_back", args=[pk])


def detail(image):
    return reverse("admin:images_image_picker_detail", args=[image.pk])


def test_the_list_tells_what_a_tile_needs(staff):
    """Id, thumbnail, size, words and a label; nothing of source or terms."""
    client = staff("view_image")
    image = make_picture(title="Quay", source="A secret source", usage_terms="Fee 300")
    (picture,) = client.get(LIST).json()["pictures"]
    assert picture.keys() == {
        "id", "thumb", "preview", "width", "height", "alt", "caption", "credit", "label", "progress",
        "to_check", "warning",
    }  # fmt: skip
    assert (picture["id"], picture["label"], picture["width"]) == (image.pk, "Quay", 600)
    assert client.get(picture["thumb"]).status_code == 200
    assert "secret" not in json.dumps(picture)
    assert client.get(detail(image)).json() == picture


def test_the_list_is_searched_and_paged(staff):
    """Newest first; the number of the next page, or null."""
    client = staff("view_image")
    pixels = make_picture(caption="Old quay")
    for number in range(PAGE_SIZE):
        Image.objects.create(
            sha256=str(number), format="JPEG", width=1, height=1, bytes=1, caption=f"Market {number}"
        )
    first = client.get(LIST).json()
    assert len(first["pictures"]) == PAGE_SIZE
    assert first["next"] == 2
    second = client.get(LIST, {"page": 2}).json()
    assert [picture["id"] for picture in second["pictures"]] == [pixels.pk]
    assert second["next"] is None
    assert [picture["id"] for picture in client.get(LIST, {"q": "QUAY"}).json()["pictures"]] == [pixels.pk]


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99999999999999999999", "٣"])
def test_a_strange_page_number_is_no_error(page, staff):
    """It is a list, perhaps an empty one."""
    assert staff("view_image").get(LIST, {"page": page}).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_many(staff, django_assert_num_queries):
    """No query per tile."""
    client = staff("view_image")
    make_picture()
    client.get(LIST)  # the first request of a session notes when it began
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    make_picture(size=(60, 40))
    make_picture(size=(40, 60))
    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_pictures_out_of_rights_carry_a_warning(staff):
    """The desk sees it before it places the picture."""
    client = staff("view_image")
    make_picture(not_after="2001-01-01T00:00Z")
    assert "rights" in client.get(LIST).json()["pictures"][0]["warning"]


def test_an_upload_answers_with_the_picture(staff):
    """201, and the words are kept."""
    response = staff("add_image").post(UPLOAD, upload(alt_text="A boat", caption="Quay", credit="Arda"))
    assert response.status_code == 201
    picture = response.json()
    assert (picture["alt"], picture["caption"], picture["credit"]) == ("A boat", "Quay", "Arda")
    assert Image.objects.get(pk=picture["id"]).uploaded_by.username == "desk"


def test_a_known_file_answers_with_the_picture_that_is_there(staff):
    """200 and a mark; the library's words stay as they are."""
    client, content = staff("add_image"), picture_bytes()
    first = client.post(UPLOAD, upload(content, caption="First")).json()
    response = client.post(UPLOAD, upload(content, caption="Second"))
    assert response.status_code == 200
    del first["near"]
    assert response.json() == {**first, "duplicate": True}


def test_an_upload_that_looks_like_another_names_it(staff):
    """The person may want the picture that is there: the answer describes it."""
    client = staff("add_image")
    known = make_picture(picture=pixels("harbour-dawn").convert("RGB").resize((900, 600)))
    copy = picture_bytes(picture=pixels("harbour-dawn").convert("RGB").resize((600, 400)))
    answer = client.post(UPLOAD, upload(copy))
    assert [picture["id"] for picture in answer.json()["near"]] == [known.pk]
    assert client.post(UPLOAD, upload()).json()["near"] == []


def test_an_upload_is_taken_back_by_its_uploader(staff):
    """Within the hour, by whoever sent it; the log says so."""
    client, before = staff("add_image"), make_picture()
    picture = client.post(UPLOAD, upload()).json()
    assert client.post(take_back(picture["id"])).status_code == 200
    assert list(Image.objects.all()) == [before]
    assert Entry.objects.get(kind="picture.deleted").subject_id == str(picture["id"])


def test_an_upload_of_others_or_of_yesterday_stays(staff, person):
    """Who may not delete pictures takes back only what they sent a moment ago."""
    client = staff("add_image")
    theirs = make_picture(by=person())
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        old = make_picture(by=get_user_model().objects.get(username="desk"))
    assert {client.post(take_back(image.pk)).status_code for image in (theirs, old)} == {403}
    assert Image.objects.count() == 2


def test_an_upload_that_a_story_has_stays(staff):
    """409 and a sentence: somebody was faster."""
    client = staff("add_image")
    picture = client.post(UPLOAD, upload()).json()
    ArticleFactory(lead_image_id=picture["id"])
    answer = client.post(take_back(picture["id"]))
    assert answer.status_code == 409
    assert "story" in answer.json()["errors"][0]
    assert Image.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (dict, "file"),
        (lambda: upload(b"Dear editor"), "file"),
        (lambda: upload(alt_text="x" * 501), "alt_text"),
    ],
)
def test_a_refusal_names_the_field(data, field, staff, all_files):
    """400 with sentences by field; nothing is kept."""
    response = staff("add_image").post(UPLOAD, data())
    assert response.status_code == 400
    assert response.json()["errors"].keys() == {field}
    assert all_files() == []


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [(None, set()), ("view_image", {"list", "dialog", "detail"}), ("change_image", {"list", "dialog", "detail"}),
     ("add_image", {"upload"})],
)  # fmt: skip
def test_each_endpoint_asks_for_its_own_permission(permission, allowed, staff):
    """View to look, add to upload; everything else is refused."""
    client, image = staff(*filter(None, [permission])), make_picture()
    statuses = {
        "list": client.get(LIST).status_code,
        "dialog": client.get(DIALOG).status_code,
        "detail": client.get(detail(image)).status_code,
        "upload": client.post(UPLOAD, upload()).status_code,
    }
    assert {name for name, status in statuses.items() if status in (200, 201)} == allowed
    assert {status for name, status in statuses.items() if name not in allowed} <= {403}


def test_readers_and_signed_out_staff_see_nothing(client, db):
    """They are sent to sign in, whatever they ask."""
    image = make_picture()
    reader = get_user_model().objects.create_user("reader")
    for _ in range(2):
        responses = [
            client.get(LIST),
            client.get(DIALOG),
            client.get(detail(image)),
            client.post(UPLOAD, upload()),
        ]
        assert {response.status_code for response in responses} == {302}
        client.force_login(reader)
    assert Image.objects.count() == 1


def test_an_upload_needs_the_token(db):
    """Another site cannot upload in an editor's name."""
    client = Client(enforce_csrf_checks=True)
    user = get_user_model().objects.create_superuser("chief")
    client.force_login(user)
    assert client.post(UPLOAD, upload()).status_code == 403


def test_wrong_methods_are_refused(staff):
    """Lists are read, uploads are posted."""
    client = staff("view_image", "add_image")
    assert client.post(LIST).status_code == 405
    assert client.get(UPLOAD).status_code == 405


def test_the_dialog_offers_the_upload_to_those_who_may(staff):
    """Who may only look sees the library alone."""
    client = staff("view_image")
    html = client.get(DIALOG).content.decode()
    assert "data-grid" in html
    assert "data-upload" not in html


def test_the_widget_shows_the_chosen_picture(db):
    """Thumbnail, caption, credit and the id; its label leads to the button that opens the picker."""
    image = make_picture(caption="The quay", credit="Arda Example")

    class Form(forms.Form):
        portrait = PictureField(required=False)

    html = str(Form(initial={"portrait": image.pk}))
    assert f'value="{image.pk}"' in html
    assert "The quay" in html
    assert "(Arda Example)" in html
    assert 'for="id_portrait_choose"' in html
    assert Form({"portrait": str(image.pk)}).fields["portrait"].clean(str(image.pk)) == image
    assert not Form({"portrait": "999"}).is_valid()


@pytest.mark.parametrize("value", [None, "", "rubbish", "999999"])
def test_the_widget_survives_any_value(value, db):
    """An empty or a wrong value shows no picture."""
    html = PictureInput().render("portrait", value, {"id": "id_portrait"})
    assert "<img" not in html
    assert "data-choose" in html


def test_the_widget_brings_its_modules_by_name():
    """The import map comes first, and carries the nonce that it needs."""
    html = str(PictureInput().media.with_nonce("abc"))
    assert html.index('type="importmap"') < html.index("picture-input.js")
    assert 'nonce="abc"' in html
    assert "newsroom/picture-picker" in html
