"""Whatever a stranger sends, through the whole of the server: a clear page or status, few queries, never a failure."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given
from hypothesis import settings as told
from hypothesis import strategies as st

from tests.factories import SectionFactory, published
from tests.pagecache.visits import Visit, environ, new_cache

pytestmark = pytest.mark.django_db(transaction=True)

#: No answer asks the database more often, whatever was sent.
MOST_QUERIES = 8
FINE = {200, 301, 302, 304, 400, 404, 405, 410}


@pytest.fixture(params=["kept", "made anew"])
def site(request, settings, tmp_path):
    """The whole WSGI application, with the page cache in front and without; one story is live, one section empty."""
    published(slug="ferry-late", section=SectionFactory(name="Harbour", slug="harbour"), tags=["ferry"])
    SectionFactory(name="Empty", slug="empty")
    return new_cache(settings, tmp_path) if request.param == "kept" else WSGIHandler()


def ask(app, path=b"/", query="", method="GET", **headers):
    """One request as bytes on a line: `path` is not encoded again, and no header is checked before it is sent."""
    request = environ("/", method)
    request |= {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query}
    request |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if (value := request.pop(f"HTTP_{name}", None)) is not None:
            request[name] = value
    request["wsgi.input"] = io.BytesIO(b"x=1")
    got = {}

    def start_response(status, headers, exc_info=None):
        got.update(status=int(status.split()[0]), headers=dict(headers))

    parts = app(request, start_response)
    try:
        answer = Visit(got["status"], got["headers"], b"".join(parts))
    finally:
        if hasattr(parts, "close"):
            parts.close()
    assert answer.status in FINE
    assert b"Traceback" not in answer.body
    return answer


#: (path, query): the status of the answer.
ADDRESSES = {
    (b"/\x00", ""): 404,
    (b"/ferry\x00late/", ""): 404,
    (b"/\xff\xfe/", ""): 404,
    (b"/\xd0/", ""): 404,
    ("/ферма/".encode(), ""): 404,
    (b"//", ""): 404,
    (b"//evil.example/", ""): 404,
    (b"//evil.example", ""): 404,
    (b"/\\evil.example/", ""): 404,
    (b"/ferry-late//", ""): 404,
    (b"/ferry-late", ""): 301,
    (b"/ferry-late/../", ""): 404,
    (b"/FERRY-LATE/", ""): 404,
    (b"/" + b"a" * 10_000 + b"/", ""): 404,
    (b"/" + b"%" * 500, ""): 404,
    (b"/lite/\x00/", ""): 404,
    (b"/section/" + b"a/" * 2_000, ""): 404,
    (b"/section/empty/", ""): 404,
    (b"/section/empty/rss/", ""): 404,
    (b"/section/empty/feed.json", ""): 404,
    (b"/tag/\xe2\x80\xae/", ""): 404,
    (b"/author/nobody/atom/", ""): 404,
    (b"/archive/0000/00/", ""): 404,
    (b"/archive/9999/99/", ""): 404,
    (b"/archive/2026/13/", ""): 404,
    ("/archive/٢٠٢٦/٠١/".encode(), ""): 404,
    (b"/uploads/../newsroom/settings.py", ""): 404,
    (b"/uploads/renditions/00/\x00.jpg", ""): 404,
    (b"/static/../newsroom/settings.py", ""): 404,
    (b"/preview/\x00/", ""): 404,
    (b"/sitemap-nothing.xml", ""): 404,
    (b"/sitemap-stories.xml", "p=0"): 404,
    (b"/sitemap-stories.xml", "p=x%00"): 404,
    (b"/sitemap-stories.xml", f"p={'9' * 400}"): 404,
    # Places in a list that nobody was ever given begin at the top, or after the end.
    (b"/", "before=%00"): 200,
    (b"/news-feed/", "before=%00"): 200,
    (b"/news-feed/", "before=-1"): 200,
    (b"/news-feed/", f"before={'9' * 400}-{'9' * 400}"): 200,
    (b"/news-feed/", "before=1.5-1"): 200,
    (b"/news-feed/", "before=%D9%A1-%D9%A1"): 200,
    (b"/news-feed/", "before=99999999999999999-99999999999999999999999999"): 200,
    (b"/corrections/", "before=1767225600000000-1"): 200,  # a place of another list
    (b"/tag/ferry/", "before=1767225600000000-1&before=x"): 200,
    (b"/lite/", "before[]=1"): 200,
    (b"/archive/2026/01/", "before=%FF"): 404,
    # Queries that are none.
    (b"/", "&&&=&%&%zz=%zz"): 200,
    (b"/", "a" * 60_000): 200,
    (b"/", "&".join(f"a{n}=1" for n in range(1_400))): 200,
    (b"/ferry-late/", "\xff=\xff"): 200,
    (b"/search/", f"q={'x' * 10_000}"): 200,
    (b"/search/", "q=%00%22%27)(*:^-~+OR+AND+NEAR(%5C"): 200,
    (b"/search/", "q=%FF%FE"): 200,
    (b"/search/", "q=ferry&section=%00&from=9999-99-99&until=x&after=-1"): 200,
    (b"/search/", f"q=ferry&after={'9' * 400}&from=0001-01-01&until=9999-12-31"): 200,
    (b"/search/", "&".join(f"q={n}" for n in range(1_500))): 200,
}


def test_any_address_has_a_clear_answer(site):
    """The status, a page for people, no address outside of this site, and few queries."""
    wrong = {}
    for (path, query), status in ADDRESSES.items():
        with CaptureQueriesContext(connection) as asked:
            answer = ask(site, path, query)
        # The page cache counts writes around a page and asks its questions again, to know that they are the page's.
        pages = [each for each in asked.captured_queries if "pagecache_writes" not in each["sql"]]
        most = 2 * MOST_QUERIES + 2 if "stored" in answer.headers.get("Cache-Status", "") else MOST_QUERIES
        is_fine = (
            answer.status == status
            and (answer.status != 404 or b"<h1>" in answer.body)
            and answer.headers.get("Location", "/x")[:2] not in ("//", "/\\")
            and len(pages) <= most
        )
        if not is_fine:
            wrong[path[:60], query[:60]] = (answer.status, len(pages), answer.headers.get("Location"))
    assert wrong == {}


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_readers_pages_are_only_read(site, method):
    """Every other method is refused before anything is asked, and told which there are."""
    for path in (b"/", b"/ferry-late/", b"/rss/", b"/search/", b"/sitemap.xml", b"/robots.txt"):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(site, path, method=method, content_type="multipart/form-data", content_length="-3")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD"), path
        assert len(asked) == 0


def test_head_is_the_page_without_its_body(site):
    """The same status and headers, so that whoever checks links or sizes is told the truth."""
    for path in (b"/", b"/ferry-late/", b"/lite/ferry-late/", b"/feed.json", b"/nothing-here/"):
        whole, head = ask(site, path), ask(site, path, method="HEAD")
        assert head.status == whole.status, path
        assert head.raw in (b"", whole.raw), path  # where the page cache does not, the server leaves it out
        for name in ("Content-Type", "Content-Length", "Cache-Control"):
            assert head.headers.get(name) == whole.headers.get(name), (path, name)


#: Rubbish that is as if it were not there.
HEADERS = [
    {"range": "bytes=0-10"},
    {"range": "bytes=-1,5-,x"},
    {"accept_encoding": "zstd;q=nan, br;q=-1, *;q=999999999999999999999"},
    {"accept_encoding": "," * 8_000},
    {"accept_language": "xx-\x00-\xff;q=x"},
    {"if_none_match": "x" * 4_000},
    {"if_modified_since": "Thu, 99 Foo 0000 99:99:99 GMT"},
    {"cookie": "sessionid=\xff; ;=; csrftoken=" + "x" * 8_000},
    {"x_forwarded_host": "evil.example", "forwarded": "host=evil.example"},
    {"x_http_method_override": "DELETE", "x_original_url": "/admin/"},
    {"content_length": "abc", "content_type": "\xff"},
    {"accept": "\x00"},
]


def test_no_header_changes_the_page(site):
    """Whoever sends it gets the page that everybody gets."""
    plain = ask(site, b"/ferry-late/")
    for headers in HEADERS:
        answer = ask(site, b"/ferry-late/", **headers)
        assert (answer.status, answer.body) == (200, plain.body), headers


def test_a_foreign_host_gets_a_page_that_says_so(site, settings):
    """No page is made for it, and none of ours is given away under its name."""
    settings.ALLOWED_HOSTS = ["testserver"]
    for host in ("evil.example", "a b", "testserver:x", "testserver\x00", "[::1", "x" * 5_000):
        answer = ask(site, b"/ferry-late/", host=host)
        assert answer.status == 400, host
        assert b"<h1>" in answer.body, host


@given(
    path=st.binary(max_size=80),
    query=st.text(st.characters(max_codepoint=255), max_size=80),
    method=st.sampled_from(["GET", "GET", "HEAD", "POST"]),
)
@example(path=b"lite/\x00\xff", query="before=\x00", method="GET")
@told(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_site(site, path, query, method):
    """Whatever stands on the line; `ask` looks at the answer."""
    ask(site, b"/" + path, query, method)
