"""Pictures come in as agencies deliver them: many in one drag, over networks and sign-ins that end in the middle."""

import base64

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from playwright.sync_api import expect

from images.models import Image
from tests.browser.test_desk_pages import faults
from tests.images.pictures import drawn, make_picture, picture_bytes
from tests.images.test_from_file import agency_file

pytestmark = [pytest.mark.browser]

ADD = reverse("admin:images_image_add")
SCREENS = [
    {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    for width, height in ((390, 844), (1280, 900))
    for scheme in ("light", "dark")
]

DROP = """files => {
  const transfer = new DataTransfer()
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    transfer.items.add(new File([bytes], name))
  }
  const options = { dataTransfer: transfer, bubbles: true, cancelable: true }
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector("h1").dispatchEvent(new DragEvent(type, options))
  }
}"""


def drop(page, **files):
    """Drop these files, {name: content}, onto the headline of the page."""
    page.evaluate(
        DROP, [[f"{name}.jpg", base64.b64encode(content).decode()] for name, content in files.items()]
    )


def dawn(width):
    """A file of the one drawing, so wide."""
    return picture_bytes(picture=drawn("harbour-dawn", width))


def expect_done(page, words):
    """Wait until the queue is empty; a picture takes a second or more where the machine has other work."""
    expect(page.get_by_text(words)).to_be_visible(timeout=40_000)


def rows(page):
    return page.locator("[data-row]")


def item(page, name):
    return page.locator("[data-list] > li").filter(has_text=f"{name}.jpg")


@pytest.fixture
def upload_page(site, desk_page):
    """upload_page() is the page in the browser of somebody of the picture desk."""

    def open_page(**options):
        page = desk_page("Picture desk", **options)
        page.goto(site + ADD)
        return page

    return open_page


def test_three_files_in_one_drag_each_say_the_right_thing(upload_page):
    """One the library has, one that is no picture, one good one, whose words from the file are marked and saved."""
    known = make_picture(title="The quay at noon")
    with known.original.open("rb") as original:
        content = original.read()
    page = upload_page()
    save = page.get_by_role("button", name="Save all words")
    expect(save).to_be_hidden()  # there are no words yet
    drop(page, known=content, letter=b"Dear editor", ferry=agency_file(), again=agency_file())
    expect_done(page, "Done: 1 new, 2 known, 1 not taken.")
    expect(item(page, "known").get_by_role("link", name="The quay at noon").last).to_be_visible()
    expect(item(page, "letter")).to_contain_text("This file is not a picture we can use.")
    expect(item(page, "again")).to_contain_text("You sent this file twice")
    row = rows(page)
    expect(row).to_have_count(1)
    way = page.get_by_role("link", name="To the library")
    assert way.bounding_box()["height"] >= save.bounding_box()["height"] - 6, "the words fit into the button"
    expect(row.get_by_label("Caption")).to_have_value("The ferry burns at quay 4.")
    expect(row.get_by_text("From the file: check it.")).to_have_count(2)
    row.get_by_label("Alternative text").fill("A ferry on fire")
    row.get_by_label("Checked").check()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("All words are saved.")).to_be_visible()
    expect(row.get_by_text("From the file: check it.")).to_have_count(0)
    image = Image.objects.exclude(pk=known.pk).get()
    assert (image.alt_text, image.to_check) == ("A ferry on fire", [])
    page.reload()  # nothing is unsaved, so nothing is asked; the row is still there
    expect(row.get_by_label("Alternative text")).to_have_value("A ferry on fire")


def test_a_lost_network_does_not_lose_the_queue(upload_page):
    """Cut while the second file is on its way, and back: every file arrives, once, and what was typed is there."""
    page, held = upload_page(), []

    def hold_the_second(route):
        if route.request.method == "POST":
            held.append(route)
        if len(held) != 2 or route.request.method != "POST":
            route.continue_()

    page.route("**/image/add/", hold_the_second)
    drop(page, **{f"n{number}": picture_bytes() for number in range(4)})
    expect(rows(page)).to_have_count(1)
    rows(page).get_by_label("Caption").fill("Typed meanwhile")
    expect(page.get_by_text("Uploading 2 of 4: n1.jpg")).to_be_visible()
    page.context.set_offline(True)
    held[1].abort("internetdisconnected")
    expect(page.get_by_text("The desk cannot be reached.")).to_be_visible()
    expect(page.get_by_text("Stopped: 3 of 4 files wait.")).to_be_visible()
    expect(item(page, "n1")).to_contain_text("Waits for its turn.")
    page.context.set_offline(False)
    expect_done(page, "Done: 4 new, 0 known, 0 not taken.")
    expect(rows(page)).to_have_count(4)
    expect(page.get_by_text("The desk cannot be reached.")).to_be_hidden()
    expect(rows(page).first.get_by_label("Caption")).to_have_value("Typed meanwhile")
    assert Image.objects.count() == 4


def test_a_sign_in_that_ends_in_the_middle_keeps_files_and_words(site, upload_page):
    """The page says so; after a sign-in in another tab both go on, with that sign-in's token."""
    page = upload_page()
    drop(page, one=picture_bytes())
    rows(page).get_by_label("Caption").fill("Typed before")
    page.context.clear_cookies()
    drop(page, two=picture_bytes(), three=picture_bytes())
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("Not saved. You are signed out.")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    other = opened.value
    other.get_by_label("Username").fill("picture-desk-1")
    other.get_by_label("Password").fill("a long password")
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url(f"{site}/admin/")  # a tab closed while it still goes somewhere may never close
    other.close()
    page.bring_to_front()
    go_on = page.get_by_role("button", name="Go on")
    if go_on.is_visible():  # a browser without windows may not tell the page that it is seen again
        go_on.click()
    expect_done(page, "Done: 3 new, 0 known, 0 not taken.")
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("All words are saved.")).to_be_visible()
    assert Image.objects.filter(caption="Typed before").count() == 1


def test_a_file_that_fails_at_the_desk_is_tried_again(upload_page):
    """A fault of the server is that file's; the others go on, and a button sends it once more."""
    page = upload_page()
    page.route("**/image/add/", lambda route: route.fulfill(status=500, body="broken"), times=1)
    drop(page, one=picture_bytes(), two=picture_bytes())
    expect_done(page, "Done: 1 new, 0 known, 1 not taken.")
    expect(item(page, "one")).to_contain_text("The desk failed at this file.")
    item(page, "one").get_by_role("button", name="Try again").click()
    expect_done(page, "Done: 2 new, 0 known, 0 not taken.")


def test_a_full_disk_and_a_lost_permission_stop_the_queue(upload_page):
    """Each in its own sentence; nothing is tried in vain two hundred times, and a button goes on."""
    page = upload_page()
    full = {"kind": "full", "sentence": "The disk is full."}
    page.route("**/image/add/", lambda route: route.fulfill(status=507, json=full), times=1)
    drop(page, one=picture_bytes(), two=picture_bytes())
    expect(page.get_by_text("The disk of the desk is full")).to_be_visible()
    expect(page.get_by_text("Stopped: 2 of 2 files wait.")).to_be_visible()
    group = Group.objects.get(name="Picture desk")
    group.permissions.remove(*group.permissions.filter(codename="add_image"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("You may not add pictures any more.")).to_be_visible()
    group.permissions.add(*Permission.objects.filter(codename="add_image"))
    page.get_by_role("button", name="Go on").click()
    expect_done(page, "Done: 2 new, 0 known, 0 not taken.")


def test_a_picture_that_looks_like_another_is_decided_on_the_page(upload_page):
    """Keep both, or use the one that is there: the upload is gone then."""
    known = make_picture(picture=None, title="Flat")
    page = upload_page()
    drop(page, large=dawn(900), small=dawn(500), smaller=dawn(300))
    expect_done(page, "Done: 3 new, 0 known, 0 not taken.")
    expect(page.locator("[data-near]")).to_have_count(2)
    page.get_by_role("button", name="Keep both").first.click()
    expect(page.locator("[data-near]")).to_have_count(1)
    page.get_by_role("button", name="Use the one we have, take the upload back").click()
    expect(page.get_by_text("Taken back; the library’s own picture stays:")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    assert Image.objects.exclude(pk=known.pk).count() == 2


def test_both_texts_stand_there_when_two_write_at_once(site, upload_page):
    """Refused, compared, decided; what is typed in other rows is neither lost nor waited for."""
    page = upload_page()
    drop(page, one=picture_bytes(), two=picture_bytes())
    expect(rows(page)).to_have_count(2)
    first, second = rows(page).all()
    image = Image.objects.order_by("pk").first()
    image.caption, image.credit = "Theirs", "Their credit"
    image.save()
    first.get_by_label("Caption").fill("Mine")
    first.get_by_label("Credit", exact=True).fill("My credit")
    second.get_by_label("Caption").fill("The other one")
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("1 saved, 1 not")).to_be_visible()
    expect(first.get_by_text("Theirs", exact=True)).to_be_visible()
    expect(first.get_by_label("Caption")).to_have_value("Mine")
    first.get_by_role("button", name="Take theirs").last.click()
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("All words are saved.")).to_be_visible()
    image.refresh_from_db()
    assert (image.caption, image.credit) == ("Mine", "Their credit")


def test_one_credit_for_all_rows_can_be_undone(upload_page):
    """Written into the fields, not yet saved; Undo puts back what stood there."""
    page = upload_page()
    drop(page, ferry=agency_file(), two=picture_bytes())
    expect(rows(page)).to_have_count(2)
    credits = rows(page).get_by_label("Credit", exact=True)
    page.get_by_label("Same credit for all pictures below").fill("Ines Calder")
    page.get_by_role("button", name="Where it is empty").click()
    expect(credits.first).to_have_value("Arda Example/Anadolu via Getty Images")
    expect(credits.last).to_have_value("Ines Calder")
    page.get_by_role("button", name="Everywhere").click()
    expect(credits.first).to_have_value("Ines Calder")
    page.get_by_role("button", name="Undo").click()
    expect(credits.first).to_have_value("Arda Example/Anadolu via Getty Images")


def test_a_pasted_picture_is_taken(upload_page):
    """As a screen cut-out is; text pasted into a field stays text."""
    page = upload_page()
    paste = """content => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([bytes], "image.png", { type: "image/png" }))
      const options = { clipboardData: transfer, bubbles: true, cancelable: true }
      document.body.dispatchEvent(new ClipboardEvent("paste", options))
    }"""
    page.evaluate(paste, base64.b64encode(picture_bytes("PNG")).decode())
    expect(rows(page)).to_have_count(1)


def test_without_script_the_same_form_does_it(site, upload_page):
    """Several files chosen, one of them no picture; then the words, with one button."""
    page = upload_page(java_script_enabled=False)
    files = [("one.jpg", picture_bytes()), ("letter.jpg", b"Dear editor"), ("two.jpg", picture_bytes())]
    page.get_by_label("Picture files").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in files]
    )
    page.get_by_role("button", name="Upload").click(timeout=40_000)
    expect(item(page, "letter")).to_contain_text("This file is not a picture we can use.")
    expect(rows(page)).to_have_count(2)
    for number, row in enumerate(rows(page).all()):
        row.get_by_label("Caption").fill(f"Caption {number}")
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("The words of 2 pictures are saved.")).to_be_visible()
    assert {image.caption for image in Image.objects.all()} == {"Caption 0", "Caption 1"}


@pytest.mark.parametrize(
    "screen", SCREENS, ids=lambda screen: "{viewport[width]}-{color_scheme}".format(**screen)
)
def test_the_page_is_accessible_in_every_state(screen, upload_page, tmp_path):
    """Rows, words from the file, a picture beside its like, a known and a refused file, one under way, one to come."""
    make_picture(title="Flat")
    make_picture(title="Dawn over the harbour", picture=drawn("harbour-dawn", 900))
    page = upload_page(bypass_csp=True, **screen)
    assert faults(page) == []
    drop(page, ferry=agency_file(), dawn=dawn(500), letter=b"Dear editor", again=agency_file())
    expect_done(page, "Done: 2 new, 1 known, 1 not taken.")
    page.route("**/image/add/", lambda route: None if route.request.method == "POST" else route.continue_())
    drop(page, under_way=picture_bytes(), to_come=picture_bytes())
    expect(page.get_by_text("Uploading 5 of 6: under_way.jpg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = faults(page)
    page.screenshot(path=tmp_path / "upload.png", full_page=True)
    page.unroute("**/image/add/")
    assert found == []
