"""The catalogues in locale/: what translators wrote fits the code, and the site reads what they wrote."""

import ast
import re
import runpy
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages import mofile
from django.utils import translation
from django.utils.translation import ngettext

ROOT = Path(__file__).parent.parent

tool = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "messages.py")))

#: What a sentence holds beside words: %(name)s, %s, {name}, a tag of HTML.
PARTS = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{\w*\}|</?[a-z][^>]*>")

in_each_language = pytest.mark.parametrize("language", tool.LANGUAGES)


def said(message):
    """What tells a message from all others, in a written and in a compiled catalogue."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def words_of(message):
    """The translation of a message as a list of its forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def translations(language):
    """(forms of the code, one form of a translation) of what is translated.

    Ukrainian says 21 like 1, so its first form needs the number that the first form of the code may leave out.
    """
    for message in tool.read(language):
        if message.id and tool.is_translated(message):
            forms = message.id if message.pluralizable else (message.id,)
            yield from ((forms, words) for words in words_of(message))


def edges(words):
    """What stands around a sentence: spaces before and after it, and whether it ends in an ellipsis."""
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :], words.endswith("…")


@cache
def code():
    """The messages of the code."""
    return {said(message) for message in tool.words_of_the_code() if message.id}


@in_each_language
def test_every_word_of_the_code_is_translated(language):
    """None is missing, none is left over. After a change of words: make messages, then translate what it names."""
    written = {said(message) for message in tool.read(language) if message.id and tool.is_translated(message)}
    assert written == code()


@in_each_language
def test_the_compiled_catalogue_is_the_written_one(language):
    """The site reads .mo, people read .po. After a change to either: make messages."""
    with tool.po_file(language).with_suffix(".mo").open("rb") as file:
        compiled = {said(message): words_of(message) for message in mofile.read_mo(file)}
    del compiled[None, ""]  # the head
    written = [message for message in tool.read(language) if message.id and tool.is_translated(message)]
    assert {said(message): words_of(message) for message in written} == compiled


@in_each_language
def test_no_translation_is_a_guess(language):
    """Fuzzy entries are left out of the compiled catalogue, so they would look translated to translators only."""
    assert [message.id for message in tool.read(language) if message.fuzzy] == []


@in_each_language
def test_placeholders_and_tags_are_those_of_the_code(language):
    """A name that is lost shows readers a hole; one that is misspelt breaks the page."""
    wrong = [
        words
        for forms, words in translations(language)
        if sorted(PARTS.findall(words)) not in [sorted(PARTS.findall(form)) for form in forms]
    ]
    assert wrong == []


@in_each_language
def test_a_translation_has_the_edges_of_the_words_of_the_code(language):
    """A space or a line's end at the edge belongs to the layout, and an ellipsis says that a question follows."""
    assert [words for forms, words in translations(language) if edges(words) != edges(forms[0])] == []


@pytest.mark.parametrize(
    ("count", "stories"),
    [(1, "1 матеріал"), (2, "2 матеріали"), (5, "5 матеріалів"), (11, "11 матеріалів"), (21, "21 матеріал")],
)
def test_ukrainian_counts_in_three_forms(count, stories):
    """As the site says it: through Django, from the compiled catalogue."""
    with translation.override("uk"):
        said = ngettext("%(count)d story changed.", "%(count)d stories changed.", count) % {"count": count}
    assert said == f"Змінено {stories}."


# --- Words that nobody marked -------------------------------------------------------------------------------

#: In a template: what is translated, what is computed or said to developers, and names of classes.
MARKED = re.compile(
    r"\{% (blocktranslate|comment).*?%\}.*?\{% end\1 %\}|\{% block \w*class %\}.*?\{% endblock"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.S,
)
#: The same in every language.
NAMES = {"Atom", "JSON Feed", "RSS"}


class BareWords(HTMLParser):
    """The words of a template that a page would show or read aloud as they stand."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        heard = ("aria-label", "title", "placeholder", "alt", "summary", "label")
        self.found += [value for name, value in attributes if name in heard and value]

    def handle_data(self, data):
        self.found.append(data)


def bare_words_of(path):
    """What a template says in English whatever the site's language."""
    page = BareWords()
    page.feed(MARKED.sub("", path.read_text()))
    page.close()
    said = [re.sub("|".join(NAMES), " ", words).strip() for words in page.found]
    return [words for words in said if re.search(r"[^\W\d_]{2}", words)]


def test_templates_say_nothing_unmarked():
    """Words stand in {% translate %} or {% blocktranslate %}. A robot's file is no page."""
    templates = [path for path in (ROOT / "templates").rglob("*.html") if path.is_file()]
    assert len(templates) > 100
    assert {str(path): words for path in templates if (words := bare_words_of(path))} == {}


#: Where Python hands words to people.
SAID_BY_NAME = {
    *["label", "help_text", "verbose_name", "verbose_name_plural", "description", "short_description"],
    *["empty_label", "index_title", "button"],
}
SAID_TO = {"ValidationError", "Refusal"}


def unmarked_in(name):
    """Words for people in a Python file that are plain strings."""
    for node in ast.walk(ast.parse((ROOT / name).read_text())):
        said = []
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = [argument.value for argument in node.keywords if argument.arg in SAID_BY_NAME]
            said += node.args[:1] if called in SAID_TO else []
            said += (
                node.args[1:2] if getattr(getattr(node.func, "value", None), "id", "") == "messages" else []
            )
        elif isinstance(node, ast.Assign):
            said = [node.value] if getattr(node.targets[0], "id", "") in SAID_BY_NAME else []
        for value in said:
            text = value.value if isinstance(value, ast.Constant) else isinstance(value, ast.JoinedStr)
            if text is True or isinstance(text, str) and re.search(r"[^\W\d_]{2}", text):
                yield f"{name}:{node.lineno}"


def test_python_hands_no_unmarked_words_to_people():
    """Labels, help and refusals are marked with gettext. The bench talks to developers."""
    names = [name for name in tool.sources() if name.endswith(".py") and "/bench/" not in name]
    assert [place for name in names if "/commands/" not in name for place in unmarked_in(name)] == []
