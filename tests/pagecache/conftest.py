"""A site behind a page cache that looks at the database at every request."""

import pytest

from pagecache import standing
from tests.pagecache.server import Server
from tests.pagecache.visits import new_cache, visit


@pytest.fixture
def cache(transactional_db, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(standing, "LOOK_EVERY", 0)
    return new_cache(settings, tmp_path)


@pytest.fixture
def get(cache):
    """get("/") visits through the cache."""
    return lambda path, method="GET", **headers: visit(cache, path, method, **headers)


@pytest.fixture
def server(transactional_db):
    running = Server()
    yield running
    running.stop()


@pytest.fixture(params=["gunicorn", "granian"])
def either_server(transactional_db, request):
    """Each server in turn; gunicorn renews its processes all the time."""
    running = Server(request.param, WEB_MAX_REQUESTS="300")
    yield running
    running.stop()
