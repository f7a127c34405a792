"""The body editor in a real browser, under the strict policy: what is typed, placed and pasted is what is stored."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import ArticleFactory, published
from tests.images.pictures import make_picture

pytestmark = [pytest.mark.browser]

VIDEO = "https://vimeo.com/76979871"

PASTE = """([html, text]) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/html", html)
  clipboardData.setData("text/plain", text)
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
  document.querySelector(".ProseMirror").dispatchEvent(event)
}"""

GOOGLE = """<b style="font-weight:normal" id="docs-internal-guid-1"><p style="line-height:1.4">
<span style="font-weight:400">Plain and </span><span style="font-weight:700">bold</span></p>
<p><img src="https://pictures.example/a.png" width="300"></p></b>"""

WORD = """<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>1.  </span>First</p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>2.  </span>Second</p>"""


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


def written(page):
    return page.locator("textarea[name=body]").input_value()


def begin(page):
    """Empty the editor and stay in it."""
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def button(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def insert(page, name):
    """Choose from the Insert menu by keys: the first letter of a name walks through those that begin with it."""
    page.keyboard.press("Control+/")
    chosen = page.locator(".insert-menu__item:focus .insert-menu__name")
    for _press in name:
        page.keyboard.type(name[0])
        if chosen.text_content() == name:
            return page.keyboard.press("Enter")
    raise AssertionError(f"{name} is not in the menu")


def test_words_and_blocks_are_stored_as_they_were_placed(open_form):
    """Typing, markdown's short forms, a picture, a story card and a video survive the way to the desk and back."""
    picture, other, article = make_picture(), published(), ArticleFactory()
    page = open_form(article)
    begin(page)
    page.keyboard.type("It rained.  Then **it stopped**.\n## What we know\n")
    button(page, "Picture").click()
    page.locator(".picture-picker__grid button").click()
    expect(page.locator(".block__picture")).to_be_visible()
    insert(page, "Story card")
    page.get_by_role("button", name=other.headline).click()
    insert(page, "Embed")
    page.get_by_label("Address", exact=True).last.fill("vimeo.com/76979871")
    page.get_by_label("Title", exact=True).fill("The barrier")
    page.keyboard.press("Enter")
    expect(page.locator(".block__provider")).to_have_text("Vimeo")
    page.keyboard.type("The end.")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Article.objects.get(pk=article.pk).body == (
        "<p>It rained.  Then <strong>it stopped</strong>.</p><h2>What we know</h2>"
        f'<figure data-block="figure" data-id="{picture.pk}"></figure>'
        f'<div data-block="related-card" data-id="{other.pk}"></div>'
        f'<div data-block="embed" data-url="{VIDEO}" data-title="The barrier"></div><p>The end.</p>'
    )


def test_the_words_of_one_use_are_written_in_the_pictures_dialog(open_form):
    """The dialog opens from the keyboard, shows the library's words through, and keeps what is typed."""
    picture = make_picture(caption="The standing caption", credit="Mira Example")
    page = open_form(
        ArticleFactory(body=f'<figure data-block="figure" data-id="{picture.pk}"></figure><p>x</p>')
    )
    expect(page.locator(".block__caption")).to_have_text("The standing caption (Mira Example)")
    page.locator(".block--figure [data-action=edit]").press("Enter")
    caption = page.get_by_role("dialog").get_by_label("Caption")
    expect(caption).to_have_attribute("placeholder", "as in the library: The standing caption")
    caption.fill('A caption "of" <this> use')
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".block__caption")).to_have_text('A caption "of" <this> use (Mira Example)')
    expect(page.locator(".block--figure [data-action=edit]")).to_be_focused()
    assert 'data-caption="A caption &quot;of&quot; &lt;this&gt; use"' in written(page)


def test_blocks_move_by_key_and_typing_never_replaces_one(open_form):
    """Alt and an arrow move a selected block; letters begin a paragraph below it."""
    block = f'<div data-block="embed" data-url="{VIDEO}"></div>'
    page = open_form(ArticleFactory(body=f"<p>One</p>{block}<p>Two</p>"))
    page.locator(".block__provider").click()
    page.keyboard.press("Alt+ArrowUp")
    assert written(page) == f"{block}<p>One</p><p>Two</p>"
    page.keyboard.press("Alt+ArrowUp")  # already the first: nothing happens
    page.keyboard.type("New")
    assert written(page) == f"{block}<p>New</p><p>One</p><p>Two</p>"


def test_what_is_gone_says_so(open_form):
    """A picture or story that was deleted since shows a sentence, and the block stays until somebody removes it."""
    body = '<figure data-block="figure" data-id="999"></figure><div data-block="related-card" data-id="999"></div>'
    page = open_form(ArticleFactory(body=f"{body}<p>x</p>"))
    expect(page.locator(".block__gone")).to_have_text(
        ["This picture is no longer in the library.", "This story is no longer on the desk."]
    )
    assert written(page).startswith(body)


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        (GOOGLE, "<p>Plain and <strong>bold</strong></p>"),
        (WORD, '<ol data-type="decimal"><li><p>First</p></li><li><p>Second</p></li></ol>'),
    ],
)
def test_a_paste_from_elsewhere_becomes_plain(open_form, html, stored):
    """Google's bold wrapper and Word's typed bullets are undone; pictures are left out with a notice."""
    page = open_form(ArticleFactory())
    begin(page)
    page.evaluate(PASTE, [html, "text"])
    assert written(page) == stored
    notice = "Pictures are not pasted: add them with the Picture button." if "<img" in html else ""
    expect(page.locator(".body-editor__notice")).to_have_text(notice)


#: A page as Word writes it: some 2,900 characters in five paragraphs.
WORD_PAGE = (
    "<p class=MsoNormal style='line-height:107%'><span lang=EN-GB style='font-size:12.0pt'>"
    + "The harbour board met on Tuesday and spoke for two hours about the dredging of the outer basin. " * 6
    + "<o:p></o:p></span></p>"
) * 5


def test_three_hundred_pages_of_word_are_pasted_and_stored(open_form):
    """A book is taken, and typing goes on in it; what no story can hold is refused with a sentence, at no cost."""
    story = ArticleFactory(body="<p>Before.</p>")
    page = open_form(story)
    begin(page)
    page.evaluate(
        PASTE, [f"<html xmlns:o='urn:o'><body>{WORD_PAGE * 300}</body></html>", "The harbour board"]
    )
    page.keyboard.type("Typed after.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible(timeout=20_000)
    body = Article.objects.get().body
    assert body.count("<p>The harbour board met") == 1500
    assert "Typed after." in body
    assert "Mso" not in body

    expect(page.locator(".ProseMirror")).to_be_visible()
    page.locator(".ProseMirror").get_by_text("Typed after.").click()
    notice = page.locator(".body-editor__notice")
    page.evaluate(PASTE, [f"<html><body>{WORD_PAGE * 60}</body></html>", "short"])
    expect(notice).to_have_text(re.compile("^Nothing was pasted: 1,0.* are more than the 1,000,000"))
    page.evaluate(PASTE, ["<p>x</p>", "x" * 300_000])
    expect(notice).to_have_text(re.compile("^Nothing was pasted: 1,1.* are more than the 1,000,000"))
    assert page.locator("textarea[name=body]").input_value() == body
    page.evaluate(PASTE, ["<p>A line.</p>", "A line."])
    expect(notice).to_have_text("")


def test_an_address_nobody_knows_keeps_the_dialog_open(open_form):
    """The sentence stands beside the field, and Escape leaves the text as it was."""
    page = open_form(ArticleFactory(body="<p>One</p>"))
    page.locator(".ProseMirror").click()
    insert(page, "Embed")
    page.get_by_label("Address", exact=True).last.fill("https://nobody.example/1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="No frame is known")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert written(page) == "<p>One</p>"


def test_picks_are_added_ordered_and_removed(open_form):
    """The list of headlines writes the ids into the input that is sent."""
    first, second = published(headline="Ferry late"), published(headline="Harbour closed")
    page = open_form(ArticleFactory())
    for story in (first, second):
        page.get_by_role("group", name="Read more").get_by_role("button", name="Add story").click()
        page.get_by_role("dialog").get_by_role("button", name=story.headline).click()
    page.get_by_role("button", name="Move Harbour closed up").click()
    assert page.locator("[name=read_more]").input_value() == f"{second.pk}, {first.pk}"
    page.get_by_role("button", name="Remove Harbour closed").click()
    assert page.locator("[name=read_more]").input_value() == str(first.pk)


def test_the_counters_follow_what_is_typed(open_form):
    """Words and minutes below the text, characters below the headline."""
    page = open_form(ArticleFactory(headline="Four words stand here"))
    expect(page.locator(".length-counter")).to_have_text("21 of 90 characters")
    page.locator("[name=headline]").fill("x" * 91)
    expect(page.locator(".length-counter")).to_have_text("91 characters: lists may cut it")
    begin(page)
    page.keyboard.insert_text("word " * 239)
    expect(page.locator(".body-editor__counter")).to_have_text("239 words, 2 min read")


def test_the_menu_stays_open_when_the_editor_takes_the_focus_late(open_form):
    """It does so some frames after a picture was inserted, when somebody quick has opened the menu already."""
    page = open_form(ArticleFactory())
    page.evaluate("document.querySelector('[aria-haspopup=menu]').click()")
    for _time in range(2):
        page.evaluate("document.querySelector('.ProseMirror').focus()")
        expect(page.get_by_role("menuitem").first).to_be_focused()
    page.get_by_label("Headline:").click()
    expect(page.get_by_role("menu")).to_be_hidden()
