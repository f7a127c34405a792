"""Text blocks in the editor, by keys alone, and the table that a spreadsheet leaves in the clipboard."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.test_editor import PASTE, begin, insert, open_form, written  # noqa: F401 (a fixture)
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.browser]

SHEET = """<table><colgroup><col width=80></colgroup><tr><td style="mso-number-format:x">Year</td><td>Boats</td></tr>
<tr><td>2025</td><td><b>14</b></td></tr></table>"""


def test_every_text_block_is_written_by_keys(open_form):  # noqa: F811
    """Each opens from the menu, Enter leads through its lines and out of it, and it is stored as words."""
    article = ArticleFactory()
    page = open_form(article)
    begin(page)
    insert(page, "Key points")
    page.keyboard.type("One\nTwo\n\n")
    insert(page, "Pull quote")
    page.keyboard.type("It rained.\nMara\n")
    insert(page, "Fact box")
    page.keyboard.type("The berth\nBuilt in 1931.\n- Deep\n\n\n")
    insert(page, "Questions and answers")
    page.keyboard.type("Why?\nSilt.\n\nWhen?\nNow.\n\n\n")
    insert(page, "Timeline")
    page.keyboard.type("2025\nFog.\n\nMonday\nRain.\n\n\n")
    insert(page, "Table")
    page.keyboard.type("Boats by year\nYear")
    for words in ("Town", "Region", "2025", "14"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("The end.")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    cells = "<tr><td><p>2025</p></td><td><p>14</p></td><td></td></tr><tr><td></td><td></td><td></td></tr>"
    assert Article.objects.get(pk=article.pk).body == (
        '<section data-block="takeaways"><p>One</p><p>Two</p></section>'
        '<section data-block="pull-quote"><p>It rained.</p><p data-part="source">Mara</p></section>'
        '<section data-block="fact-box"><p data-part="title">The berth</p><p>Built in 1931.</p>'
        "<ul><li><p>Deep</p></li></ul></section>"
        '<section data-block="questions"><p data-part="question">Why?</p><p>Silt.</p>'
        '<p data-part="question">When?</p><p>Now.</p></section>'
        '<section data-block="timeline"><p data-part="date">2025</p><p>Fog.</p>'
        '<p data-part="date">Monday</p><p>Rain.</p></section>'
        '<section data-block="table"><p data-part="caption">Boats by year</p><table><tbody>'
        f"<tr><th><p>Year</p></th><th><p>Town</p></th><th><p>Region</p></th></tr>{cells}"
        "</tbody></table></section><p>The end.</p>"
    )


def test_a_spreadsheets_cells_become_a_table(open_form):  # noqa: F811
    """From a program with HTML in the clipboard, from one with tabs alone, and into a table that is there."""
    page = open_form(ArticleFactory())

    def pasted(html, text=""):
        begin(page)
        page.evaluate(PASTE, [html, text])
        return (
            written(page).replace('<p data-part="caption"></p>', "").replace('<p data-part="source"></p>', "")
        )

    rows = "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>"
    table = '<section data-block="table"><table><tbody>{}</tbody></table></section>'
    two = rows.format("Year", "Boats") + rows.format("2025", "<strong>14</strong>")
    assert pasted(SHEET) == table.format(two)
    assert pasted("", "a\tb\n1\t2\n") == table.format(rows.format("a", "b") + rows.format("1", "2"))
    page.keyboard.press("Control+A")
    page.locator("td").first.click()
    page.evaluate(PASTE, [SHEET, ""])
    assert "<p>Year</p>" in written(page) and written(page).count("<table>") == 1
    assert pasted("<table><tr><td><p>A letter.</p></td></tr></table>") == "<p>A letter.</p>"


def test_a_pull_quote_says_what_was_marked(open_form):  # noqa: F811
    """The words stay where they are; Backspace in a block without a word takes it away."""
    page = open_form(ArticleFactory())
    begin(page)
    page.keyboard.type("Say this now.")
    page.keyboard.press("Shift+Home")
    insert(page, "Pull quote")
    page.keyboard.type("Mara")
    quote = '<section data-block="pull-quote"><p>Say this now.</p><p data-part="source">Mara</p></section>'
    assert written(page) == f"<p>Say this now.</p>{quote}"
    page.keyboard.press("Alt+ArrowUp")
    assert written(page) == f"{quote}<p>Say this now.</p>"
    page.keyboard.press("Control+End")
    insert(page, "Fact box")
    page.keyboard.press("Backspace")
    assert written(page) == f"{quote}<p>Say this now.</p>"
