"""The picture desk in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from images.models import Image
from tests.factories import AuthorFactory
from tests.images.pictures import drawn, make_picture, picture_bytes

pytestmark = [pytest.mark.browser]


def as_upload(name, content):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def test_the_picker_offers_the_picture_that_is_there(site, desk_page):
    """A smaller copy is uploaded; the dialog shows the known picture, and choosing it takes the copy back."""
    known = make_picture(picture=drawn("harbour-dawn", 900), title="Harbour at dawn")
    author = AuthorFactory()
    page = desk_page("Editor")
    page.goto(site + reverse("admin:authors_author_change", args=[author.pk]))
    page.get_by_role("button", name="Choose a picture").click()
    dialog = page.get_by_role("dialog")
    copy = as_upload("copy.jpg", picture_bytes(picture=drawn("harbour-dawn", 500)))
    dialog.get_by_label("Picture file: choose it or drop it here").set_input_files(copy)
    dialog.get_by_role("button", name="Upload and use").click()
    expect(dialog.get_by_text("It looks like a picture that is in the library")).to_be_visible()
    dialog.get_by_role("button", name="Harbour at dawn").filter(has_text="take the upload back").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-picture-input] [data-id]")).to_have_value(str(known.pk))
    assert list(Image.objects.all()) == [known]
