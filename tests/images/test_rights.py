"""When somebody changes what may be shown: it is written down, and what is taken from readers is gone at once."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from images import rights
from images.forms import PictureForm
from images.models import Image
from images.renditions import missing_plans, record, wanted_plans, write_files
from images.sources import is_complete
from log.models import Entry
from tests.images.pictures import make_picture

pytestmark = pytest.mark.django_db


def addresses(image):
    return [default_storage.url(row.file.name) for row in image.renditions.current()]


def change(image, by, callbacks, **fields):
    """Save the rights as every way of writing does, and let run what waits for the transaction's end."""
    before = Image.objects.get(pk=image.pk)
    with callbacks(execute=True):
        for name, value in fields.items():
            setattr(image, name, value)
        image.save(update_fields=fields)
        rights.changed(image, before, by=by)
    image.refresh_from_db()


TAKEN_AWAY = [
    {"restriction": "do-not-use", "restriction_reason": "Faked"},
    {"not_after": timezone.now() - timedelta(days=1)},
    {"not_before": timezone.now() + timedelta(days=1)},
]


@pytest.mark.parametrize("fields", TAKEN_AWAY)
def test_what_is_taken_from_readers_answers_404_at_once(
    client, editor, django_capture_on_commit_callbacks, fields
):
    """Whoever kept an address gets nothing; the desk goes on seeing the picture, at addresses nobody knows."""
    image = make_picture()
    known = addresses(image)
    assert {client.get(address).status_code for address in known} == {200}
    change(image, editor, django_capture_on_commit_callbacks, **fields)
    assert {client.get(address).status_code for address in known} == {404}
    assert is_complete(image)
    assert not set(known) & set(addresses(image))
    assert {client.get(address).status_code for address in addresses(image)} == {200}


@pytest.mark.parametrize(
    "fields",
    [
        {"not_after": timezone.now() + timedelta(days=1)},
        {"restriction": "single-use"},
        {"territory": "Not in Germany"},
    ],
)
def test_other_changes_leave_the_files_alone(editor, django_capture_on_commit_callbacks, fields):
    """A picture that readers may see keeps its addresses, cached for ever as they are."""
    image = make_picture()
    known = addresses(image)
    change(image, editor, django_capture_on_commit_callbacks, **fields)
    assert addresses(image) == known
    assert Entry.objects.get(kind="picture.rights-changed").by == editor


def test_a_picture_that_is_allowed_again_needs_nothing(editor, django_capture_on_commit_callbacks):
    """Its files are there, under the names that only the desk knew."""
    image = make_picture(restriction="do-not-use", restriction_reason="Wait")
    known = addresses(image)
    change(image, editor, django_capture_on_commit_callbacks, restriction="", restriction_reason="")
    assert addresses(image) == known


def test_files_that_were_being_made_meanwhile_are_thrown_away(editor, django_capture_on_commit_callbacks):
    """An encoder that began before knows the old names only: it must not bring them back."""
    image = make_picture()
    slow = Image.objects.get(pk=image.pk)
    known = addresses(image)
    change(image, editor, django_capture_on_commit_callbacks, restriction="do-not-use")
    made = write_files(slow, wanted_plans(slow))
    with django_capture_on_commit_callbacks(execute=True):
        record(slow, made)
    assert not any(default_storage.exists(name.removeprefix("/uploads/")) for name in known)
    image.refresh_from_db()
    assert missing_plans(image) == []


def test_the_log_says_what_changed_and_to_what(editor, django_capture_on_commit_callbacks):
    """Only what is other than before; a save that changes no right writes nothing."""
    image = make_picture(source="Wire", territory="Everywhere")
    change(image, editor, django_capture_on_commit_callbacks, source="Wire", territory="Not in Germany")
    entry = Entry.objects.get(kind="picture.rights-changed")
    assert (entry.subject_id, entry.data) == (str(image.pk), {"territory": "Not in Germany"})
    assert entry.text == "Territory: Not in Germany."
    change(image, editor, django_capture_on_commit_callbacks, title="Other")
    assert Entry.objects.filter(kind="picture.rights-changed").count() == 1


def test_the_form_takes_a_picture_off_and_wants_the_reason(
    client, person, django_capture_on_commit_callbacks
):
    """On the picture's own page, by somebody of the picture desk."""
    client.force_login(person("Picture desk"))
    image = make_picture()
    known = addresses(image)
    address = reverse("admin:images_image_change", args=[image.pk])
    form = client.get(address).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent = {name: value for name, value in sent.items() if not isinstance(value, list)}
    refused = client.post(address, {**sent, "restriction": "do-not-use"})
    assert refused.context["adminform"].form.errors == {
        "restriction_reason": ["Say why, for colleagues who want to use it."]
    }
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**sent, "restriction": "do-not-use", "restriction_reason": "Faked"})
    assert {client.get(one).status_code for one in known} == {404}
    entry = Entry.objects.get(kind="picture.rights-changed")
    assert entry.data == {"restriction": "do-not-use", "restriction_reason": "Faked"}
    assert entry.text == "Restriction: Do not use. Reason of the restriction: Faked."


def test_an_old_alternative_text_does_not_stand_in_the_way():
    """Who has to take a picture off now is not asked for better words first."""
    image = make_picture(alt_text="IMG_0042.jpg")
    form = PictureForm({"alt_text": "IMG_0042.jpg", "caption": image.caption, "credit": ""}, instance=image)
    assert form.is_valid()
