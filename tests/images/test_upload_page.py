"""The page where pictures come in: many files in one go, what became of each, and the words of all of them."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from images import upload_page
from images.models import Image
from tests.factories import ArticleFactory
from tests.images.pictures import drawn, make_picture, picture_bytes, row_of
from tests.images.test_from_file import FILLED, agency_file

ALL = ("add_image", "change_image", "delete_image", "view_image")
ADD = reverse("admin:images_image_add")
WORDS = reverse("admin:images_image_words")
JSON = {"Accept": "application/json"}
#: What a browser sends with a form.
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def file(content=None, name="harbour.jpg"):
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)


def send(client, *files):
    """The files as a form without script sends them."""
    return client.post(ADD, {"file": list(files)}, headers=HTML)


def send_one(client, content=None, name="harbour.jpg"):
    """One file as the module sends it."""
    return client.post(ADD, {"file": file(content, name)}, headers=JSON)


def save(client, *rows, headers=None, **more):
    """The rows (row_of) as the button sends them."""
    data = {name: value for row in rows for name, value in row.items() if name != "id"}
    return client.post(
        WORDS, {"id": [pk for row in rows for pk in row["id"]], **data, **more}, headers=headers
    )


def change_url(image):
    return reverse("admin:images_image_change", args=[image.pk])


def words_of(image):
    image = Image.objects.get(pk=image.pk)
    return image.alt_text, image.caption, image.credit


# --- Files come in ----------------------------------------------------------------------------------------


def test_many_files_of_one_form_become_rows(staff, django_capture_on_commit_callbacks):
    """Owner, a line in the log, a picture to look at at once, a row in the order sent; the renditions follow."""
    client = staff(*ALL)
    with django_capture_on_commit_callbacks() as afterwards:
        response = send(client, file(name="one.jpg"), file(name="two.jpg"), file(name="three.jpg"))
    pks = list(Image.objects.order_by("pk").values_list("pk", flat=True))
    assert response["Location"] == f"{ADD}?" + "&".join(f"id={pk}" for pk in pks)
    for image in Image.objects.all():
        assert (image.uploaded_by.username, image.progress) == ("desk", "waiting")
        assert {crop: set(files) for crop, files in image.sources.items()} == {
            crop: {"width", "height", "jpeg"} for crop in ("full", "square")
        }
    assert LogEntry.objects.count() == 3
    page = client.get(response["Location"])
    assert [row.image.pk for row in page.context["rows"]] == pks
    assert page.content.decode().count("data-picture-progress=") == 3
    for follows in afterwards:
        follows()
    assert {image.progress for image in Image.objects.all()} == {"made"}


def test_each_refused_file_has_its_sentence_and_the_others_go_on(staff, all_files):
    """A text, an empty file, a damaged picture and a good one."""
    contents = {"a.txt": b"Dear editor", "b.jpg": b"", "c.jpg": picture_bytes()[:-500], "d.jpg": None}
    response = send(staff(*ALL), *[file(content, name) for name, content in contents.items()])
    refused = {one.name: one.sentence for one in response.context["taken"]}
    assert refused.keys() == {"a.txt", "b.jpg", "c.jpg"}
    for name, words in (("a.txt", "not a picture"), ("b.jpg", "empty"), ("c.jpg", "damaged")):
        assert words in refused[name]
        assert refused[name].replace("'", "&#x27;") in response.content.decode()
    assert [row.image for row in response.context["rows"]] == [Image.objects.get()]
    assert len(all_files()) == 3  # the original of the good one and its two first JPEGs


def test_no_file_is_a_message_too(staff):
    """The button alone says what is missing."""
    response = staff(*ALL).post(ADD, {}, headers=HTML)
    assert "Choose the picture" in response.content.decode()


def test_more_files_than_one_form_may_bring_are_named(staff, monkeypatch):
    """Those that were left out can be chosen again; the others are in."""
    monkeypatch.setattr(upload_page, "MOST_AT_ONCE", 2)
    response = send(staff(*ALL), *[file(name=f"{n}.jpg") for n in range(4)])
    assert [one.name for one in response.context["taken"]] == ["2.jpg", "3.jpg"]
    assert "More than 2 files" in response.content.decode()
    assert Image.objects.count() == 2


def test_a_known_file_is_offered_instead_of_doubled(staff):
    """The page links to the picture that is there; its words are escaped."""
    content = picture_bytes()
    client = staff(*ALL)
    known = make_picture(title="<b>Quay</b>", picture=None)
    known.sha256 = upload_page.take(file(content), by=None).image.sha256
    Image.objects.exclude(pk=known.pk).delete()
    known.save()
    html = send(client, file(content)).content.decode()
    assert "Already in the library" in html
    assert change_url(known) in html
    assert "&lt;b&gt;Quay" in html
    assert "<b>Quay" not in html
    answer = send_one(client, content)
    assert (answer.status_code, answer.json()["kind"], answer.json()["id"]) == (200, "known", known.pk)
    assert change_url(known) in answer.json()["html"]


def test_a_double_click_ends_at_the_one_picture(staff):
    """The second of two equal posts finds what the first one brought, and shows its row as well."""
    content, client = picture_bytes(), staff(*ALL)
    send(client, file(content))
    response = send(client, file(content))
    assert [row.image for row in response.context["rows"]] == [Image.objects.get()]
    response = send(client, file(content), file(content))
    assert len(response.context["rows"]) == Image.objects.count() == 1


def test_the_module_gets_a_row_or_a_sentence(staff):
    """201 with the row as the page has it; 400 with what to do."""
    client = staff(*ALL)
    answer = send_one(client)
    image = Image.objects.get()
    assert (answer.status_code, answer.json()["kind"], answer.json()["id"]) == (201, "new", image.pk)
    assert f'data-row="{image.pk}"' in answer.json()["html"]
    answer = send_one(client, b"Dear editor")
    assert (answer.status_code, answer.json()["kind"]) == (400, "refused")
    assert "not a picture" in answer.json()["sentence"]
    assert client.post(ADD, {}, headers=JSON).json()["sentence"] == "Choose the picture's file."


def test_a_picture_that_looks_like_another_stands_beside_it(staff):
    """Both ways; without script a button in the row takes the upload back, and other rows are saved by it."""
    known = make_picture(title="Dawn, large", picture=drawn("harbour-dawn", 900))
    client = staff("add_image", "change_image", "view_image")
    answer = send_one(client, picture_bytes(picture=drawn("harbour-dawn", 500))).json()
    assert "It looks like a picture that is in the library" in answer["html"]
    assert change_url(known) in answer["html"]
    copy, other = Image.objects.get(pk=answer["id"]), make_picture()
    page = client.get(ADD, {"id": [copy.pk]})
    assert [row.near for row in page.context["rows"]] == [[known]]
    response = save(client, row_of(copy), row_of(other, caption="Typed"), headers=HTML, take_back=copy.pk)
    assert response["Location"] == f"{ADD}?id={other.pk}"
    assert words_of(other)[1] == "Typed"
    assert not Image.objects.filter(pk=copy.pk).exists()


def test_an_upload_that_a_story_has_is_not_taken_back(staff):
    """Neither is one that somebody else sent."""
    client = staff("add_image", "change_image")
    image = make_picture(by=get_user_model().objects.get(username="desk"))
    ArticleFactory(lead_image=image)
    response = save(client, row_of(image), headers=HTML, take_back=image.pk)
    assert "A story uses this picture already" in client.get(response["Location"]).content.decode()
    theirs = make_picture()
    assert save(client, row_of(theirs), headers=HTML, take_back=theirs.pk).status_code == 403
    assert Image.objects.count() == 2


@pytest.mark.parametrize("ids", ["x", "-1", "99999999999999999999", "٣", ""])
def test_a_strange_address_is_the_empty_page(ids, staff):
    """Nothing in an address breaks the page."""
    response = staff(*ALL).get(ADD, {"id": ids})
    assert (response.status_code, response.context["rows"]) == (200, [])


# --- Words are saved --------------------------------------------------------------------------------------


def test_one_button_saves_all_rows(staff):
    """Each picture its words; the log names the fields; nothing is written where nothing changed."""
    client = staff(*ALL)
    images = [make_picture(alt_text="", caption="", credit="") for _ in range(3)]
    rows = [row_of(image, caption=f"Quay {image.pk}") for image in images[:2]] + [row_of(images[2])]
    response = save(client, *rows, headers=HTML)
    assert response["Location"] == f"{ADD}?" + "&".join(f"id={image.pk}" for image in images)
    assert [words_of(image)[1] for image in images] == [f"Quay {images[0].pk}", f"Quay {images[1].pk}", ""]
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == ["Changed Caption."] * 2
    assert "The words of 3 pictures are saved." in client.get(response["Location"]).content.decode()


def test_as_many_rows_as_a_page_has_are_saved_at_once(staff):
    """Without script all of them come in one form."""
    images = [
        Image.objects.create(sha256=str(n), format="JPEG", width=1, height=1, bytes=1)
        for n in range(upload_page.MOST_ROWS)
    ]
    client = staff(*ALL)
    rows = [row_of(image, caption="Typed", checked="on") for image in images]
    assert save(client, *rows, headers=HTML).status_code == 302
    assert not Image.objects.exclude(caption="Typed").exists()


def test_saved_words_are_found_and_credited(staff):
    """What the model derives from its words follows: the search, photographer and agency."""
    image = make_picture()
    save(staff(*ALL), row_of(image, caption="Zeppelin", credit="Ines Calder/Agency X"))
    image = Image.objects.search("zeppelin").get()
    assert (image.photographer, image.agency) == ("Ines Calder", "Agency X")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({}, FILLED),
        ({"caption": "The ferry is on fire."}, [name for name in FILLED if name != "caption"]),
        ({"checked": "on"}, []),
    ],
)
def test_a_changed_or_ticked_word_is_checked(typed, left, staff):
    """Only that one, or all that the row showed."""
    client = staff(*ALL)
    send(client, file(agency_file()))
    save(client, row_of(Image.objects.get(), **typed))
    assert Image.objects.get().to_check == left


def test_a_tick_checks_only_what_was_seen(staff):
    """A mark that came after the page was drawn stays."""
    client = staff(*ALL)
    send(client, file(agency_file()))
    image = Image.objects.get()
    row = row_of(image, checked="on")
    image.to_check = [*FILLED, "alt_text"]
    image.save()
    save(client, row)
    assert Image.objects.get().to_check == ["alt_text"]


def test_lines_that_browsers_end_differently_are_the_same_words(staff):
    """A caption of two lines that nobody touched stays unchecked and unchanged."""
    image = make_picture(caption="One\nTwo")
    image.to_check = ["caption"]
    image.save()
    save(staff(*ALL), row_of(image, caption="One\r\nTwo"))
    image.refresh_from_db()
    assert (image.caption, image.to_check) == ("One\nTwo", ["caption"])
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("which", "credits"), [("empty", ["Arda", "All", "All"]), ("all", ["All", "All", "All"])]
)
def test_the_same_credit_for_all(which, credits, staff):
    """Without script the buttons save at once; an empty credit writes nothing."""
    images = [make_picture(credit=credit) for credit in ("Arda", "", "")]
    client, rows = staff(*ALL), [row_of(image) for image in images]
    save(client, *rows, headers=HTML, credit_for=which, credit_for_all=" ")
    assert [words_of(image)[2] for image in images] == ["Arda", "", ""]
    save(client, *rows, headers=HTML, credit_for=which, credit_for_all="All")
    assert [words_of(image)[2] for image in images] == credits


def test_two_people_at_one_picture_lose_nothing(staff, person):
    """Both texts are shown, the words typed stay in the row, and pressing save again is a decision."""
    image, client = make_picture(caption="The quay"), staff(*ALL)
    row = row_of(image, caption="Mine", credit="My credit")
    other = person("Picture desk", first_name="Ines", last_name="Calder")
    theirs = Client()
    theirs.force_login(other)
    save(theirs, row_of(image, caption="Theirs"))
    assert words_of(image) == ("A harbour at dusk", "Theirs", "Arda Example/Agency")

    response = save(client, row, headers=HTML)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Ines Calder changed this at" in html
    assert "Theirs</q>" in html
    assert ">\nMine</textarea>" in html
    assert 'value="My credit"' in html
    assert words_of(image) == ("A harbour at dusk", "Theirs", "Arda Example/Agency")

    [drawn] = response.context["rows"]
    again = {**row, f"{image.pk}-opened": drawn.form.opened()}
    assert save(client, again, headers=HTML).status_code == 302
    assert words_of(image) == ("A harbour at dusk", "Mine", "My credit")


def test_what_only_somebody_else_changed_stays_theirs(staff):
    """Two people at two fields of one picture need not know of each other."""
    image, client = make_picture(caption="The quay"), staff(*ALL)
    row = row_of(image, credit="My credit")
    Image.objects.filter(pk=image.pk).update(caption="Theirs")
    answer = save(client, row, headers=JSON).json()
    assert answer["rows"][str(image.pk)]["saved"]
    assert words_of(image)[1:] == ("Theirs", "My credit")


def test_a_row_that_does_not_say_what_it_saw_overwrites_nothing(staff):
    """Whoever posts by hand is compared with nothing, and so refused."""
    image, client = make_picture(caption="The quay"), staff(*ALL)
    for opened in ("", "{", "[]", json.dumps({"caption": 7})):
        row = {**row_of(image, caption="Mine"), f"{image.pk}-opened": opened}
        answer = save(client, row, headers=JSON).json()
        assert not answer["rows"][str(image.pk)]["saved"], opened
    assert words_of(image)[1] == "The quay"


def test_a_second_click_on_save_changes_nothing_more(staff):
    """The same row twice: the second finds its own words."""
    image, client = make_picture(), staff(*ALL)
    row = row_of(image, caption="Mine")
    for _ in range(2):
        assert save(client, row, headers=JSON).json()["rows"][str(image.pk)]["saved"]
    assert LogEntry.objects.count() == 1


def test_one_bad_row_keeps_no_other_from_being_saved(staff):
    """Its sentence stands at its field and its words stay; the rest is written."""
    good, bad = make_picture(), make_picture()
    client = staff(*ALL)
    rows = row_of(good, caption="Good"), row_of(bad, alt_text="IMG_0042.jpg", caption="Long words")
    response = save(client, *rows, headers=HTML)
    html = response.content.decode()
    assert response.status_code == 200
    assert "This is the name of a file. Write what is seen." in html
    assert "Long words" in html
    assert (words_of(good)[1], words_of(bad)[1]) == ("Good", "The harbour")


def test_a_picture_that_is_gone_gives_the_words_back(staff):
    """Deleted by somebody else meanwhile: what was typed is on the screen, not in the void."""
    image, client = make_picture(), staff(*ALL)
    row = row_of(image, caption="Long words about the quay")
    Image.objects.all().delete()
    answer = save(client, row, headers=JSON).json()
    assert "Long words about the quay" in answer["gone"][str(image.pk)]
    response = save(client, row, headers=HTML)
    assert "Long words about the quay" in client.get(response["Location"]).content.decode()


# --- Who may ----------------------------------------------------------------------------------------------


def test_who_may_only_add_writes_the_words_of_a_fresh_upload(staff):
    """For an hour; the pictures of others are not on their page and not theirs to change."""
    client, theirs = staff("add_image"), make_picture()
    own = Image.objects.get(pk=send_one(client).json()["id"])
    page = client.get(ADD, {"id": [own.pk, theirs.pk]})
    assert [row.image for row in page.context["rows"]] == [own]
    answer = save(client, row_of(own, caption="Mine"), row_of(theirs, caption="Mine"), headers=JSON).json()
    assert {pk: row["saved"] for pk, row in answer["rows"].items()} == {
        str(own.pk): True,
        str(theirs.pk): False,
    }
    assert "You may not change this picture" in answer["rows"][str(theirs.pk)]["html"]
    assert words_of(theirs)[1] == "The harbour"
    own.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        client = Client()
        client.force_login(get_user_model().objects.get(username="desk"))
        answer = save(client, row_of(own, caption="Later"), headers=JSON).json()
    assert not answer["rows"][str(own.pk)]["saved"]


def test_a_permission_that_is_taken_away_stops_the_queue(staff):
    """Between two files of one drag: 403, nothing kept."""
    client = staff("add_image", "view_image")
    assert send_one(client).status_code == 201
    user = get_user_model().objects.get(username="desk")
    user.user_permissions.set(Permission.objects.filter(codename="view_image"))
    assert send_one(client).status_code == 403
    assert save(client, row_of(Image.objects.get(), caption="Mine"), headers=JSON).status_code == 403
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("codename", "status"), [("view_image", 403), ("add_image", 302), ("change_image", 302)]
)
def test_saving_asks_for_a_permission(codename, status, staff):
    """A GET is no save."""
    client = staff(codename)
    assert client.post(WORDS, {}, headers=HTML).status_code == status
    assert client.get(WORDS).status_code == 405


def test_the_page_costs_the_same_for_one_and_for_many(staff, django_assert_max_num_queries):
    """No query per row, once an hour is over in which an upload is compared with the library."""
    client = staff(*ALL)
    pks = [make_picture(size=(60, 40)).pk for _ in range(5)]
    client.get(ADD)  # the first request of a session notes when it began
    with django_assert_max_num_queries(8):
        client.get(ADD, {"id": pks})
