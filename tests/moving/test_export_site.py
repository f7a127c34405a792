"""The site as plain files: served by Python's own server, crawled, compared with the live site, and kept up to date."""

import http.client
import posixpath
import threading
from array import array
from collections import Counter
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.feed_content import _cards
from moving.site import export as exports
from moving.site.cursors import Cursors
from moving.site.export import Refused, export
from moving.site.files import address_of, file_of
from moving.site.folder import UNFINISHED
from moving.site.pages import lists_apart
from moving.site.signing import LIST, NotTrue, own_key, verify
from moving.site.state import State
from pagecache.questions import Questions
from tests.factories import published
from tests.moving.paper import START, Page, change, fill

pytestmark = pytest.mark.django_db

#: What only a server can answer.
DYNAMIC = {"/search/"}


@pytest.fixture
def key(tmp_path):
    return own_key(tmp_path / "keys" / "export.pem")


@pytest.fixture
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    settings.EXPORT_KEY = tmp_path / "keys" / "export.pem"
    return tmp_path / "site"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def fetch(folder):
    """fetch(path) asks Python's own server for a file of the folder: (status, type, text)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def get(path):
        asked = http.client.HTTPConnection(*server.server_address)
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()

    get.address = f"http://127.0.0.1:{server.server_port}"
    yield get
    server.shutdown()
    server.server_close()


def crawl(fetch):
    """{path: text} of all pages from the front page on, and the set of all paths; every link must lead to a file."""
    pages, seen, todo = {}, set(), ["/index.html", "/404.html"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        status, kind, content = fetch(path)
        assert status == 200, path
        if kind != "text/html":
            continue
        pages[path] = content.decode()
        page = Page(pages[path])
        for link in page.loaded:
            assert not urlsplit(link).netloc, f"{path} loads {link} from elsewhere"
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                # From the folder of the page, without leaving the top: so it works from a memory stick, too.
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
                assert parts.path.startswith("/") == (path == "/404.html"), f"{path}: {link}"
                assert posixpath.basename(target).count("."), f"{path}: {link} names no file"
                todo.append(unquote(target))
    return pages, seen


def words(text):
    return Page(text).words


def state_of(folder):
    state = State(folder.with_name("site.state"))
    found = dict(state.database.execute("SELECT address, file FROM page WHERE file != ''"))
    state.close()
    return found


def test_every_link_leads_to_a_file_and_every_page_says_what_the_live_site_says(folder, key, fetch):
    """Crawled from the front page: lists to their ends, twins, feeds, pictures; and no request to another host."""
    fill()
    assert export(folder, key).problems == []
    pages, seen = crawl(fetch)
    assert {"/rain/index.html", "/lite/rain/index.html", "/rss/index.xml", "/feed.json"} <= seen
    assert "/section/town/rss/index.xml" in seen
    assert any(path.startswith("/uploads/renditions/") for path in seen)
    assert any(path.startswith("/news-feed/before-") for path in seen)
    assert not any("not-yet-public" in path or "Secret" in text for path, text in pages.items())

    live = Client(SERVER_NAME="127.0.0.1")
    compared = 0
    for address, file in state_of(folder).items():
        if not file.endswith(".html") or address in DYNAMIC or file == "404.html":
            continue
        answer = live.get(address)
        if answer.status_code in (301, 302):
            assert "url=../" in (folder / file).read_text()
            continue
        assert words((folder / file).read_text()) == words(answer.content.decode()), address
        compared += 1
    assert compared > 60
    # What is gone says so, what has moved leads on, what a former site had is found.
    assert "It was another ferry." in (folder / "gone/index.html").read_text()
    assert 'href="../moved-there/index.html"' in (folder / "moved-here/index.html").read_text()
    assert 'href="../../../rain/index.html"' in (folder / "2014/05/rain/index.html").read_text()
    # A page's own list is found under the same letters as on the site.
    assert '"cafe":' in (folder / "search/words/63-61.js").read_text()


@pytest.mark.django_db(transaction=True)  # PostgreSQL counts writes at the end of a transaction
def test_the_next_run_writes_what_changed_and_nothing_else(folder, key):
    """Unchanged: nothing. A typo: its pages. A withdrawal: the words are gone from every file."""
    stories = fill(6)
    export(folder, key)
    before = contents(folder)
    assert export(folder, key).unchanged

    change(stories["quoted"], body="<p>It burned down.</p>")
    report = export(folder, key)
    after = contents(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"cafe/index.html", "lite/cafe/index.html", "author/mira-holt/rss/index.xml"} <= changed
    assert "ferry-1/index.html" not in changed and report.kept > report.made

    workflow.withdraw(article=stories["main"], by=None, reason="All of it was wrong.")
    export(folder, key)
    naming = [name for name, content in contents(folder).items() if b"It rained" in content]
    assert naming == []
    assert "All of it was wrong." in (folder / "rain/index.html").read_text()
    assert list(verify(folder, key.public_key())) == []


def test_what_somebody_touched_is_made_again(folder, key):
    """A file that was changed, emptied or removed behind our back; a stranger's file beside ours stays."""
    fill(0)
    export(folder, key)
    before = contents(folder)
    (folder / "rain/index.html").write_text("Defaced")
    (folder / "cafe/index.html").unlink()
    (folder / "CNAME").write_text("mirror.example")
    report = export(folder, key)
    assert (report.made, report.written) == (2, 2)
    assert contents(folder) == before | {"CNAME": b"mirror.example"}


def test_who_is_killed_half_way_leaves_whole_files_and_the_next_run_goes_on(folder, key, monkeypatch):
    fill(2)
    whole = contents(folder.with_name("whole")) if export(folder.with_name("whole"), key) else {}

    class Killed(BaseException):
        pass

    keep, left = State.keep, iter(range(30))

    def killed(state, made, leads_to):
        keep(state, made, leads_to)
        if next(left, None) is None:
            raise Killed

    monkeypatch.setattr(State, "keep", killed)
    with pytest.raises(Killed):
        export(folder, key)
    (folder / f".index.html.1{UNFINISHED}").write_text("<!doctype ht")
    half = contents(folder)
    assert len(half) < len(whole)
    assert all(whole[name] == content for name, content in half.items() if not name.endswith(UNFINISHED))

    monkeypatch.setattr(State, "keep", keep)
    report = export(folder, key)
    assert report.kept > 20
    assert contents(folder) == whole


def test_a_new_story_on_top_leaves_the_deep_pages_of_lists_alone():
    """Only the first pages are others; following the links still meets every story."""
    stories, cuts = [*range(1, 101)], []
    for number in range(101, 131):
        cursors = Cursors([f"/x/?before={cut}" for cut in cuts])
        here, met, before = "/x/", set(), set(cuts)
        cuts = []
        while here:
            above = int(here.partition("=")[2].partition("-")[0] or number)
            page = [story for story in reversed(stories) if story < above][:20]
            met.update(page)
            cut = cursors.steady("/x/", here, f"{page[-1]}-1") if page[-1] > stories[0] else ""
            assert not cut or int(cut.partition("-")[0]) < above
            here = f"/x/?before={cut}" if cut else ""
            cuts += [cut] if cut else []
        assert met == set(stories)
        assert not before or len(before.symmetric_difference(cuts)) <= 2
        stories.append(number)


def test_a_cut_of_a_list_is_kept_where_there_is_one():
    cursors = Cursors(["/tag/x/?before=3000-3", "/tag/x/?before=1000-1", "/tag/y/?before=2500-2", "/tag/x/"])
    assert cursors.steady("/tag/x/", "/tag/x/", "2000-2") == "3000-3"
    assert cursors.steady("/tag/x/", "/tag/x/?before=3000-3", "2000-2") == "2000-2"
    assert cursors.steady("/tag/x/", "/tag/x/?before=2000-2", "900-9") == "1000-1"
    assert cursors.steady("/tag/x/", "/rain/", "2000-2") == ""


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("/", "index.html"),
        ("/rain/", "rain/index.html"),
        ("/rain", "rain/index.html"),
        ("?before=1-2", "tag/x/before-1-2.html"),
        ("/section/town/rss/", "section/town/rss/index.xml"),
        ("/feed.json", "feed.json"),
        ("/sitemap-stories.xml?p=2", "sitemap-stories.p-2.xml"),
        ("/search/?q=ferry", "search/index.html"),
        ("/admin/", None),
        ("https://other.example/rain/", None),
        ("//other.example/", None),
        ("/..%2f..%2fetc/passwd", None),
        ("/a/../../b/", None),
        ("/%2e%2e/x/", None),
        ("/x\\y/", None),
        ("/a%00b/", None),
        ("mailto:desk@paper.example", None),
        (f"/{'a' * 500}/", None),
        ("http://[bad", None),
    ],
)
def test_an_address_has_one_file_inside_the_folder(link, file):
    place = address_of(link, "/tag/x/")
    assert (place and file_of(place[0])) == file


# --- The signed list ---------------------------------------------------------------------------------------


def test_a_copy_that_was_changed_is_found_out(folder, key, fetch, capsys):
    """Each kind of change, in a folder and on a mirror; without our key nothing counts."""
    fill(0)
    call_command("export_site", folder, processes=1)
    call_command("export_site", fetch.address, verify=True)
    assert "Every file is what the newsroom signed." in capsys.readouterr().out
    (folder / "rain/index.html").write_text("Defaced")
    (folder / "cafe/index.html").unlink()
    (folder / "fake-story").mkdir()
    (folder / "fake-story/index.html").write_text("Invented")
    wrong = {"Changed: rain/index.html", "Missing: cafe/index.html"}
    assert {*verify(folder, key.public_key())} == wrong | {"Not the newsroom's: fake-story/index.html"}
    assert {*verify(fetch.address, key.public_key())} == wrong
    with pytest.raises(CommandError, match="3 files"):
        call_command("export_site", folder, verify=True)

    with open(folder / LIST, "ab") as listed:
        listed.write(b"# more\n")
    with pytest.raises(NotTrue, match="not signed with this key"):
        list(verify(folder, key.public_key()))
    with pytest.raises(NotTrue, match="nothing can be said"):
        list(verify(folder.with_name("elsewhere"), key.public_key()))
    with pytest.raises(NotTrue, match="nothing can be said"):
        list(verify("http://127.0.0.1:9", key.public_key()))


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "deep" / "key.pem"
    own = own_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert own_key(path).private_bytes_raw() == own.private_bytes_raw()


def test_a_folder_of_somebody_else_is_left_alone(folder, key):
    folder.mkdir()
    (folder / "thesis.txt").write_text("Ten years of work")
    with pytest.raises(Refused, match="no export wrote"):
        export(folder, key)
    assert (folder / "thesis.txt").read_text() == "Ten years of work"


def test_who_writes_meanwhile_is_not_forgotten(folder, key, monkeypatch):
    """A story that is published while the files are made is in them, or the next run makes them again."""
    seeds, late = exports._Pass._seeds, []

    def seeds_and_a_story(self):
        if not late:
            late.append(published(headline="While you were writing", slug="meanwhile", at=START))
        return seeds(self)

    monkeypatch.setattr(exports._Pass, "_seeds", seeds_and_a_story)
    export(folder, key)
    assert "While you were writing" in (folder / "meanwhile/index.html").read_text()
    assert export(folder, key).unchanged


def contents(folder):
    """{name: bytes} of all files, without the list of them, which says when it was made."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("SHA256SUMS")}


def test_lists_that_a_page_asks_for_together_are_noted_apart(folder, key):
    """What stands beside every story is one question for all of them, and each of their pages asks it."""
    fill()
    export(folder, key)
    state = State(folder.with_name("site.state"))
    together = state.database.execute("SELECT id FROM sql WHERE text LIKE '% UNION ALL SELECT % AS list,%'")
    assert not together.fetchall()
    lists = state.database.execute(
        "SELECT question.id FROM question JOIN sql ON sql.id = question.sql WHERE text LIKE 'SELECT % AS list,%'"
    )
    lists = {pk for (pk,) in lists}
    stories = state.database.execute(
        "SELECT asked FROM page WHERE file LIKE '%/index.html' AND address != '/'"
    )
    asked = Counter(chain.from_iterable(array("Q", blob or b"") for (blob,) in stories))
    state.close()
    assert max(asked[pk] for pk in lists) > 10


def test_questions_are_taken_apart_with_their_parameters():
    one, two = ("SELECT %s AS list, story.* FROM (SELECT a FROM b WHERE %s) AS story" for _list in range(2))
    one, two = one.replace("%s AS", "0 AS"), two.replace("%s AS", "3 AS").replace("a FROM", "%s, a FROM")
    assert lists_apart(f"{one} UNION ALL {two}", (1, 2, 3)) == [(one, (1,)), (two, (2, 3))]
    assert lists_apart(one, (1,)) == [(one, (1,))]
    # With a sign more that looks like a parameter nobody knows whose is whose.
    assert len(lists_apart(f"{one} UNION ALL {two}", (1, 2))) == 1


def test_feeds_that_quote_a_story_are_others_with_its_headline_alone():
    """Which version says it does not matter to them: a typo in an old story makes no feed of another one anew."""
    story = fill(0)["quoted"]
    asked, at = Questions(), START + timedelta(days=1)
    with asked.recorded(at):
        assert _cards({story.pk}, at)[story.pk].headline == "Łódź’s café burned"
    later = timezone.now() + timedelta(days=1)
    before = asked.answers(later)
    change(story, body="<p>It burned down.</p>")
    assert asked.answers(later) == before
    change(story, headline="Łódź’s café is open")
    assert asked.answers(later) != before
