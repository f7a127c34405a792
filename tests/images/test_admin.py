"""The library on the desk."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from images.forms import LibraryUploadForm
from images.models import Image
from tests.images.pictures import make_picture, picture_bytes

ALL = ("add_image", "change_image", "delete_image", "view_image")
ADD = reverse("admin:images_image_add")
LIST = reverse("admin:images_image_changelist")


def upload(content=None, name="harbour.jpg", **fields):
    content = picture_bytes() if content is None else content
    return {"file": SimpleUploadedFile(name, content), **fields}


def change_url(image):
    return reverse("admin:images_image_change", args=[image.pk])


def form_fields(image, **changed):
    names = ["alt_text", "caption", "credit", "title", "source", "usage_terms", "focal_x", "focal_y"]
    return {**{name: getattr(image, name) for name in names}, **changed}


def test_an_upload_through_the_form_is_complete(staff):
    """File, words, owner, renditions and a line in the log."""
    client = staff(*ALL)
    response = client.post(ADD, upload(alt_text="A boat", caption="The quay", credit="Arda Example"))
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.alt_text, image.caption, image.credit) == ("A boat", "The quay", "Arda Example")
    assert image.uploaded_by.username == "desk"
    assert image.sources["card"]["avif"]
    assert LogEntry.objects.get().object_id == str(image.pk)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Dear editor", "not a picture"), (b"", "empty"), (picture_bytes()[:-500], "damaged")],
)
def test_a_refused_file_costs_no_typed_word(content, words, staff, all_files):
    """The sentence stands at the file field, and all other fields keep their values."""
    response = staff(*ALL).post(
        ADD, upload(content, caption="Long words about the quay", credit="Arda Example")
    )
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert words in form.errors["file"][0]
    html = response.content.decode()
    assert "Long words about the quay" in html
    assert 'value="Arda Example"' in html
    assert not Image.objects.exists()
    assert all_files() == []


def test_no_file_is_a_message_too(staff):
    """Forgetting the file keeps the words."""
    response = staff(*ALL).post(ADD, {"caption": "Words"})
    assert "Choose the picture" in response.context["adminform"].form.errors["file"][0]


def test_a_known_file_is_offered_instead_of_doubled(staff):
    """The message links to the picture that is there; its words are escaped."""
    content = picture_bytes()
    client = staff(*ALL)
    client.post(ADD, upload(content, title="<b>Quay</b>"))
    response = client.post(ADD, upload(content))
    html = response.content.decode()
    assert change_url(Image.objects.get()) in html
    assert "&lt;b&gt;Quay" in html
    assert "<b>Quay" not in html


def test_a_double_click_on_save_ends_at_the_one_picture(staff, monkeypatch):
    """The second of two equal requests finds the file only when it saves; it is led there, not broken."""
    content = picture_bytes()
    client = staff(*ALL)
    client.post(ADD, upload(content))
    monkeypatch.setattr(LibraryUploadForm, "clean_file", LibraryUploadForm.__mro__[1].clean_file)
    response = client.post(ADD, upload(content))
    assert response["Location"] == change_url(Image.objects.get())


def test_moving_the_focal_point_remakes_the_crops(staff):
    """Saving the form is all an editor has to do."""
    client, image = staff(*ALL), make_picture(size=(600, 200))
    response = client.post(change_url(image), form_fields(image, focal_x="0.1"))
    assert response.status_code == 302
    saved = Image.objects.get()
    assert saved.focal_x == 0.1
    square = saved.renditions.filter(crop="square").first()
    assert square.recipe.split(":")[1] == "0"


def test_a_focal_point_outside_is_refused_at_its_field(staff):
    """The number fields work without the script, and say what is wrong."""
    client, image = staff(*ALL), make_picture()
    response = client.post(change_url(image), form_fields(image, focal_x="3"))
    assert "focal_x" in response.context["adminform"].form.errors


def test_the_form_shows_the_picture_and_its_marker(staff):
    """A real rendition, a named stage for the script, and no way to replace the file."""
    client, image = staff(*ALL), make_picture(alt_text="A lit boat")
    html = client.get(change_url(image)).content.decode()
    assert "data-focal-point" in html
    assert 'alt="A lit boat"' in html
    assert 'src="/uploads/renditions/' in html
    assert 'name="file"' not in html
    assert 'id="id_focal_x"' in html


@pytest.mark.parametrize("page", ["list", "add", "change", "delete"])
def test_no_page_of_the_library_needs_a_looser_policy(page, staff):
    """No inline script, no inline style, nothing from elsewhere."""
    client, image = staff(*ALL), make_picture()
    delete = reverse("admin:images_image_delete", args=[image.pk])
    address = {"list": LIST, "add": ADD, "change": change_url(image), "delete": delete}[page]
    html = client.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*(src=|application/json|importmap))[^>]*>", html)
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son\w+=\"", html)
    assert "data:image" not in html


def test_the_list_shows_thumbnails_and_finds_words(staff):
    """Real alternative text, size and owner; search over the words; a filter for what is missing."""
    client = staff(*ALL)
    make_picture(caption="Night quay", alt_text="A lit boat")
    make_picture(caption="Day market", alt_text="", credit="")
    html = client.get(LIST).content.decode()
    assert 'alt="A lit boat"' in html
    assert "600 × 400" in html
    assert "Day market" not in client.get(LIST, {"q": "NIGHT"}).content.decode()
    for missing in ("alt_text", "credit"):
        html = client.get(LIST, {"missing": missing}).content.decode()
        assert "Day market" in html
        assert "Night quay" not in html


def test_the_list_costs_the_same_for_one_and_for_many(staff, django_assert_max_num_queries):
    """No query per row."""
    client = staff(*ALL)
    for _ in range(5):
        make_picture(size=(60, 40))
    client.get(LIST)  # the first request of a session notes when it began
    with django_assert_max_num_queries(8):
        client.get(LIST)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["one", "many"])
def test_deleting_takes_the_files_along(way, staff, all_files):
    """Both ways of deleting ask first, and leave nothing on the disk."""
    client, image = staff(*ALL), make_picture()
    if way == "one":
        address, data = reverse("admin:images_image_delete", args=[image.pk]), {"post": "yes"}
    else:
        address = LIST
        data = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
    client.post(address, data)
    assert not Image.objects.exists()
    assert all_files() == []


def test_a_picture_in_use_says_where_and_stays(staff):
    """The desk reads one sentence and the list of uses, not a list of files."""
    request = RequestFactory().get("/")
    template = "{% include 'admin/images/image/delete_confirmation.html' %}"
    context = {"protected": ["Profile: Arda Example"], "object": make_picture(), "opts": Image._meta}
    html = Template(template).render(Context({**context, "request": request}))
    assert "This picture is in use, so it cannot be deleted." in html
    assert "Profile: Arda Example" in html
    assert 'type="submit"' not in html


def test_deleting_lists_the_picture_and_not_its_files(staff):
    """Thirty renditions are nobody's business."""
    client, image = staff(*ALL), make_picture(title="Quay")
    html = client.get(reverse("admin:images_image_delete", args=[image.pk])).content.decode()
    assert "Quay" in html
    assert "avif" not in html


@pytest.mark.parametrize(
    ("permissions", "list_status", "add_status"),
    [((), 403, 403), (("view_image",), 200, 403), (("add_image",), 403, 200)],
)
def test_each_page_asks_for_its_own_permission(permissions, list_status, add_status, staff):
    """Staff without a role for pictures see none of it."""
    client = staff(*permissions)
    assert client.get(LIST).status_code == list_status
    assert client.get(ADD).status_code == add_status
