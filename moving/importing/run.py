"""An archive comes in: people, sections, tags and pictures, then the stories in lots, then what points between them.

A source (moving/ghost/source.py, moving/wordpress/source.py) says what there is; what is the same for all of them is
here. Each lot of stories is one transaction: a killed import leaves whole stories or none, and the next run goes on.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import log
from articles import workflow
from articles.arrivals import Arrival, settle
from articles.models import Article, KindOfChange, OldAddress, Revision, StaleCopy, Tag
from articles.models.revision import snapshot
from authors.models import Author, AuthorLink
from authors.slugs import make_slug
from moving.importing.addresses import Plan
from moving.importing.body import convert
from moving.importing.ids import Origins, digest_of
from moving.importing.mapping import Sections
from moving.importing.parts import Body
from moving.importing.parts import Picture as PictureUse
from moving.importing.pictures import Pictures
from moving.importing.progress import Progress
from moving.models import Origin

STORY, PERSON, TAG = Origin.Kind.STORY, Origin.Kind.PERSON, Origin.Kind.TAG
#: Stories written in one transaction, for which the desk waits at most.
LOT = 100


@dataclass
class Options:
    """How an import is done; see the command's own words for each."""

    media: object
    mapping: object
    by: object = None
    dry_run: bool = False
    drafts_only: bool = False
    revisions: bool = False
    terminal: object = None


class _Rehearsal(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


def bring_in(source, options, report):
    """Bring in all that `source` has and fill in `report`."""
    try:
        with transaction.atomic() if options.dry_run else nullcontext():
            _Import(source, options, report).run()
            if options.dry_run:
                raise _Rehearsal
    except _Rehearsal:
        pass


class _Import:
    def __init__(self, source, options, report):
        self.source, self.options, self.report = source, options, report
        self.origins = Origins(source.key)
        self.pictures = Pictures(
            media=options.media,
            origins=self.origins,
            report=report,
            by=options.by,
            site=source.site,
            dry_run=options.dry_run,
        )
        self.plan = Plan(hosts=source.hosts, here=None)
        self.articles = {}  # story id there -> Article id here
        self.pointing = []  # stories with a card of a story that was not there yet

    def run(self):
        self.pictures.list(self.source.library())
        self.sections = Sections(self.options.mapping, self.source.terms(), self.report)
        self.people = {person.id: self._person(person) for person in self.source.people()}
        self.terms = {term.id: term for term in self.source.terms()}
        self.tags = {}  # term id there -> Tag; a category becomes one only when it needs to
        here = list(Tag.objects.all())
        self.named = {tag.name.lower(): tag for tag in here} | {tag.name: tag for tag in here}
        outlines = self._outlines()
        self._lists()
        progress = Progress(self.options.terminal, len(outlines), _("stories"))
        self._in_lots(self.source.stories(), progress)
        if self.pointing:
            self._in_lots(self.source.stories(only=set(self.pointing)), None, again=True)
        progress.end()
        self.pictures.bring_rest()
        self.pictures.update_words()
        for where, sentence in self.source.troubles():
            self.report.refuse("item", where, sentence)
        self._old_addresses()
        for what, number in self.source.left_out().items():
            self.report.leave_out(what, number)
        if self.plan.dead:
            self.report.leave_out(
                _("links in texts to pages of the old site that are in no export"), self.plan.dead
            )
        if self.report.has_changes:  # a timer brings in the same feed a hundred times a day
            log.write(
                "story.moved-in", by=self.options.by, text=self.report.title, data=_numbers(self.report)
            )

    # --- People, tags, sections ---

    def _person(self, person):
        self.report.count("person", "read")
        slug = make_slug(person.slug) or make_slug(person.name) or "author"
        row = self.origins.get(PERSON, person.id)
        author = row and Author.objects.filter(pk=row.object_id).first()
        if row and not author:
            self.report.count("person", "kept")  # the desk deleted it
            return None
        name = (person.name or slug)[:120]
        if author is None:
            author = Author.objects.filter(slug=slug, name=name).first()
            if author is not None:
                self.origins.note(PERSON, person.id, author, digest="ours")
                self.report.count("person", "unchanged")
                return author
        portrait = (
            self.pictures.id_of(_portrait(person), _("author “%(name)s”") % {"name": name})
            if person.portrait
            else None
        )
        said = {"name": name, "biography": person.biography[:4000], "portrait_id": portrait}
        links = [[label[:60], url[:300]] for label, url in person.links]
        digest = digest_of([said, links])
        if author is None:
            author = Author.objects.create(slug=_free(slug, Author), **said)
            AuthorLink.objects.bulk_create(
                AuthorLink(author=author, label=label, url=url) for label, url in links
            )
            self.origins.note(PERSON, person.id, author, digest=digest)
            self.report.count("person", "written")
        elif row.digest == digest:
            self.report.count("person", "unchanged")
        elif row.digest != digest_of([{name: getattr(author, name) for name in said}, _links(author)]):
            self.report.count("person", "kept")
        else:
            for name, value in said.items():
                setattr(author, name, value)
            author.save()
            author.links.all().delete()
            AuthorLink.objects.bulk_create(
                AuthorLink(author=author, label=label, url=url) for label, url in links
            )
            self.origins.note(PERSON, person.id, author, digest=digest)
            self.report.count("person", "updated")
        return author

    def _tag_of(self, pk):
        """The Tag of a term there, or None."""
        if pk not in self.tags:
            self.tags[pk] = self._tag(self.terms[pk]) if pk in self.terms else None
        return self.tags[pk]

    def _tag(self, term):
        self.report.count("tag", "read")
        row = self.origins.get(TAG, term.id)
        if row:
            self.report.count("tag", "unchanged")
            return Tag.objects.filter(pk=row.object_id).first()
        name = (term.name or term.slug)[:100]
        tag = self.named.get(name) or self.named.get(name.lower())
        if tag is None:
            tag = Tag.objects.create(
                name=name, slug=_free(make_slug(term.slug) or make_slug(name) or "tag", Tag, 100)
            )
            self.named |= {name.lower(): tag, name: tag}
            self.report.count("tag", "written")
        else:
            self.report.count("tag", "unchanged")
        self.origins.note(TAG, term.id, tag)
        return tag

    # --- Addresses ---

    def _outlines(self):
        outlines = list(self.source.outlines())
        here = {key: row.object_id for (kind, key), row in self.origins.rows.items() if kind == STORY}
        slugs = (
            dict(Article.objects.filter(pk__in=here.values()).values_list("pk", "slug"))
            if len(here) < 30_000
            else dict(Article.objects.values_list("pk", "slug"))
        )
        # Those that are here keep their slugs; only then do new ones choose.
        for outline in sorted(outlines, key=lambda one: one.id not in here):
            self.plan.place(outline, slugs.get(here.get(outline.id)))
        self.articles = {key: pk for key, pk in here.items() if pk in slugs}
        return outlines

    @transaction.atomic  # the tags of ten years together, where each would wait for the disk by itself
    def _lists(self):
        for term in self.source.terms():
            page = self.sections.of_term(term) if term.is_category else None
            page = page or self._tag_of(term.id)
            page = page and page.get_absolute_url()
            for path in term.old_paths if page else ():
                self.plan.lists[path] = page
                self.plan.lists.setdefault(f"{path}/feed", f"{page}rss/")
        for person in self.source.people():
            if author := self.people[person.id]:
                for path in (f"/author/{person.slug.lower()}", *self.source.paths_of(person)):
                    self.plan.lists[path] = author.get_absolute_url()
        self.plan.lists |= self.source.paths()

    def _old_addresses(self):
        wanted = self.plan.old_addresses(self.articles)
        there = dict(OldAddress.objects.values_list("path", "article_id"))
        new = [
            OldAddress(path=path, article_id=pk, leads_to=here)
            for path, (pk, here) in wanted.items()
            if path not in there
        ]
        OldAddress.objects.bulk_create(new, batch_size=500)
        self.report.count("address", "read", len(wanted))
        self.report.count("address", "written", len(new))
        self.report.count("address", "unchanged", len(wanted) - len(new))

    # --- Stories ---

    def _in_lots(self, stories, progress, *, again=False):
        stories = iter(stories)
        while lot := list(islice(stories, LOT)):
            new = []
            for story in lot:
                if not again:
                    self.report.count(_kind(story), "read")
                try:
                    with transaction.atomic():
                        self._story(story, new, again)
                except (ValidationError, StaleCopy) as why:
                    self._refuse(story, why)
            self._settle(new)
            if progress:
                progress.step(len(lot))

    def _settle(self, new):
        """Write new stories together; when one of them cannot be, each for itself."""
        if not new:
            return
        try:
            with transaction.atomic():
                self._write(new)
        except (IntegrityError, ValidationError, ValueError):
            for one in new:
                one[1].article.pk = one[1].article.id = None
                one[1].article._state.adding = True
                try:
                    with transaction.atomic():
                        self._write([one])
                except (IntegrityError, ValidationError, ValueError) as why:
                    self._refuse(one[0], why)

    def _write(self, new):
        settle([arrival for _story, arrival, _digest in new], by=self.options.by)
        self.origins.note_all(
            STORY,
            [(story.id, arrival.article, digest, arrival.article.version) for story, arrival, digest in new],
        )
        if self.options.revisions:
            self._keep_revisions(new)
        for story, arrival, _digest in new:
            self.articles[story.id] = arrival.article.pk
            self.report.count(_kind(story), "written")

    def _keep_revisions(self, new):
        """What the story said before, as revisions that nobody reads by mistake for the present one."""
        rows = []
        for story, arrival, _digest in new:
            for number, (moment, headline, text) in enumerate(story.revisions[-50:]):
                old = Article(**arrival.article.shared_values())
                old.headline = headline[:200] or old.headline
                old.body = self._body(convert(text, lone_addresses=True), story)
                said = snapshot(old, bylines=[], tags=[])
                said |= {
                    "bylines": [{"author_id": author.pk, "role": role} for author, role in arrival.bylines]
                }
                said["tags"] = sorted(tag.name for tag in arrival.tags)
                name = _("as it was on %(day)s") % {
                    "day": f"{moment:%Y-%m-%d %H:%M}" if moment else number + 1
                }
                rows.append(
                    Revision(
                        article=arrival.article,
                        version=0,
                        snapshot=said,
                        reason=Revision.Reason.REFUSED,
                        name=name,
                        made_by=self.options.by,
                    )
                )
        Revision.objects.bulk_create(rows)

    def _story(self, story, new, again):
        """Put a new story on the list `new`, or bring one that is here up to date."""
        row = self.origins.get(STORY, story.id)
        body = convert(story.html, lone_addresses=story.lone_addresses)
        arrival = self._arrival(story, body)
        digest = digest_of(self._values(arrival))
        if not again:
            self._count(story, body)
        if row is None:
            new.append((story, arrival, digest))
            return
        kind = _kind(story)
        article = Article.objects.filter(pk=row.object_id).first()
        if row.digest == digest:
            self.report.count(kind, "unchanged", not again)
        elif article is None:
            self.report.count(kind, "kept")
            self.report.note(story.where, _("was deleted here since; it stays away"))
        elif article.version != row.version or (self.options.drafts_only and article.versions.exists()):
            self.report.count(kind, "kept")
            self.report.note(story.where, _("was edited here since; the newer export is not taken"))
        else:
            self._update(story, article, arrival, digest)
            self.report.count(kind, "updated", not again)

    def _arrival(self, story, body):
        lead = self._picture(story.lead, story) if story.lead else None
        section = self.sections.of(story)
        said = [
            pk for pk in story.tags if pk in self.terms and not self.sections.is_only(self.terms[pk], section)
        ]
        article = Article(
            headline=self._fit(story, "headline", story.headline.strip() or _("Without a headline")),
            slug=self.plan.slugs[story.id],
            standfirst=self._fit(story, "standfirst", story.standfirst),
            section=section,
            body=self._body(body, story),
            embargo=story.embargo,
            lead_image_id=lead,
            editors_note=self._fit(story, "editors_note", story.editors_note),
            seo_title=self._fit(story, "seo_title", story.seo_title),
            seo_description=self._fit(story, "seo_description", story.seo_description),
            canonical_url=self._canonical(story),
            state=Article.State.READY
            if story.public_from and not self.options.drafts_only
            else Article.State.DRAFT,
        )
        if lead:
            article.lead_alt = self._fit(story, "lead_alt", story.lead.alt)
            article.lead_caption = self._fit(story, "lead_caption", story.lead.caption)
            article.lead_credit = self._fit(story, "lead_credit", story.lead.credit)
        bylines = list(dict.fromkeys(self.people.get(pk) for pk in story.authors))
        tags = [self._tag_of(pk) for pk in said]
        if story.featured and self.options.mapping.featured:
            tags.append(self._featured())
        return Arrival(
            article=article,
            bylines=[(author, "") for author in bylines if author],
            tags=list({tag.pk: tag for tag in tags if tag}.values()),
            public_from=None if self.options.drafts_only else story.public_from,
        )

    def _canonical(self, story):
        """The address of the story's original on another site; "" when it is the original itself."""
        url = story.canonical.strip()
        if not url or self.plan.story_at(url) == story.id:
            return ""
        try:
            if self.plan.is_own(url):
                raise ValidationError(_("that is a page of the old site"))
            Article._meta.get_field("canonical_url").run_validators(url)
        except ValidationError as why:
            said = _("named %(url)s as its original, which was left out: %(why)s")
            self.report.note(story.where, said % {"url": url[:500], "why": " ".join(why.messages)})
            return ""
        return url

    def _featured(self):
        name = self.options.mapping.featured
        return Tag.objects.filter(name=name).first() or Tag.objects.create(
            name=name, slug=_free(make_slug(name) or "tag", Tag, 100)
        )

    def _fit(self, story, name, value):
        """`value` cut to what the field holds, with a sentence when that takes something away."""
        field = Article._meta.get_field(name)
        value = (
            value.replace("\x00", "")
            if field.get_internal_type() == "TextField"
            else " ".join(value.replace("\x00", "").split())
        )
        value = value.strip()
        if len(value) <= field.max_length:
            return value
        self.report.note(
            story.where,
            _("%(field)s is longer than %(most)d characters and was cut; it was: %(value)s")
            % {"field": field.verbose_name, "most": field.max_length, "value": value[:600]},
        )
        cut = value[: field.max_length - 1]
        return (cut.rpartition(" ")[0] if " " in cut[field.max_length // 2 :] else cut) + "…"

    def _body(self, body, story):
        return body.fill(
            picture=lambda one: self._picture(one, story),
            link=self.plan.link,
            card=lambda url: self._card(url, story),
        )

    def _picture(self, one, story):
        """The id of the Image of a picture, or None. What was written below one that did not come is in the report."""
        there = self.pictures.id_of(one, story.where)
        words = " ".join(filter(None, [one.caption, one.credit and f"({one.credit})"]))
        if there is None and words:
            self.report.note(
                story.where, _("has a picture less now; its caption was: %(words)s") % {"words": words}
            )
        return there

    def _card(self, url, story):
        there = self.plan.story_at(url)
        if there is None or there == story.id:
            return None
        if there not in self.articles:
            if story.id not in self.pointing:
                self.pointing.append(story.id)
            return None
        return self.articles[there]

    def _values(self, arrival):
        """All that makes the story what it is, for the hash."""
        values = arrival.article.shared_values()
        if not values["canonical_url"]:
            del values["canonical_url"]  # hashes are older than the field
        values["bylines"] = [author.pk for author, _role in arrival.bylines]
        values["embargo"] = arrival.article.embargo and arrival.article.embargo.isoformat()
        values["tags"] = sorted(tag.pk for tag in arrival.tags)
        values["public"] = arrival.public_from and arrival.public_from.isoformat()
        return values

    def _count(self, story, body: Body):
        self.report.lost.update(body.lost)
        self.report.changed.update(body.changed)
        for note in story.notes:
            self.report.note(story.where, note)
        if story.featured and not self.options.mapping.featured:
            self.report.leave_out(_("marks “featured”: the front page here follows the time"))

    def _update(self, story, article, arrival, digest):
        """Take over what a newer export says of a story that the desk left as it came."""
        for name, value in arrival.article.shared_values().items():
            if name not in ("slug", "kind", "read_more"):
                setattr(article, name, value)
        article.embargo = story.embargo or article.embargo
        with transaction.atomic():
            workflow.save(article=article, by=self.options.by, bylines=arrival.bylines, tags=arrival.tags)
            self._follow(story, article, arrival)
            self.origins.note(STORY, story.id, article, digest=digest, version=article.version)

    def _follow(self, story, article, arrival):
        """Readers see the newer words, too."""
        now = timezone.now()
        future = article.versions.filter(visible_from__gt=now).first()
        if article.versions.live(now).exists():
            kind = KindOfChange.TYPO if story.id in self.pointing else KindOfChange.UPDATE
            workflow.publish_past(article=article, at=now, by=self.options.by, kind=kind, checked=False)
            if arrival.public_from is None:
                self.report.note(
                    story.where, _("is no longer public there; here it is until you withdraw it")
                )
        elif arrival.public_from and arrival.public_from > now:
            workflow.schedule(article=article, at=arrival.public_from, by=self.options.by)
        elif future:
            workflow.cancel_schedule(article=article, by=self.options.by)
        if arrival.public_from and arrival.public_from <= now and not article.versions.exists():
            workflow.publish_past(article=article, at=arrival.public_from, by=self.options.by, checked=False)

    def _refuse(self, story, why):
        said = " ".join(why.messages) if isinstance(why, ValidationError) else str(why) or type(why).__name__
        self.report.refuse(_kind(story), story.where, said)


def _kind(story):
    return "page" if story.is_page else "story"


def _portrait(person):
    return PictureUse(src=person.portrait, alt=_("Portrait of %(name)s") % {"name": person.name})


def _links(author):
    return [[link.label, link.url] for link in author.links.all()]


def _free(slug, model, most=80):
    """`slug`, with a number behind it when another row of the model has it."""
    slug, number, base = slug[:most], 1, slug
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base[: most - len(str(number)) - 1]}-{number}"
    return slug


def _numbers(report):
    return {kind: dict(counts) for kind, counts in report.counts.items()}
