"""The arrows between the apps and modules, and the wall between the desk's side and the readers' side."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: A layer may import from itself and from those to its right.
LAYERS = ["newsroom", "moving", "articles", "authors", "images", "pagecache", "log"]

#: Modules that know no model, so that anything may use them.
PURE = {
    *["articles.compare", "articles.compare_body", "articles.compare_order", "articles.compare_words"],
    *[
        "articles.accent",
        "articles.canonical",
        "articles.dates",
        "articles.editor_words",
        "articles.embeds",
        "articles.languages",
        "articles.mark",
        "articles.reading",
        "articles.rendering",
        "articles.site",
        "articles.slugs",
        "articles.text_blocks",
    ],
    *["authors.slugs", "log.chain", "images.alt_text", "images.crops", "images.cursors", "images.encoding"],
    *["images.recording_files", "images.webvtt"],
    *["images.inspection", "images.look", "images.metadata", "images.metadata.exif", "images.metadata.iptc"],
    *["images.metadata.said", "images.metadata.wording", "images.metadata.xmp", "images.sources"],
    *["articles.snippets", "images.keeping", "images.places", "images.search_words", "images.stripping"],
    *["pagecache.keys", "pagecache.memory", "pagecache.moment", "pagecache.shelf"],
}

READERS_MODULES = [
    *[
        "views",
        "archive",
        "corrections",
        "feeds",
        "feed_content",
        "feed_formats",
        "front",
        "lists",
        "lite",
        "look",
        "old_addresses",
        "plain",
        "sitemaps",
        "pages",
        "parts",
        "read_more",
        "search",
        "snippets",
        "stream",
        "structured_data",
        "translations",
    ]
]
#: Those, and the modules of other layers that write what readers get.
BEFORE_THE_WALL = [f"articles.{name}" for name in READERS_MODULES]
BEFORE_THE_WALL += [f"moving.site.{name}" for name in ("export", "pages", "search_files", "search_page")]
DESK_NAMES = {
    *["Article", "Revision", "Byline", "ArticlePicture", "TaggedArticle", "StaleCopy"],
    *["Arrangement", "ArrangementRevision"],
    *["desk", "workflow", "arranging", "forms", "admin", "checks", "widgets", "pickers"],
}


def sources():
    """{module name: path} of the code of every layer. Migrations are history, not structure."""
    found = {}
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


SOURCES = sources()


@cache
def tree(module):
    return ast.parse(SOURCES[module].read_text())


@cache
def imports(module):
    """The modules of ours that `module` imports, each as its full name."""
    package = module if SOURCES[module].name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")
            base = parents[: len(parents) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{base}.{alias.name}"
                found.add(name if name in SOURCES else base)
    return {name for name in found if name in SOURCES}


def names_in(node):
    """Every name, attribute and imported word below a node."""
    for child in ast.walk(node):
        if isinstance(child, ast.Name):
            yield child.id
        elif isinstance(child, ast.Attribute):
            yield child.attr
        elif isinstance(child, ast.alias):
            yield from child.name.split(".")


# --- Arrows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", SOURCES)
def test_imports_follow_the_arrows(module):
    """Wiring may use stories, stories may use authors, authors may use pictures; never the other way."""
    own = LAYERS.index(module.partition(".")[0])
    against = {name for name in imports(module) if LAYERS.index(name.partition(".")[0]) < own}
    assert not against


def test_no_module_imports_itself_over_others():
    """There is an order in which all modules can be read."""
    waiting = {module: set(imports(module)) - {module} for module in SOURCES}
    while ready := {module for module, needs in waiting.items() if not needs}:
        waiting = {module: needs - ready for module, needs in waiting.items() if module not in ready}
    assert not waiting, f"These import each other in a circle: {sorted(waiting)}"


@pytest.mark.parametrize("module", sorted(PURE))
def test_pure_modules_know_no_model(module):
    """They import pure modules only, and no part of Django that asks the database."""
    assert imports(module) <= PURE
    assert "django.db" not in SOURCES[module].read_text()


@pytest.mark.parametrize("module", [name for name in SOURCES if ".models" in name])
def test_models_know_nothing_above_them(module):
    """A model imports models and pure modules: no view, form or verb of the desk."""
    above = {name for name in imports(module) if ".models" not in name} - PURE
    # A picture with its words is a value, not a page; an index of words is a part of the database.
    assert above <= {
        "images.figures",
        "images.lookups",
        "images.recording",
        "images.recording_search",
        "images.search",
        "images.word_index",
    }


@pytest.mark.parametrize("module", SOURCES)
def test_imports_stand_at_the_top(module):
    """An import inside a function hides an arrow."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]
            assert not inside, f"{module}.{node.name}"


@pytest.mark.parametrize("module", SOURCES)
def test_nothing_happens_by_signal(module):
    """What a write causes is written where the write is."""
    text = SOURCES[module].read_text()
    assert not re.search(r"django\.(dispatch|db\.models\.signals|core\.signals)|@receiver", text)


# --- The wall between desk and readers --------------------------------------------------------------------


@pytest.mark.parametrize("module", BEFORE_THE_WALL)
def test_readers_code_never_touches_the_desk(module):
    """It neither imports nor names the desk copy, what belongs to it, or the desk's verbs."""
    named = DESK_NAMES & set(names_in(tree(module)))
    assert not named
    # Whatever it imports may not hand the desk copy on either.
    for used in imports(module):
        assert used.startswith("articles.models") or not DESK_NAMES & set(names_in(tree(used))), used


@pytest.mark.parametrize("module", BEFORE_THE_WALL)
def test_readers_code_never_walks_to_the_desk_copy(module):
    """A version's story is an id to it: `.article` and `.versions` would lead to what is not public."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {
                "article",
                "articles",
                "versions",
                "revisions",
                "addresses",
                "translation_of",
            }
        elif isinstance(node, ast.keyword) and node.arg:
            assert "article" not in node.arg.replace("article_id", ""), f"{module}: {node.arg}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(
                r"article__|versions__|revisions|\barticle\b(?!/)", without_prose(node, module)
            )


def without_prose(node, module):
    """The string of a node, or "" when it is a docstring or the name of a template."""
    docstrings = {
        ast.get_docstring(owner, clean=False)
        for owner in ast.walk(tree(module))
        if isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    return "" if node.value in docstrings or node.value.endswith(".html") else node.value


def readers_templates():
    return [
        path
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.is_file() and "admin" not in path.relative_to(ROOT / "templates").parts
    ]


@pytest.mark.parametrize(
    "path", readers_templates(), ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_readers_templates_never_walk_to_the_desk_copy(path):
    """Templates are given published versions; none of their expressions leads from one to the desk."""
    for expression in re.findall(r"{{.*?}}|{%.*?%}", path.read_text(), re.S):
        words = re.sub(r"\"[^\"]*\"|'[^']*'", "", expression)
        assert not re.search(r"\b(article|articles|revisions?|versions|addresses|workflow)\b\.?", words), (
            expression
        )
        assert not re.search(r"\.(article|versions|revisions|addresses|user|assignee|made_by)\b", words), (
            expression
        )


def test_readers_views_are_those_of_the_readers_addresses():
    """Every readers' address is answered by a module that the tests above read."""
    [module] = [module for module in SOURCES if module == "articles.urls"]
    assert imports(module) <= {f"articles.{name}" for name in READERS_MODULES}
