"""The two answers for machines."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from newsroom import views


def test_healthz_asks_no_database(client):
    """A process that answers is alive; pytest-django fails this test when it touches a database."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_is_content_with_a_migrated_database(client):
    """A database with every migration can serve readers."""
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client):
    """New code on old tables is not sent any readers."""
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("taggit")
    MigrationRecorder(connection).record_unapplied(*newest)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: migrations are waiting\n")


def test_readyz_says_when_the_database_is_away(client, monkeypatch):
    """A database that does not answer is a 503 with a sentence that tells a stranger nothing."""

    def away(connection):
        raise OperationalError("could not connect to 10.0.0.7")

    monkeypatch.setattr(views, "MigrationExecutor", away)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: the database does not answer\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_answers_change_nothing(client, address):
    """Only reading is allowed."""
    assert client.post(address).status_code == 405
