"""Several pictures in a story, from the editor to a reader without script: made by mouse and by keyboard."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from images.models import Image
from tests.browser.test_editor import insert
from tests.factories import ArticleFactory, figure, gallery, side_by_side
from tests.images.pictures import make_picture

pytestmark = [pytest.mark.browser]


@pytest.fixture
def open_form(site, person, client, open_browser):
    """open_form(article) gives the browser's page with the story's form, signed in."""
    client.force_login(person("Chief"))
    page = open_browser()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])

    def form(article):
        page.goto(site + reverse("admin:articles_article_change", args=[article.pk]))
        expect(page.locator(".ProseMirror")).to_be_visible()
        return page

    return form


@pytest.fixture
def pictures():
    """Three pictures of the library by their titles, each with words of its own."""
    return {
        name: make_picture(title=name, alt_text=f"{name}, seen", caption=f"{name}.", credit=f"{name} Maker")
        for name in ("Nets", "Quay", "Herring")
    }


def expect_pictures(page, titles):
    """Wait until the body holds these pictures in this order: the editor writes it a moment after the change."""
    keys = dict(Image.objects.values_list("title", "pk"))
    others = "(?:(?!data-id).)*"
    wanted = others.join(f'data-id="{keys[title]}"' for title in titles)
    body = re.compile(f"^{others}{wanted}{others}$", re.DOTALL)
    expect(page.locator("textarea[name=body]")).to_have_value(body)


def expect_written(page, body):
    expect(page.locator("textarea[name=body]")).to_have_value(body)


def choose(page, title):
    """Take a picture in the open picker."""
    page.locator(".picture-picker__grid button").filter(has_text=title).click()
    expect(page.locator("dialog.picture-picker")).to_be_hidden()


def test_a_gallery_is_built_published_and_read_without_script(open_form, pictures, reader, site):
    """Added one by one, put in order by key and by drag, described for this story, decorative, published."""
    article = ArticleFactory(headline="A day at the quay", slug="a-day", body="<p>It began early.</p>")
    page = open_form(article)
    page.locator(".ProseMirror p").first.click()
    expect(page.locator(".ProseMirror")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    insert(page, "Gallery")
    choose(page, "Nets")
    expect(page.get_by_role("button", name="Add picture")).to_be_focused()
    expect(page.locator(".block--gallery .block__note")).to_have_text(
        "One picture alone is shown as an ordinary one. Add a second."
    )
    page.keyboard.press("Enter")
    choose(page, "Quay")
    expect(page.get_by_role("button", name="Add picture")).to_be_focused()
    page.keyboard.press("Enter")
    choose(page, "Herring")
    expect_pictures(page, ["Nets", "Quay", "Herring"])

    page.get_by_role("button", name="Move picture 3 forward").press("Enter")
    expect(page.get_by_role("button", name="Move picture 2 forward")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("button", name="Edit picture 1")).to_be_focused()
    expect_pictures(page, ["Herring", "Nets", "Quay"])
    page.locator(".block__item").nth(0).drag_to(page.locator(".block__item").nth(2))
    expect_pictures(page, ["Nets", "Quay", "Herring"])

    page.get_by_role("button", name="Edit picture 1").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("As in the library: Nets, seen")).to_be_checked()
    expect(dialog.get_by_label("What is seen")).to_be_hidden()
    dialog.get_by_label("Described for this story").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("alert").filter(has_text="Write what is seen")).to_be_visible()
    dialog.get_by_label("What is seen").fill("A woman mends a net on the quay wall")
    dialog.get_by_label("Caption").fill("Six o’clock: the nets.")
    dialog.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Edit picture 1")).to_be_focused()
    page.get_by_role("button", name="Edit picture 2").press("Enter")
    dialog.get_by_label("Decorative: it says nothing that the words do not").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(page.locator(".block__item").nth(1)).to_contain_text("Decorative: nothing is read aloud")
    page.locator("[name=_publish]").click()
    # Nothing stands in the way; what could be better is set aside.
    page.get_by_label("Publish anyway").check()
    page.get_by_label("Reason").fill("A test")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("It is on the site now")

    reader.goto(f"{site}/a-day/")
    figures = reader.locator(".gallery figure")
    expect(figures).to_have_count(3)
    assert [figures.nth(n).locator("img").get_attribute("alt") for n in range(3)] == [
        "A woman mends a net on the quay wall",
        "",
        "Herring, seen",
    ]
    assert [" ".join(text.split()) for text in figures.locator("figcaption").all_inner_texts()] == [
        "Six o’clock: the nets. (Nets Maker)",
        "Quay. (Quay Maker)",
        "Herring. (Herring Maker)",
    ]
    for number in range(3):
        expect(figures.nth(number).locator("figcaption")).to_be_visible()


def test_two_pictures_share_a_caption(open_form, pictures):
    """The second is asked for at once; a third is not offered; the caption of both takes the place of their own."""
    page = open_form(ArticleFactory(body="<p>One</p>"))
    page.locator(".ProseMirror p").first.click()
    expect(page.locator(".ProseMirror")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    insert(page, "Side by side")
    page.locator(".picture-picker__grid button").filter(has_text="Nets").click()
    choose(page, "Quay")
    expect(page.get_by_role("button", name="Add picture")).to_be_hidden()
    expect(page.get_by_role("button", name="One caption for both")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("One caption for both").fill("Before and after")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".block--side-by-side > .block__face > .block__caption")).to_have_text(
        "Before and after"
    )
    expect(page.locator(".block__item").first).not_to_contain_text("Nets.")
    nets, quay = figure(pictures["Nets"]), figure(pictures["Quay"])
    block = side_by_side(nets, quay, caption="Before and after")
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile(re.escape(block)))


def test_a_stored_gallery_is_read_and_written_without_a_change(open_form, pictures):
    """Opening and saving a story alters nothing of it; the last picture that is removed leaves the way to add one."""
    nets, quay = (
        figure(pictures["Nets"], decorative="yes"),
        figure(pictures["Quay"], alt="A &lt;quay&gt;", credit="B"),
    )
    article = ArticleFactory(body=f"<p>One</p>{gallery(nets, quay)}<p>Two</p>")
    page = open_form(article)
    expect(page.locator(".block__item")).to_have_count(2)
    page.locator(".ProseMirror > p").last.click()
    expect(page.locator(".ProseMirror")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    expect_written(page, Article.objects.get(pk=article.pk).body.replace("Two", "Two!"))
    page.get_by_role("button", name="Remove picture 1").press("Enter")
    expect(page.get_by_role("button", name="Remove picture 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add picture")).to_be_focused()
    expect_pictures(page, [])
