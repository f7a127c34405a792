"""A WordPress export as moving.importing.run brings it in."""

import re
import sqlite3
from collections import Counter, defaultdict
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from authors.slugs import make_slug
from moving.importing.addresses import path_of
from moving.importing.body import words_of
from moving.importing.credits import split_credit
from moving.importing.parts import Picture
from moving.importing.pictures import is_picture
from moving.importing.records import LibraryPicture, Outline, Person, Story, Term
from moving.wordpress import blocks
from moving.wordpress.autop import paragraphs
from moving.wordpress.items import credit_of, item_of, moment_of
from moving.wordpress.shortcodes import expand
from moving.wordpress.wxr import Reader, fields_of, name_of, pieces

#: Kinds of items that belong to the machine, not to the paper.
MACHINERY = {
    *[
        "nav_menu_item",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "wp_template",
        "revision",
    ],
    *[
        "wp_template_part",
        "wp_global_styles",
        "wp_navigation",
        "wp_block",
        "attachment",
        "guest-author",
        "wp_font_face",
    ],
    *["wp_font_family", "acf-field", "acf-field-group"],
}
#: Categories of items that say nothing to readers.
SILENT_TERMS = {
    "post_format",
    "nav_menu",
    "wp_theme",
    "wp_template_part_area",
    "link_category",
    "author",
    "language",
}
SEO_TITLES = (
    "_yoast_wpseo_title",
    "rank_math_title",
    "_aioseo_title",
    "_aioseop_title",
    "_genesis_title",
    "_seopress_titles_title",
)
SEO_TEXTS = (
    *["_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description"],
    *["_genesis_description", "_seopress_titles_desc"],
)
CANONICALS = (
    *["_yoast_wpseo_canonical", "rank_math_canonical_url", "_genesis_canonical_uri"],
    *["_seopress_robots_canonical", "_aioseop_custom_link", "dt_original_post_url", "original_url"],
)
PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category", "_primary_term_category")
#: The plug-in Media Credit names a photographer who has an account by its number.
_CREDIT_OF_AN_ACCOUNT = re.compile(r"(\[media-credit\b[^\]]{0,200}?)\s+id=[\"']?(\d+)[\"']?")


class WordPressSource:
    """What a WordPress export holds. The file is read twice: for what belongs to the stories, then for them."""

    system = "WordPress"

    def __init__(self, path, *, site="", kinds=(), fields=None, with_revisions=False):
        self.path, self.fields = path, fields or {}
        self.kinds = {"post", "page", *kinds}
        self.left = Counter()
        self.trouble = []  # (where, sentence) of what could not be read
        self.persons, self.guests = {}, {}
        self._terms, self.term_numbers = {}, {}
        self.pictures, self.children = {}, defaultdict(list)
        self.pages_of_pictures = defaultdict(list)  # story -> paths of its pictures' own pages
        self.reusable, self.posts, self.parents = {}, [], {}
        self.authors_of, self.accounts = {}, {}
        self.revisions = _Revisions() if with_revisions else None
        self.reader = Reader()
        self.addresses = []
        self._survey()
        if not self.posts and not self.persons and not self._terms and not self.trouble:
            raise ValidationError(
                _("This is no export of WordPress: it has no posts, no authors and no categories.")
            )
        self.site = site.rstrip("/") or next(
            (address.rstrip("/") for address in self.addresses if address), ""
        )
        self.key = f"wordpress:{self.site.partition('//')[2]}"[:200]
        self._finish()

    # --- First reading: what belongs to the stories ---

    def _survey(self):
        with_head = []
        for piece in pieces(self.path):
            if not piece.is_item:
                with_head.append(piece)
                continue
            item = self._item(piece, report=True)
            if item is not None:
                self._sort(item)
        for piece in with_head:
            self._head(piece)

    def _item(self, piece, *, report=False):
        """The Item of a piece, or None with a sentence."""
        where = _("line %(line)d") % {"line": piece.line}
        if piece.trouble and "</item>" not in piece.text[-20:]:
            if report:
                self.trouble.append((where, _("an item was lost: %(why)s") % {"why": piece.trouble}))
            return None
        root, sound = self.reader.parse(piece.text)
        element = None if root is None else next((one for one in root if name_of(one) == "item"), None)
        item = None if element is None else item_of(element, piece.line)
        if not report:
            return item
        if item is None:
            self.trouble.append((where, _("an item was lost: its XML cannot be read, or it has no number")))
        elif not sound or piece.trouble:
            title = item.title[:60]
            why = piece.trouble or _("its XML is broken")
            self.trouble.append(
                (
                    where,
                    _("item %(id)s “%(title)s”: %(why)s; it came as far as it can be read")
                    % {"id": item.id, "title": title, "why": why},
                )
            )
        return item

    def _sort(self, item):
        self.left[_("comments")] += item.comments
        if item.kind == "attachment":
            self._attachment(item)
        elif item.kind == "wp_block":
            self.reusable[item.id] = item.text("content:encoded")
        elif item.kind == "guest-author":
            self._guest(item)
        elif item.kind == "revision":
            self.left[_("revisions")] += 0 if self.revisions else 1
            if self.revisions:
                self.revisions.add(item)
        elif item.kind not in self.kinds:
            machine = item.kind in MACHINERY
            self.left[
                _("items of the kind “%(kind)s”") % {"kind": item.kind}
                + ("" if machine else _(" (take them with --kinds)"))
            ] += 1
        elif item.status in ("trash", "auto-draft", "inherit"):
            self.left[_("posts in the bin")] += 1
        else:
            self._post(item)

    def _post(self, item):
        if item.id in self.parents:
            where = _("line %(line)d") % {"line": item.line}
            self.trouble.append(
                (where, _("post %(id)s stands in the file twice; the first one counts") % {"id": item.id})
            )
            return
        paths = [_path(item.text("link")), f"/?p={item.id}", _path(item.text("guid"))]
        if item.kind == "page":
            paths.append(f"/?page_id={item.id}")
        paths += [f"/{slug}" for slug in item.old_slugs]
        slug = unquote(item.text("wp:post_name")) or make_slug(item.title)
        at = moment_of(item)
        self.posts.append(
            (at, Outline(item.id, slug, item.title, [path for path in paths if path and path != "/"]))
        )
        self.parents[item.id] = item.text("wp:post_parent").strip()
        login = item.text("dc:creator").strip()
        named = [(slug, name) for taxonomy, slug, name in item.terms if taxonomy == "author"]
        self.authors_of[item.id] = (named, login)
        for taxonomy, slug, name in item.terms:
            if taxonomy not in SILENT_TERMS:
                self._term(taxonomy, slug, name)
        first = self._first_terms(item)
        if first and first[0] in self._terms:
            self._terms[first[0]].stories += 1

    def _term(self, taxonomy, slug, name, *, parent="", description="", number=""):
        key = f"{taxonomy}:{unquote(slug)}"[:400]
        if taxonomy == "category" or key not in self._terms:
            old = self._terms.get(key)
            if old is None:
                self._terms[key] = Term(
                    id=key, name=name or slug, slug=unquote(slug), is_category=taxonomy == "category"
                )
            term = self._terms[key]
            term.parent = term.parent or (f"{taxonomy}:{unquote(parent)}" if parent else "")
            term.description = term.description or description
        if number:
            self.term_numbers[number] = key

    def _attachment(self, item):
        url = item.text("wp:attachment_url").strip() or item.text("guid").strip()
        parent = item.text("wp:post_parent").strip()
        if not is_picture(url):
            self.left[_("files that are no pictures")] += 1
            return
        caption, credit = split_credit(words_of(item.text("excerpt:encoded")))
        self.pictures[item.id] = LibraryPicture(
            number=item.id,
            url=url,
            title=item.title,
            alt=words_of(item.meta.get("_wp_attachment_image_alt", "")),
            caption=caption,
            credit=credit_of(item) or credit,
            description=words_of(item.text("content:encoded")),
        )
        if parent and parent != "0":
            order = item.text("wp:menu_order").strip()
            self.children[parent].append(
                (int(order) if order.isdecimal() else 0, int(item.id) if item.id.isdecimal() else 0, item.id)
            )
            # A picture's own page leads to the story it belongs to.
            paths = [_path(item.text("link")), f"/?attachment_id={item.id}"]
            self.pages_of_pictures[parent] += [path for path in paths if path and path != "/"]

    def _guest(self, item):
        """A profile of Co-Authors Plus: an author without an account."""
        slug = (item.meta.get("cap-user_login") or item.text("wp:post_name")).strip().removeprefix("cap-")
        name = words_of(item.meta.get("cap-display_name") or item.title)
        links = (
            [(_("Website"), item.meta["cap-website"])]
            if item.meta.get("cap-website", "").startswith("http")
            else []
        )
        self.guests[slug.lower()] = (
            Person(
                id=f"guest:{slug.lower()}",
                name=name or slug,
                slug=slug,
                biography=words_of(item.meta.get("cap-description") or item.text("content:encoded")),
                links=links,
            ),
            item.meta.get("_thumbnail_id", "").strip(),
            item.meta.get("cap-linked_account", "").strip().lower(),
        )

    def _head(self, piece):
        self.reader.learn(piece.text)
        channel = piece.text.partition("<channel>")[2] or piece.text
        root, _sound = self.reader.parse(channel.replace("</channel>", "").replace("</rss>", ""))
        for element in root if root is not None else ():
            name, said = name_of(element), None
            if name in ("wp:base_blog_url", "wp:base_site_url", "link"):
                self.addresses.insert(
                    0 if name == "wp:base_blog_url" else len(self.addresses), (element.text or "").strip()
                )
            elif name in ("wp:author", "wp:wp_author"):
                self._account(fields_of(element))
            elif name == "wp:category":
                said = fields_of(element)
                self._term("category", said.get("wp:category_nicename", ""), said.get("wp:cat_name", ""),
                           parent=said.get("wp:category_parent", ""),
                           description=said.get("wp:category_description", ""),
                           number=said.get("wp:term_id", ""))  # fmt: skip
            elif name == "wp:tag":
                said = fields_of(element)
                self._term("post_tag", said.get("wp:tag_slug", ""), said.get("wp:tag_name", ""),
                           description=said.get("wp:tag_description", ""),
                           number=said.get("wp:term_id", ""))  # fmt: skip
            elif name == "wp:term":
                said = fields_of(element)
                taxonomy = said.get("wp:term_taxonomy", "").strip()
                if taxonomy in ("category", "post_tag"):
                    self._term(taxonomy, said.get("wp:term_slug", ""), said.get("wp:term_name", ""),
                               parent=said.get("wp:term_parent", ""), number=said.get("wp:term_id", ""))  # fmt: skip

    def _account(self, said):
        login = said.get("wp:author_login", "").strip()
        if not login:
            return
        full = f"{said.get('wp:author_first_name', '')} {said.get('wp:author_last_name', '')}".strip()
        name = words_of(said.get("wp:author_display_name", "")) or full or login
        self.persons[login.lower()] = Person(id=login.lower(), name=name, slug=_nicename(login, name))
        self.accounts[said.get("wp:author_id", "").strip()] = name

    def _finish(self):
        for term in [term for term in self._terms.values() if not term.slug]:
            del self._terms[term.id]
        for key, term in self._terms.items():
            term.old_paths = self._paths_of_term(key, term)
        # Accounts that the head does not name, as in version 1.0.
        for named, login in self.authors_of.values():
            if login and login.lower() not in self.persons:
                self.persons[login.lower()] = Person(
                    id=login.lower(), name=login, slug=_nicename(login, login)
                )
            for slug, name in named:
                plain = slug.removeprefix("cap-").lower()
                if not self._known(plain, name):
                    self.guests[plain] = (Person(id=f"guest:{plain}", name=name or plain, slug=plain), "", "")
        for person, picture, linked in self.guests.values():
            if picture in self.pictures:
                person.portrait = self.pictures[picture].url
            if linked in self.persons:  # the profile speaks for the account
                person.id = self.persons[linked].id
                self.persons[linked] = person
        outlines = {outline.id: outline for _at, outline in self.posts}
        for parent, paths in self.pages_of_pictures.items():
            if parent in outlines:
                outlines[parent].old_paths += paths

    def _known(self, slug, name):
        """The Person that a term of Co-Authors Plus means: a guest, or an account by its login."""
        for key in (slug, name.lower(), make_slug(name)):
            if key in self.guests:
                return self.guests[key][0]
        for key in (slug, name.lower()):
            if key in self.persons:
                return self.persons[key]
        return next(
            (person for person in self.persons.values() if make_slug(person.slug) == make_slug(slug)), None
        )

    def _paths_of_term(self, key, term):
        taxonomy = key.partition(":")[0]
        if taxonomy != "category":
            return [f"/{'tag' if taxonomy == 'post_tag' else taxonomy}/{term.slug.lower()}"]
        chain, one = [term.slug], term
        while one.parent in self._terms and len(chain) < 20:
            one = self._terms[one.parent]
            if one.slug in chain:
                break
            chain.insert(0, one.slug)
        numbers = [f"/?cat={number}" for number, found in self.term_numbers.items() if found == key]
        return list(
            dict.fromkeys(
                [f"/category/{'/'.join(chain)}".lower(), f"/category/{term.slug}".lower(), *numbers]
            )
        )

    # --- What the import asks for ---

    @property
    def hosts(self):
        found = set()
        for address in (self.site, *self.addresses):
            try:
                found.add(urlsplit(address).hostname)
            except ValueError:
                continue
        return found

    def library(self):
        return self.pictures.values()

    def people(self):
        by_id = {person.id: person for person in self.persons.values()}
        by_id |= {person.id: person for person, _picture, _linked in self.guests.values()}
        return list(by_id.values())

    def paths_of(self, person):
        return [f"/author/{make_slug(person.slug)}", f"/author/{person.id.removeprefix('guest:')}"]

    def terms(self):
        return list(self._terms.values())

    def paths(self):
        """Lists of the old site that are no term's: feeds, and the archive by month."""
        found = {"/feed": "/rss/", "/feed/rss2": "/rss/", "/feed/rss": "/rss/", "/feed/atom": "/atom/"}
        for at in {f"{timezone.localtime(at):%Y/%m}" for at, _outline in self.posts if at}:
            found[f"/{at}"] = f"/archive/{at}/"
            found[f"/{at[:4]}"] = "/archive/"
        return found

    def outlines(self):
        return [outline for _at, outline in self.posts]

    def left_out(self):
        left = Counter(self.left)
        left[_("descriptions of categories and tags")] += sum(
            bool(term.description) for term in self._terms.values()
        )
        return {what: number for what, number in left.items() if number}

    def troubles(self):
        """(where, sentence) of what could not be read at all, or not whole."""
        return self.trouble

    def close(self):
        if self.revisions:
            self.revisions.rows.close()

    # --- Second reading: the stories ---

    def stories(self, only=None):
        """The stories in the order of the file, or those with these ids `only`."""
        wanted = {outline.id for _at, outline in self.posts}
        for piece in pieces(self.path):
            item = self._item(piece) if piece.is_item else None
            if (
                item is None
                or item.id not in wanted
                or item.kind not in self.kinds
                or (only is not None and item.id not in only)
            ):
                continue
            if item.status in ("trash", "auto-draft", "inherit"):
                continue
            wanted.discard(item.id)
            yield self._story(item)

    def _story(self, item):
        terms = [
            f"{taxonomy}:{unquote(slug)}"[:400]
            for taxonomy, slug, _name in item.terms
            if taxonomy not in SILENT_TERMS
        ]
        story = Story(
            id=item.id,
            where=_("post %(id)s “%(title)s” (line %(line)d)")
            % {"id": item.id, "title": item.title[:60], "line": item.line},
            headline=item.title,
            html=self._html(item.text("content:encoded"), item),
            standfirst=words_of(item.text("excerpt:encoded")),
            authors=self._authors(item),
            tags=terms,
            first_terms=self._first_terms(item),
            is_page=item.kind == "page",
            public_from=None,
            seo_title=_without_signs(item.meta, SEO_TITLES),
            seo_description=_without_signs(item.meta, SEO_TEXTS),
            canonical=next((url for key in CANONICALS if (url := words_of(item.meta.get(key, "")))), ""),
            featured=item.text("wp:is_sticky").strip() == "1",
            lone_addresses=True,
        )
        story.public_from = self._public_from(item, story)
        if number := item.meta.get("_thumbnail_id", "").strip():
            found = self.pictures.get(number)
            story.lead = Picture(number=number) if found else None
            if number not in ("0", "") and not found:
                story.notes.append(_("its lead picture %(id)s is not in the export") % {"id": number})
        self._custom_fields(item, story)
        if self.revisions:
            story.revisions = [
                (at, title, self._html(text, item)) for at, title, text in self.revisions.of(item.id)
            ]
        return story

    def _first_terms(self, item):
        found = [
            f"category:{unquote(slug)}"[:400]
            for taxonomy, slug, _name in item.terms
            if taxonomy == "category"
        ]
        for key in PRIMARY:
            first = self.term_numbers.get(item.meta.get(key, "").strip())
            if first in found:
                return [first, *(term for term in found if term != first)]
        return found

    def _authors(self, item):
        named, login = self.authors_of.get(item.id, ([], ""))
        found = [
            person.id
            for slug, name in named
            if (person := self._known(slug.removeprefix("cap-").lower(), name))
        ]
        return found or ([self.persons[login.lower()].id] if login.lower() in self.persons else [])

    def _public_from(self, item, story):
        if item.status not in ("publish", "future"):
            if item.status not in ("draft", "pending"):
                story.notes.append(
                    _("had the state “%(state)s”; it comes as a draft") % {"state": item.status}
                )
            return None
        if item.text("wp:post_password").strip():
            story.notes.append(
                _("was behind a password; it comes as a draft, and is public when you publish it")
            )
            return None
        at = moment_of(item)
        if at is None:
            said = item.text("wp:post_date_gmt") or item.text("wp:post_date")
            story.notes.append(
                _("its date of publication cannot be read (%(value)s); it comes as a draft")
                % {"value": said[:60]}
            )
        return at

    def _html(self, text, item):
        text = _CREDIT_OF_AN_ACCOUNT.sub(self._with_name, text)
        attached = [number for _order, _id, number in sorted(self.children.get(item.id, ()))]
        if blocks.has_blocks(text):
            return expand(
                blocks.plain(text, reusable=self.reusable, footnotes=item.meta.get("footnotes", "")), attached
            )
        return paragraphs(expand(text, attached))

    def _with_name(self, credit):
        name = self.accounts.get(credit[2], "").replace('"', "”")
        return f'{credit[1]} name="{name}"' if name else credit[0]

    def _custom_fields(self, item, story):
        for key, name in self.fields.items():
            if not (value := words_of(item.meta.get(key, ""))):
                continue
            if name in ("lead_credit", "lead_caption"):
                if story.lead is not None:
                    setattr(story.lead, name.removeprefix("lead_"), value)
            elif name == "editors_note":
                story.editors_note = value
            else:
                setattr(story, name, value)


class _Revisions:
    """The revisions of an export, put aside in a file of their own: they are as much text as the stories many times."""

    def __init__(self):
        self.rows = sqlite3.connect("")  # a file without a name, gone when it is closed
        self.rows.execute("CREATE TABLE rows (parent TEXT, at TEXT, title TEXT, text TEXT)")
        self.rows.execute("CREATE INDEX by_parent ON rows (parent, at)")

    def add(self, item):
        at = moment_of(item)
        values = (
            item.text("wp:post_parent").strip(),
            at.isoformat() if at else "",
            item.title,
            item.text("content:encoded"),
        )
        self.rows.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", values)

    def of(self, parent):
        found = self.rows.execute("SELECT at, title, text FROM rows WHERE parent = ? ORDER BY at", (parent,))
        return [
            (timezone.datetime.fromisoformat(at) if at else None, title, text) for at, title, text in found
        ]


def _path(url):
    """The path of an old address, or "" when it is none."""
    try:
        return path_of(url.strip()) if url.strip() else ""
    except ValueError:
        return ""


def _nicename(login, name):
    """The last part of an author's address there: the login as WordPress writes it, never an e-mail address."""
    return make_slug(name if "@" in login else login) or make_slug(name)


def _without_signs(meta, keys):
    """The first of these fields that is plain words: plug-ins write %%title%% and #post_title for what they fill in."""
    for key in keys:
        words = words_of(meta.get(key, ""))
        if words and "%" not in words and "#" not in words:
            return words
    return ""
