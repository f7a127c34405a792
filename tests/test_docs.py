"""What the papers name is there: files, targets, commands, settings and names in the code."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
PAPERS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "deploy").glob("*.md")),
]
CODE = [
    "articles",
    "authors",
    "images",
    "log",
    "moving",
    "newsroom",
    "pagecache",
    "templates",
    "static",
    "deploy",
    "scripts",
    "tests",
    ".ci",
]
SETTING = r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b"

every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))


def quoted(paper):
    """What stands between backticks, and the lines of blocks of code."""
    text = paper.read_text()
    blocks = "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.S)).splitlines()
    return [*re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)), *blocks]


@cache
def words_of_the_code():
    """Every identifier in the code, and every part of a name with hyphens."""
    files = [path for folder in CODE for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [ROOT / "Makefile", ROOT / "pyproject.toml"]
    found = set()
    for path in files:
        if path.suffix not in {".pyc", ".png", ".jpg", ".svg", ".md"} and path != Path(__file__):
            found.update(re.findall(r"\w+", path.read_text(errors="ignore")))
    return found


@every_paper
def test_links_lead_to_files(paper):
    """A link inside the repository has a file or a folder at its end, and a heading where it names one."""
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        end = (paper.parent / path).resolve() if path else paper
        assert end.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", end.read_text(), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in headings}


@every_paper
def test_paths_exist(paper):
    """A path that begins with a folder of the repository is there; var/ is made at the first run."""
    tops = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"var"}
    for words in quoted(paper):
        for path in re.findall(r"(?<![\w/.$}-])([\w.-]+/[\w./-]*)", words):
            if path.partition("/")[0] in tops - {".venv"}:
                assert (ROOT / path).exists(), path


@every_paper
def test_targets_and_commands_exist(paper):
    """`make x` is in the Makefile, `manage.py x` is a command."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for words in quoted(paper):
        assert set(re.findall(r"^make ([a-z]+)\b", words)) <= targets, words
        assert set(re.findall(r"manage\.py ([a-z_]+)", words)) <= set(get_commands()), words


@every_paper
def test_settings_exist(paper):
    """A word in capitals is a setting, a variable or a constant that the code has."""
    for words in quoted(paper):
        assert set(re.findall(SETTING, words)) <= words_of_the_code(), words


@every_paper
def test_names_in_the_code_exist(paper):
    """A quoted name stands somewhere in the code: renaming it there leaves no paper behind."""
    for words in quoted(paper):
        if re.fullmatch(r"[A-Za-z_][\w.]*(\(\w*\))?", words):
            missing = set(re.findall(r"\w+", words.partition("(")[0])) - words_of_the_code()
            assert not missing, words


def test_the_example_of_the_settings_is_complete():
    """deploy/env.example documents every variable that the settings read, and none that nobody reads."""
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", (ROOT / "newsroom" / "settings.py").read_text()))
    example = (ROOT / "deploy" / "env.example").read_text()
    documented = set(re.findall(r"^#?([A-Z][A-Z_]*)=", example, re.M))
    assert read - documented == set()
    elsewhere = "".join((ROOT / path).read_text() for path in ("deploy/gunicorn.conf.py", "scripts/run.sh"))
    assert {name for name in documented - read if name not in elsewhere} == set()


def test_the_glossary_has_the_words_of_the_models():
    """Whoever meets a model's name on a screen finds it explained."""
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    for word in [
        *["desk copy", "revision", "published version", "kind of change", "kicker", "headline", "standfirst"],
        *["byline", "section", "tag", "lead picture", "figure", "credit", "rendition", "related card"],
        *["editor's note", "correction", "read more", "news feed", "front page", "desk", "reader", "embed"],
    ]:
        assert f"| {word} |" in glossary, word
