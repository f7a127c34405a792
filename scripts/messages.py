"""scripts/messages.py: brings the catalogues in locale/ in step with the words of the code. `make messages` runs it.

What a translator wrote stays; a word that is new stands there empty, and is named at the end. English is the
language of the code, so its catalogue fills itself.
"""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, extract, mofile, pofile
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
PLACES = [*sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}), "templates"]
LANGUAGES = ["en", "uk"]
SOURCE_LANGUAGE = "en"
HEAD = "# Written by `make messages`, which keeps translations. docs/translators.md has the words to use."

#: Name of a function -> where its arguments stand, as Babel writes it; None: one message, the first argument.
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}


class Catalogue(Catalog):
    """A catalogue whose head holds no date, so that two people's changes meet in their own lines only."""

    @property
    def mime_headers(self):
        return [
            ("Language", str(self.locale)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def po_file(language):
    """Where the catalogue of a language lies; the compiled one is beside it."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def sources():
    """The files with words: Python and templates. Migrations are history, the demo is a newspaper."""
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in {".py", ".html", ".txt", ".xml"} and not (
                "/migrations/" in name or "/demo/" in name
            ):
                yield name


def words_of_the_code():
    """Every message that Python and the templates mark for translation, as a catalogue without translations."""
    found = Catalogue()
    for name in sources():
        text = (ROOT / name).read_text()
        if not name.endswith(".py"):
            text = f"({templatize(text, origin=name)}\n)"  # in brackets Python minds no indentation
        file = BytesIO(text.encode())
        for line, ids, comments, context in extract.extract("python", file, KEYWORDS, ["Translators:"]):
            found.add(ids, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def read(language):
    """The catalogue of a language as it lies in locale/; empty for a new language."""
    path = po_file(language)
    if not path.exists():
        return Catalogue(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def in_step(language, found, kept):
    """The words of `found` with the translations of `kept`; what the code does not say any more is gone."""
    new = Catalogue(locale=language, header_comment=HEAD, fuzzy=False)
    for message in found:
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        if known and known.pluralizable == message.pluralizable:
            string = known.string
        else:
            string = ("",) * new.num_plurals if message.pluralizable else ""
        if language == SOURCE_LANGUAGE:
            string = message.id
        new.add(
            message.id,
            string,
            locations=message.locations,
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return new


def is_translated(message):
    """Whether all forms of a message have words."""
    return all(message.string) if message.pluralizable else bool(message.string)


def write(language, catalogue):
    """Write a catalogue twice: for translators, and compiled, for the site, which then needs no empty entries."""
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pofile.write_po(file, catalogue, width=110, sort_output=True, include_lineno=False)
    for message in list(catalogue):
        if message.id and not is_translated(message):
            catalogue.delete(message.id, message.context)
    with path.with_suffix(".mo").open("wb") as file:
        mofile.write_mo(file, catalogue)


def main():
    """Bring all catalogues in step; a line for each, and one for every word that waits for its translation."""
    found = words_of_the_code()
    for language in LANGUAGES:
        catalogue = in_step(language, found, read(language))
        write(language, catalogue)
        empty = [message for message in catalogue if message.id and not is_translated(message)]
        print(
            f"{po_file(language).relative_to(ROOT)}: {len(catalogue)} messages, {len(empty)} without a translation"
        )


if __name__ == "__main__":
    main()
