"""A better file for the same picture: what stays, what follows the file, and that nothing is lost on the way."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pixels
from pytest_django.asserts import assertContains, assertNotContains

from images import replacing
from images.models import Image, OtherFile, Rendition
from images.other_files import FORMER_KEPT, OFFER_KEPT, sweep_other_files
from images.renditions import make_renditions, try_renditions
from images.replacing import Moved, fit, is_alike, offer, put_back, replace
from images.tasks import make_waiting
from images.uploads import Duplicate, remove_lost_originals, remove_picture
from images.validators import check_picture
from images.wiping import wipe
from log.models import Entry
from tests.images.pictures import coloured_fields, make_picture, picture_bytes, picture_file

pytestmark = pytest.mark.django_db


def offered(image, *, file=None, by=None, size=(1200, 800), **options):
    file = file or picture_file(size=size, **options)
    return offer(image=image, file=file, checked=check_picture(file), by=by)


def better(image, **options):
    """`image` with another file, its renditions still to be made."""
    other = offered(image, **options)
    fitting = replace(image=image, other=other, seen=image.sha256, by=None)
    image.refresh_from_db()
    return fitting


def colour(image, storage_name):
    with image.renditions.model._meta.get_field("file").storage.open(storage_name) as file:
        return Pixels.open(file).convert("RGB").getpixel((5, 5))


def page(name, *args):
    return reverse(f"admin:images_image_{name}", args=args)


def test_what_belongs_to_the_file_follows_it_and_the_words_stay(django_capture_on_commit_callbacks):
    """Pixels, weight, hash, look; caption, credit, rights, focal point and id are those of the picture."""
    image = make_picture(size=(600, 400), caption="The harbour", focal_x=0.3)
    file = ContentFile(coloured_fields().read(), name="fields.png")
    before = Image.objects.get(pk=image.pk)
    better(image, file=file)
    assert (image.width, image.height, image.format) == (2400, 1600, "PNG")
    assert image.sha256 != before.sha256
    assert image.bytes == file.size
    assert image.look != before.look
    assert (image.caption, image.credit, image.focal_x) == ("The harbour", before.credit, 0.3)
    [entry] = Entry.objects.filter(kind="picture.file-replaced")
    assert entry.data["sha256"] == [before.sha256, image.sha256]
    assert entry.text == "600 × 400 → 2400 × 1600"


def test_pages_show_the_old_renditions_until_all_new_ones_are_there():
    """Not a moment without a picture: what pages name exists before, between and after."""
    image = make_picture(picture=Pixels.new("RGB", (1200, 800), "red"))
    old = dict(image.sources)
    better(image, picture=Pixels.new("RGB", (1200, 800), "blue"))
    assert image.sources == old
    assert image.progress == Image.Progress.WAITING
    assert all(storage_has(row) for row in image.renditions.current())
    make_renditions(image)
    image.refresh_from_db()
    assert image.progress == Image.Progress.MADE
    [_width, name] = image.sources["full"]["jpeg"][-1]
    red, _green, blue = colour(image, name)
    assert blue > 200 > red
    assert not {row.file.name for row in image.renditions.current()} & {
        row.file.name for row in image.renditions.exclude(retired_at=None)
    }
    assert all(storage_has(row) for row in Rendition.objects.all())  # open pages still ask for the old ones


def storage_has(row):
    return row.file.storage.exists(row.file.name)


def test_a_process_killed_before_the_exchange_leaves_the_old_picture_whole(monkeypatch, all_files):
    """The transaction is all or nothing; what is offered waits, and goes when nobody decides."""
    image = make_picture()
    other = offered(image)

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(replacing.log, "write", killed)
    with pytest.raises(Killed):
        replace(image=image, other=other, seen=image.sha256, by=None)
    after = Image.objects.get(pk=image.pk)
    assert (after.sha256, after.sources, after.progress) == (image.sha256, image.sources, "made")
    assert after.original.storage.exists(after.original.name)
    assert not image.renditions.filter(recipe="").exists()
    assert OtherFile.objects.get().state == OtherFile.State.OFFERED


def test_a_process_killed_before_the_renditions_leaves_a_row_that_waits():
    """The queue is the row: whoever comes next makes them."""
    image = make_picture()
    better(image)
    assert make_waiting.call() == 1
    image.refresh_from_db()
    assert image.progress == Image.Progress.MADE
    assert image.sources["full"]["width"] == 1080


def test_renditions_that_fail_leave_the_old_ones_in_place_and_the_old_file_can_come_back():
    """An original that is lost is said; readers see the old picture on, and one step undoes it."""
    image = make_picture()
    old = image.sources, image.sha256
    better(image)
    image.original.storage.delete(image.original.name)
    assert try_renditions(image) is None
    image.refresh_from_db()
    assert (image.progress, image.sources) == (Image.Progress.FAILED, old[0])
    put_back(image=image, seen=image.sha256, by=None)
    image.refresh_from_db()
    assert image.sha256 == old[1]
    make_renditions(image)
    image.refresh_from_db()
    assert image.progress == Image.Progress.MADE


def test_putting_back_is_exact_and_happens_once(all_files):
    """File, focal point and crops of before; the newer file goes; the log has both steps."""
    image = make_picture(size=(600, 400), focal_x=0.2)
    old = Image.objects.values().get(pk=image.pk)
    better(image, size=(400, 600))
    assert (image.focal_x, image.width) == (0.5, 400)
    put_back(image=image, seen=image.sha256, by=None)
    now = Image.objects.values().get(pk=image.pk)
    assert {name for name in old if old[name] != now[name]} <= {"progress"}
    with pytest.raises(OtherFile.DoesNotExist):
        put_back(image=image, seen=now["sha256"], by=None)
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["picture.file-replaced", "picture.file-put-back"]


def test_whoever_looked_at_another_file_replaces_nothing():
    """Compare-and-set, for replacing and for putting back."""
    image = make_picture()
    seen = image.sha256
    mine, theirs = offered(image, by=None), offered(image, by=None)
    mine.save(force_insert=True)
    replace(image=image, other=theirs, seen=seen, by=None)
    with pytest.raises(Moved):
        replace(image=image, other=mine, seen=seen, by=None)
    with pytest.raises(Moved):
        put_back(image=image, seen=seen, by=None)


def test_a_file_that_is_another_picture_by_now_is_refused():
    """It came in as a picture of its own while two files were compared: nothing changes."""
    image = make_picture()
    content = picture_bytes(size=(1200, 800))
    other = offered(image, file=ContentFile(content, name="a.jpg"))
    Image.objects.create(sha256=other.sha256, original="00/x.jpg", format="JPEG", width=3, height=2, bytes=1)
    before = Image.objects.values().get(pk=image.pk)
    with pytest.raises(Duplicate):
        replace(image=image, other=other, seen=image.sha256, by=None)
    assert Image.objects.values().get(pk=image.pk) == before
    assert OtherFile.objects.get().state == OtherFile.State.OFFERED


@pytest.mark.parametrize(
    ("size", "same", "lost"),
    [
        ((2400, 1600), True, []),
        ((2400, 1610), True, []),
        ((1600, 2400), False, ["square"]),
        ((60, 40), True, ["square"]),
    ],
)
def test_focal_point_and_crops_are_shares_and_stay_where_the_shape_does(size, same, lost):
    """Another shape begins in the middle; a crop that the new file cannot fill is named."""
    image = make_picture(
        size=(1200, 800), focal_x=0.25, focal_y=0.75, own_crops={"square": [0.1, 0.1, 0.5, 0.7]}
    )
    found = fit(image, *size)
    assert (found.same_shape, found.lost) == (same, lost)
    assert (found.focal_x, found.focal_y) == ((0.25, 0.75) if same else (0.5, 0.5))
    assert bool(found.own_crops) == (not lost)


def test_old_files_go_when_their_time_is_over(all_files, django_capture_on_commit_callbacks):
    """An offer after a day, the file that was there before after a week; no sweep takes what is kept."""
    image = make_picture()
    with django_capture_on_commit_callbacks(execute=True):
        better(image)
        offered(image)
    originals = {OtherFile.objects.get(state=state).original.name for state in OtherFile.State}
    storage = image.original.storage
    for wait, left in ((OFFER_KEPT, 1), (FORMER_KEPT, 0)):
        with time_machine.travel(timezone.now() + wait + timedelta(minutes=1)):
            assert remove_lost_originals() == 0
            with django_capture_on_commit_callbacks(execute=True):
                assert sweep_other_files() == 1
        assert sum(storage.exists(name) for name in originals) == left
    assert storage.exists(Image.objects.get().original.name)


def test_deleting_and_wiping_take_the_other_files_along(all_files, django_capture_on_commit_callbacks):
    """What the camera said is in the old file too, so wiping ends the way back."""
    image = make_picture()
    with django_capture_on_commit_callbacks(execute=True):
        better(image)
        wipe(image=image, by=None)
    assert not OtherFile.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        image = Image.objects.get()
        better(image, size=(900, 600))
        offered(image)
        remove_picture(image=Image.objects.get())
    assert all_files() == []


# --- On the desk ------------------------------------------------------------------------------------------


@pytest.fixture
def chooser(staff):
    return staff("view_image", "change_image")


def upload(content):
    return {"file": ContentFile(content, name="better.jpg")}


def test_the_desk_compares_replaces_and_puts_back(chooser):
    """Choose, see both, replace, and one click back; words of the file that differ are shown and not taken."""
    image = make_picture(size=(600, 400), caption="The harbour")
    answer = chooser.post(page("replace", image.pk), upload(picture_bytes(size=(1200, 800))))
    other = OtherFile.objects.get()
    other.words = {"caption": "Boats at dawn", "credit": image.credit}
    other.save()
    assert answer.url == page("compare", image.pk, other.pk)
    answer = chooser.get(answer.url)
    for words in ("600 × 400", "1200 × 800", "Boats at dawn", "The harbour", image.sha256):
        assertContains(answer, words)
    assert [str(label) for label, _old, _new in answer.context["words"]] == ["Caption"]
    preview = chooser.get(page("offered", image.pk, other.pk))
    assert Pixels.open(BytesIO(preview.content)).size == (800, 533)
    assert "no-store" in preview["Cache-Control"]
    answer = chooser.post(page("compare", image.pk, other.pk), {"seen": image.sha256}, follow=True)
    assertContains(answer, "The file is replaced.")
    image.refresh_from_db()
    assert (image.width, image.caption) == (1200, "The harbour")
    assertContains(chooser.get(page("replace", image.pk)), "The file that was there before")
    answer = chooser.post(page("put_back", image.pk), {"seen": image.sha256}, follow=True)
    assertContains(answer, "The old file is back")
    assert Image.objects.get().width == 600


def test_the_second_of_two_clicks_changes_nothing_and_frightens_nobody(chooser):
    """It leads to the picture, which has the new file."""
    image = make_picture()
    other = offered(image)
    seen = {"seen": image.sha256}
    for _n in range(2):
        answer = chooser.post(page("compare", image.pk, other.pk), seen, follow=True)
        assert answer.redirect_chain == [(page("change", image.pk), 302)]
    assert Entry.objects.filter(kind="picture.file-replaced").count() == 1


def test_a_colleague_was_faster(chooser):
    """The page is shown once more with the file that the picture has now."""
    image = make_picture()
    mine = offered(image)
    Image.objects.filter(pk=image.pk).update(sha256="f" * 64)
    answer = chooser.post(page("compare", image.pk, mine.pk), {"seen": image.sha256}, follow=True)
    assertContains(answer, "Somebody gave the picture another file meanwhile.")
    assertContains(answer, "f" * 64)


def test_known_files_are_refused_with_a_link(chooser):
    """The picture's own file, and the file of another picture."""
    content = picture_bytes()
    image, other = make_picture(), make_picture(title="Quay")
    with other.original.open("rb") as file:
        answer = chooser.post(page("replace", image.pk), upload(file.read()))
    assertContains(answer, f'<a href="{page("change", other.pk)}">Quay</a>')
    with image.original.open("rb") as file:
        answer = chooser.post(page("replace", image.pk), upload(file.read()))
    assertContains(answer, "This very file is the one that the picture has.")
    assertContains(chooser.post(page("replace", image.pk), upload(content[:50])), "damaged or incomplete")
    assert not OtherFile.objects.exists()


def test_another_picture_is_said_to_be_one(chooser):
    """Stories would show it under old words, so it is said in the first line."""
    image = make_picture(picture=Pixels.open(coloured_fields()))
    turned = Pixels.open(coloured_fields()).convert("RGB").transpose(Pixels.Transpose.ROTATE_180)
    same, another = (
        offered(image, size=(1200, 800), picture=Pixels.open(coloured_fields()).resize((1200, 800))),
        None,
    )
    assert is_alike(image, same)
    another = offered(image, picture=turned)
    assert not is_alike(image, another)
    assertContains(chooser.get(page("compare", image.pk, another.pk)), "does not look like the same picture")
    assertContains(chooser.get(page("compare", image.pk, another.pk)), "Replace the file")


def test_a_full_disk_changes_nothing(chooser, full_disk, all_files):
    """A sentence, and the picture as it was."""
    image = make_picture()
    before = all_files()
    full_disk()
    answer = chooser.post(page("replace", image.pk), upload(picture_bytes(size=(1200, 800))))
    assertContains(answer, "The picture could not be kept")
    assert (all_files(), OtherFile.objects.count()) == (before, 0)


def test_who_may_not_change_pictures_replaces_none(staff):
    """Neither the pages nor the offered file's pixels."""
    client, image = staff("view_image"), make_picture()
    other = offered(image)
    assertNotContains(client.get(page("change", image.pk)), "Replace the file")
    for name, args in (("replace", ()), ("compare", (other.pk,)), ("offered", (other.pk,))):
        assert client.get(page(name, image.pk, *args)).status_code == 403
    for name, args in (("replace", ()), ("compare", (other.pk,)), ("put_back", ())):
        assert client.post(page(name, image.pk, *args), {"seen": image.sha256}).status_code == 403
