"""Lines of the operators' log: JSON with the request's id, and nothing about who reads what."""

import io
import json
import logging
import re

import pytest

from newsroom.log_lines import JsonLines, RequestIds, WithoutQueries
from tests.pagecache.visits import visit


@pytest.fixture
def lines():
    """The lines of the test so far, as the handler of the settings writes them."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(WithoutQueries())
    logging.getLogger("site").addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger("site").removeHandler(handler)


def site(environ, start_response):
    """Fails on its way, writes about it, and answers."""
    try:
        raise ValueError("broken\nin two lines")
    except ValueError:
        logging.getLogger("site").exception("Error handling request GET %s", "/search/?q=a+reader&x=1")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]


def test_a_line_and_the_answer_name_the_request(lines):
    answer = visit(RequestIds(site), "/search/?q=a+reader", x_request_id="proxy-0815-4711")
    [line] = lines()
    assert answer.headers["X-Request-ID"] == line["request"] == "proxy-0815-4711"
    assert line["level"] == "ERROR"
    assert line["message"] == "Error handling request GET /search/?"
    assert line["exception"].endswith("ValueError: broken\nin two lines")


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, 'quo"ted-and-long', "two words here", "line\nbreak-here"]
)
def test_an_id_that_is_not_well_formed_is_not_taken_over(lines, given):
    answers = [visit(RequestIds(site), "/", x_request_id=given) for _request in range(2)]
    made = [answer.headers["X-Request-ID"] for answer in answers]
    assert given not in made and made[0] != made[1]
    assert [line["request"] for line in lines()] == made


def test_no_line_names_the_reader(lines):
    """Neither the address nor what the reader asked for, whatever the site says about the request."""
    visit(RequestIds(site), "/search/?q=a+reader", x_forwarded_for="192.0.2.99")
    [line] = lines()
    assert not re.search(r"192\.0\.2|reader", json.dumps(line))
    assert set(line) == {"time", "level", "logger", "message", "request", "exception"}
