"""The library on the desk."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from images.models import Image
from tests.factories import AuthorFactory
from tests.images.pictures import make_picture

ALL = ("add_image", "change_image", "delete_image", "view_image")
ADD = reverse("admin:images_image_add")
LIST = reverse("admin:images_image_changelist")


def change_url(image):
    return reverse("admin:images_image_change", args=[image.pk])


def form_fields(image, **changed):
    names = ["alt_text", "caption", "credit", "title", "people", "place", "keywords", "source", "usage_terms"]
    names += ["focal_x", "focal_y"]
    return {**{name: getattr(image, name) for name in names}, **changed}


@pytest.mark.parametrize(
    ("alt", "caption", "sentence"),
    [
        ("IMG_0042.jpg", "The quay", "This is the name of a file. Write what is seen."),
        ("The Quay.", "the quay", "This repeats the caption. Write what is seen, or leave it empty."),
        ("", "", None),
        ("Two boats", "The quay", None),
    ],
)
def test_an_alternative_text_that_says_nothing_is_refused(alt, caption, sentence, staff):
    """The name of a file, and the caption once more; an empty one can be written later."""
    image = make_picture(alt_text="", caption="")
    sent = form_fields(image, alt_text=alt, caption=caption)
    response = staff(*ALL).post(change_url(image), sent)
    errors = response.context["adminform"].form.errors if response.status_code == 200 else {}
    assert errors == ({"alt_text": [sentence]} if sentence else {})


def test_moving_the_focal_point_remakes_the_crops(staff, django_capture_on_commit_callbacks):
    """Saving the form is all an editor has to do; until the new files are there, the old ones are shown."""
    client, image = staff(*ALL), make_picture(size=(600, 200))
    with django_capture_on_commit_callbacks() as afterwards:
        response = client.post(change_url(image), form_fields(image, focal_x="0.1"))
    assert response.status_code == 302
    saved = Image.objects.get()
    assert (saved.focal_x, saved.progress, saved.sources) == (0.1, "waiting", image.sources)
    for follows in afterwards:
        follows()
    saved = Image.objects.get()
    assert saved.progress == "made"
    square = saved.renditions.current().filter(crop="square").first()
    assert square.recipe.split(":")[1] == "0"


def test_saving_words_does_not_touch_what_is_made_meanwhile(staff, monkeypatch):
    """The form was opened before the files were ready; its words are written, and the files stay known."""
    client, image = staff(*ALL), make_picture()
    sources, stored = image.sources, Image.objects.get
    Image.objects.update(sources={}, progress="waiting")
    save = Image.save

    def save_after_the_files_came(self, **kwargs):
        Image.objects.update(sources=sources, progress="made")
        save(self, **kwargs)

    monkeypatch.setattr(Image, "save", save_after_the_files_came)
    client.post(change_url(image), form_fields(image, caption="New words"))
    image = stored()
    assert (image.caption, image.sources, image.progress) == ("New words", sources, "made")


def test_a_focal_point_outside_is_refused_at_its_field(staff):
    """The number fields work without the script, and say what is wrong."""
    client, image = staff(*ALL), make_picture()
    response = client.post(change_url(image), form_fields(image, focal_x="3"))
    assert "focal_x" in response.context["adminform"].form.errors


def test_the_form_shows_the_picture_and_its_marker(staff):
    """A real rendition, a named stage for the script, and no way to replace the file."""
    client, image = staff(*ALL), make_picture(alt_text="A lit boat")
    html = client.get(change_url(image)).content.decode()
    assert "data-cropping" in html
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
    assert "600 × 400" in client.get(LIST, {"view": "list"}).content.decode()
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
    with django_assert_max_num_queries(10):
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["one", "many"])
def test_a_picture_that_is_used_in_the_last_moment_stays(way, staff, monkeypatch):
    """Between the page that asked and the answer a story took it: a sentence, and all pictures are still there."""
    client, used, other = staff(*ALL), make_picture(), make_picture()
    AuthorFactory(portrait=used)
    # What the check saw a moment before.
    monkeypatch.setattr("images.admin.ImageAdmin.get_deleted_objects", lambda *_: ([], {}, set(), []))
    if way == "one":
        address, data = reverse("admin:images_image_delete", args=[used.pk]), {"post": "yes"}
    else:
        address = LIST
        data = {"action": "delete_selected", "_selected_action": [other.pk, used.pk], "post": "yes"}
    answer = client.post(address, data, follow=True)
    assert "A picture was put into a story a moment ago." in answer.content.decode()
    assert Image.objects.count() == 2


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
