"""What the environment decides, tried in processes of their own, because settings are read once."""

import ast
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
COMPLETE = {"SECRET_KEY": "k" * 50, "SITE_URL": "https://news.example.org"}


@pytest.fixture
def start(tmp_path):
    """Runs `manage.py check` (or other arguments) with the given environment and nothing but it."""

    def run(*arguments, **environment):
        # LOCAL_TRIAL is always given, because the checkout's own .env may hold another value.
        env = {
            "PATH": os.environ["PATH"],
            "LOCAL_TRIAL": "no",
            "VAR_DIR": str(tmp_path / "var"),
            **environment,
        }
        command = [sys.executable, "manage.py", *(arguments or ["check"])]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)  # noqa: S603

    return run


def test_production_names_everything_that_is_missing(start):
    """A site without its needed values does not start, and one message names them all."""
    result = start(SECRET_KEY="", SITE_URL="")
    assert result.returncode != 0
    assert "Missing from the environment: SECRET_KEY, SITE_URL." in result.stderr


def test_production_names_only_what_is_missing(start):
    """A value that is there is not complained about."""
    result = start(SECRET_KEY=COMPLETE["SECRET_KEY"], SITE_URL="")
    assert result.returncode != 0
    assert "Missing from the environment: SITE_URL." in result.stderr


def test_a_complete_production_site_starts(start):
    """The two needed values are enough, and the checks have nothing to say."""
    result = start(**COMPLETE)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_careless_production_site_is_refused_by_the_checks(start):
    """Values that would start but harm readers are errors of the system check."""
    result = start(SECRET_KEY="short", SITE_URL="http://news.example.org", ALLOWED_HOSTS="*")
    assert result.returncode != 0
    assert result.stderr.count("newsroom.E002") == 3


@pytest.mark.parametrize("name", ["LOCAL_TRIAL", "BEHIND_PROXY", "SECURE_SSL_REDIRECT"])
def test_a_wrong_yes_or_no_stops_the_start(start, name):
    """“maybe” is neither: guessing could switch protection off."""
    result = start(**COMPLETE | {name: "maybe"})
    assert result.returncode != 0
    assert name in result.stderr


def test_a_trial_needs_nothing_and_keeps_its_secret(start, tmp_path):
    """A trial makes its own secret once; nobody else on the machine can read it."""
    assert start(LOCAL_TRIAL="yes").returncode == 0
    secret = tmp_path / "var" / "secret-key"
    first = secret.read_text()
    assert start(LOCAL_TRIAL="yes").returncode == 0
    assert secret.read_text() == first
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_production_site_makes_no_secret_of_its_own(start, tmp_path):
    """The secret of a public site comes from its operator alone."""
    start(**COMPLETE)
    assert not (tmp_path / "var" / "secret-key").exists()


def test_env_example_documents_every_variable_and_no_other():
    """An operator who reads deploy/env.example has read everything, and nothing that is gone."""
    code = [ROOT / "newsroom" / "settings.py", ROOT / "deploy" / "gunicorn.conf.py"]
    read = set().union(*(names_read(ast.parse(path.read_text())) for path in code))
    read.add("SERVER")  # scripts/run.sh starts one server or the other
    documented = re.findall(r"^#?([A-Z][A-Z_0-9]*)=", (ROOT / "deploy" / "env.example").read_text(), re.M)
    assert sorted(documented) == sorted(read)


def names_read(tree):
    """The names that env.<kind>("NAME") and os.environ.get("NAME") ask for."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        reader, first = ast.unparse(node.func.value), node.args[0]
        if reader in ("env", "os.environ") and isinstance(first, ast.Constant):
            yield first.value
