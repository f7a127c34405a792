"""Sound and film: what comes in, what is left out of it, and what readers get."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import checks, workflow
from images.models import Recording
from images.recording_files import Refused, clean
from images.recording_verbs import remove_lost_recordings
from images.webvtt import clean_captions
from log.models import Entry
from tests.factories import ArticleFactory, RecordingFactory, published, recording
from tests.images import recordings as write

WORD = b"zqplaceqz"
VTT = b"WEBVTT - zqheadqz\r\n\r\nNOTE zqnoteqz\r\n\r\nzqnameqz\r\n00:01.000 --> 00:02.500 line:0\r\nIt rains.\r\n"


# --- The file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "ending", "is_film", "seconds"),
    [
        (write.mp3(WORD), "mp3", False, 2),
        (write.mp4(WORD), "mp4", True, 95),
        (write.mp4(WORD, kinds=(b"soun",)), "m4a", False, 95),
    ],
)
def test_a_file_keeps_its_sound_and_loses_its_source(content, ending, is_film, seconds):
    """Tags, places, names of devices and dates are gone from every part; what sounds and shows is there."""
    assert WORD in content
    sound = clean(content)
    assert (sound.ending, sound.is_film, sound.seconds) == (ending, is_film, seconds)
    assert WORD not in sound.content and WORD[:8] not in sound.content
    assert clean(sound.content).content == sound.content
    if ending != "mp3":
        assert len(sound.content) == len(content)  # the places of the media hold
        assert b"\x21" * 64 in sound.content
    else:
        assert sound.content.count(b"\xff\xfb\x90\x00") == 80


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "unknown"),
        (b"<svg onload=alert(1)>", "unknown"),
        (b"ID3\x04\0\0\0\0\0\0" + b"x" * 5000, "damaged"),
        (write.mp4(kinds=(b"vide", b"soun", b"meta")), "track"),
        (write.mp4(kinds=()), "silent"),
        (write.mp4()[:-70], "damaged"),
        (write.mp4() + write.box(b"moof"), "fragments"),
        (b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 20_001, "damaged"),
        (b"\0\0\0\x08ftyp\0\0\0\1moov\0\0\0\0\0\0\0\1", "damaged"),
    ],
)
def test_what_is_no_recording_is_refused(content, why):
    with pytest.raises(Refused) as refused:
        clean(content)
    assert refused.value.args == (why,)


def test_captions_are_cues_alone():
    assert clean_captions(VTT) == b"WEBVTT\n\n00:01.000 --> 00:02.500\nIt rains.\n"
    for other in (b"", b"WEBVTT", b"1\n00:01.000 --> 00:02.000\nx", b"\xff\xfe"):
        with pytest.raises(ValueError):
            clean_captions(other)


# --- The desk and readers ---------------------------------------------------------------------------------


@pytest.fixture
def desk(db, client, person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(person("Reporter"))
    return client


def upload(desk, content=None, **words):
    data = {"title": "The foghorn", "caption": "From the mole.", "credit": "Mo Example", **words}
    data["upload"] = SimpleUploadedFile("x.bin", content or write.mp4(WORD))
    return desk.post(reverse("admin:images_recording_add"), data)


def test_a_recording_comes_in_stands_in_a_story_and_is_served(desk, client):
    """A reporter uploads it; the page, the lite page and the feed have it; ranges are answered; no word is left."""
    assert (
        upload(desk, transcript="Hoooo.", captions_upload=SimpleUploadedFile("x.vtt", VTT)).status_code == 302
    )
    recording = Recording.objects.get()
    assert "already" in upload(desk).content.decode()
    story = published(
        slug="fog",
        body=f'<p>Fog.</p><div data-block="recording" data-id="{recording.pk}"></div>',
        at=timezone.now(),
    )
    client.logout()
    page, lite, feed = (client.get(path).content.decode() for path in ("/fog/", "/lite/fog/", "/rss/"))
    assert (
        f'<video class="recording__film" controls preload="none" playsinline src="{recording.file.url}"'
        in page
    )
    assert f'<track kind="captions" src="{recording.captions.url}"' in page
    assert "<summary>Transcript</summary><p>Hoooo.</p>" in page and "(Mo Example)" in page
    assert f'<a href="{recording.file.url}">The foghorn</a> (1:35, ' in lite and "Hoooo." in lite
    assert f'{recording.file.url}"&gt;The foghorn&lt;/a&gt; (1:35' in feed

    whole = client.get(recording.file.url)
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "video/mp4")
    assert "immutable" in whole.headers["Cache-Control"] and WORD not in whole.content
    part = client.get(recording.file.url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert client.get(recording.captions.url).headers["Content-Type"].startswith("text/vtt")
    assert client.get("/uploads/recordings/00/" + "0" * 32 + ".mp3").status_code == 404

    Recording.objects.update(not_after=timezone.now())
    for address in ("/fog/", "/lite/fog/", "/rss/"):
        page = client.get(address).content.decode()
        assert "foghorn" not in page and "our right to play it has ended" in page
    assert story.slug == "fog"


def test_a_long_file_is_sent_in_pieces(desk, client):
    """Beyond what is held in memory, whole and in part."""
    upload(desk, write.mp4(media=b"abcd" * 1_100_000))
    recording = Recording.objects.get()
    whole = client.get(recording.file.url)
    assert whole.streaming and len(whole.getvalue()) == recording.bytes == int(
        whole.headers["Content-Length"]
    )
    part = client.get(recording.file.url, headers={"Range": f"bytes={recording.bytes - 24}-"})
    assert part.content == whole_end(recording)


def whole_end(recording):
    with recording.file.open() as file:
        return file.read()[-24:]


def test_what_cannot_be_used_comes_back_with_a_sentence(desk, settings):
    assert "no recording we can use" in upload(desk, b"words").content.decode()
    assert (
        "in which cameras write places" in upload(desk, write.mp4(kinds=(b"vide", b"meta"))).content.decode()
    )
    assert "no WebVTT file" in upload(desk, captions_upload=SimpleUploadedFile("x", b"x")).content.decode()
    settings.MAX_RECORDING_BYTES = 10
    assert "the limit is" in upload(desk).content.decode()
    assert not Recording.objects.exists()


def test_what_readers_would_miss_is_a_finding(desk):
    """No transcript, no captions, no credit; gone, or not allowed then."""
    upload(desk, credit="")
    recording = Recording.objects.get()
    block = '<div data-block="recording" data-id="{}"></div>'
    story = ArticleFactory(body=f"<p>Fog.</p>{block.format(recording.pk)}")

    def said(name):
        return " ".join(str(one.message) for one in checks.report(story, timezone.now()) if one.name == name)

    assert "no transcript" in said("transcript") and "no captions" in said("transcript")
    assert "no credit" in said("transcript") and not said("recording")
    Recording.objects.update(not_after=timezone.now())
    assert "may not be published then" in said("recording")
    story.body = block.format(999)
    assert "no longer in the library" in said("recording")


def test_the_editor_finds_recordings_by_their_words(desk):
    upload(desk)
    found = desk.get(reverse("admin:articles_article_picker_recordings"), {"q": "fog mo"}).json()
    assert [(one["title"], one["length"], one["transcript"]) for one in found["recordings"]] == [
        ("The foghorn", "1:35", False)
    ]
    assert (
        desk.get(reverse("admin:articles_article_picker_recordings"), {"q": "bell"}).json()["recordings"]
        == []
    )


# --- Taken away, exchanged, deleted ---------------------------------------------------------------------


def save(desk, recording, callbacks, **words):
    """Send its form as the desk does, and let run what waits for the transaction's end."""
    said = {name: getattr(recording, name) for name in ("title", "caption", "credit", "transcript")}
    with callbacks(execute=True):
        answer = desk.post(reverse("admin:images_recording_change", args=[recording.pk]), {**said, **words})
    assert answer.status_code == 302, answer.context["errors"]
    return Recording.objects.get(pk=recording.pk)


def test_what_is_taken_from_readers_answers_404_at_once(desk, django_capture_on_commit_callbacks):
    """Whoever kept an address gets nothing; allowed again it stands at another one. The clock alone moves no file."""
    upload(desk, captions_upload=SimpleUploadedFile("x.vtt", VTT))
    before = Recording.objects.get()
    known = [before.file.url, before.captions.url]
    ended = {"not_after_0": "2020-01-01", "not_after_1": "12:00"}
    after = save(desk, before, django_capture_on_commit_callbacks, **ended)
    assert [desk.get(address).status_code for address in known] == [404, 404]
    assert after.file.url not in known and after.captions.url not in known
    assert desk.get(after.file.url).headers["Content-Type"] == "video/mp4"
    assert Entry.objects.get(kind="recording.rights-changed").text.startswith("Not after: 1 January 2020")
    again = save(desk, after, django_capture_on_commit_callbacks)
    assert (again.file.name, again.rights_allow(timezone.now())) == (after.file.name, True)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        soon = {"not_after_0": f"{timezone.now() + timedelta(days=1):%Y-%m-%d}", "not_after_1": "12:00"}
        assert save(desk, again, django_capture_on_commit_callbacks, **soon).file.name == after.file.name


def test_old_captions_stay_a_day(desk, django_capture_on_commit_callbacks):
    """However old they are, open pages ask for them; then the nightly command removes them, and what no row has."""
    upload(desk, captions_upload=SimpleUploadedFile("x.vtt", VTT))
    old = Recording.objects.get()
    for name in (old.captions.name, old.file.name):
        os.utime(default_storage.path(name), (0, 0))
    name = f"recordings/00/{'0' * 32}.mp3"
    default_storage.save(name, SimpleUploadedFile("x", b"lost"))
    other = SimpleUploadedFile("x.vtt", VTT.replace(b"It rains", b"It pours"))
    new = save(desk, old, django_capture_on_commit_callbacks, captions_upload=other)
    assert new.captions.name != old.captions.name
    assert remove_lost_recordings() == 0 and default_storage.exists(old.captions.name)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert remove_lost_recordings() == 2
    assert not default_storage.exists(old.captions.name) and not default_storage.exists(name)
    assert default_storage.exists(new.captions.name) and default_storage.exists(new.file.name)


@pytest.fixture
def keeper(client, person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(person("Editor"))
    return client


def delete(keeper, sound, callbacks):
    with callbacks(execute=True):
        return keeper.post(reverse("admin:images_recording_delete", args=[sound.pk]), {"post": "yes"})


@pytest.mark.parametrize("state", ["In a desk copy only", "Scheduled", "Live now"])
def test_a_recording_in_use_is_not_deleted(keeper, state, django_capture_on_commit_callbacks):
    """The page says by which story, and how public that is; it leaves the desk copy and is still there."""
    sound = RecordingFactory(title="The foghorn")
    story = ArticleFactory(headline="Fog again", body=f"<p>Fog.</p>{recording(sound)}")
    if state == "Live now":
        workflow.publish(article=story, by=None)
    if state == "Scheduled":
        workflow.schedule(article=story, at=timezone.now() + timedelta(hours=1), by=None)
    if state != "In a desk copy only":
        story.refresh_from_db()
        story.body = "<p>Fog.</p>"
        workflow.save(article=story, by=None)
    for page in (
        keeper.get(reverse("admin:images_recording_delete", args=[sound.pk])),
        delete(keeper, sound, django_capture_on_commit_callbacks),
    ):
        said = page.content.decode()
        assert "This recording is in use, so it cannot be deleted." in said
        assert "The foghorn: <a href=" in said and f"Fog again</a> ({state})" in said
    action = {"action": "delete_selected", "_selected_action": [sound.pk], "post": "yes"}
    said = keeper.post(reverse("admin:images_recording_changelist"), action).content.decode()
    assert "Some of these recordings are in use, so none was deleted." in said
    assert Recording.objects.exists()


def test_a_recording_that_readers_will_not_have_again_is_deleted(
    keeper, desk, person, django_capture_on_commit_callbacks
):
    """Past versions do not keep it; its files go, and it is written down."""
    upload(desk, captions_upload=SimpleUploadedFile("x.vtt", VTT))
    sound = Recording.objects.get()
    story = published(slug="fog", body=f"<p>Fog.</p>{recording(sound)}")
    story.refresh_from_db()
    story.body = "<p>No fog.</p>"
    workflow.save(article=story, by=None)
    workflow.publish(article=story, kind="update", by=None)
    client = keeper
    assert delete(client, sound, django_capture_on_commit_callbacks).status_code == 403  # a reporter
    client.force_login(person("Editor"))
    assert delete(client, sound, django_capture_on_commit_callbacks).status_code == 302
    assert not Recording.objects.exists()
    assert not default_storage.exists(sound.file.name) and not default_storage.exists(sound.captions.name)
    assert Entry.objects.get(kind="recording.deleted").subject_id == str(sound.pk)
    assert client.get("/fog/").status_code == 200
    assert not story.versions.first().recordings.exists()
