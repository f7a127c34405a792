"""The conflict page: what a refused form says beside what somebody else saved, field by field and block by block."""

from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import merge, rendering
from articles.compare_body import chunks, lines_of
from articles.compare_words import apart
from articles.history import names_in
from articles.models import Article
from articles.moments import hour
from articles.people import full_name
from articles.widgets import as_attribute


def side_by_side(form, bylines):
    """What the conflict part of the form's page shows: only what differs between `form` and the stored story.

    `bylines` are the Bylines that the form says. Every field comes with its input as each side would fill it, so
    that a module can put either into the form.
    """
    stored = Article.objects.get(pk=form.instance.pk)
    base = stored.revisions.filter(version=form.opened).exclude(reason="refused").first()
    theirs_form = type(form)(instance=stored)
    fields = [
        {
            "name": name,
            "label": form.fields[name].label,
            **_apart(_shown(form.instance, name), _shown(stored, name)),
            "mine_input": form[name],
            "theirs_input": theirs_form[name],
            "untouched": _is_untouched(base, column, getattr(form.instance, column)),
        }
        for name, column in _columns(form)
        if getattr(stored, column) != getattr(form.instance, column)
    ]
    return {
        "by": form.other or _("you yourself"),
        "at": hour(stored.saved_at),
        "fields": fields + _tags(form, theirs_form, stored),
        **_byline(bylines, list(stored.bylines.select_related("author")), base),
        "rows": _rows(form.instance.body, stored.body, base and base.snapshot["body"]),
    }


def _is_untouched(base, column, mine):
    """Whether the form says what its page began with; unknown, so no, of what revisions do not hold."""
    return base is not None and column in base.snapshot and base.snapshot[column] == mine


def _apart(mine, theirs):
    """{"mine", "theirs"}: two values, in each the words that the other does not have marked."""
    return dict(zip(["mine", "theirs"], apart(escape(mine), escape(theirs)), strict=True))


def _columns(form):
    """(name, column) of the story's fields that the form shows and understood, without the body."""
    fields = Article._meta.concrete_fields
    shown = [field for field in fields if field.name in form.cleaned_data and field.name != "body"]
    return [(field.name, field.attname) for field in shown]


def _shown(article, name):
    """A field's value in words."""
    if name == "read_more":
        headlines = Article.objects.in_bulk(article.read_more)
        return "; ".join(headlines[pk].headline for pk in article.read_more if pk in headlines)
    if display := getattr(article, f"get_{name}_display", None):
        return display()
    value = getattr(article, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "assignee":
        return full_name(value) if value else ""
    return hour(value) if name == "embargo" and value else value or ""


def _tags(form, theirs_form, stored):
    mine, theirs = sorted(form.cleaned_data.get("tags", [])), sorted(stored.tags.names())
    if mine == theirs:
        return []
    inputs = {"mine_input": form["tags"], "theirs_input": theirs_form["tags"]}
    words = _apart(", ".join(mine), ", ".join(theirs))
    return [{"name": "tags", "label": form.fields["tags"].label, **words, **inputs}]


def _byline(mine, theirs, base):
    """{"people", "order"}: each author of either side with what the sides say, and the order where it differs.

    `people` are rows for the form's inputs in JSON, of authors on whom both agree too, because a module puts the
    byline together from all of them. `order` is None where those who stand on both sides stand alike.
    """
    sides = {"mine": _numbered(mine), "theirs": _numbered(theirs)}
    before = base and {row["author_id"]: row["role"] for row in base.snapshot["bylines"]}
    common = {
        side: [pk for pk in rows if all(pk in other for other in sides.values())]
        for side, rows in sides.items()
    }
    places = {
        "mine": _merged(sides["mine"], sides["theirs"]),
        "theirs": _merged(sides["theirs"], sides["mine"]),
    }
    people = []
    for pk in places["mine"]:
        rows = {side: sides[side].get(pk) for side in sides}
        known = rows["mine"] or rows["theirs"]
        people.append(
            {
                "name": known["name"],
                **{side: row and _named(row) for side, row in rows.items()},
                "same": rows["mine"] == rows["theirs"],
                "untouched": before is not None and before.get(pk) == (rows["mine"] and rows["mine"]["role"]),
                "rows": as_attribute({**rows, "place": {side: places[side].index(pk) for side in places}}),
            }
        )
    if common["mine"] == common["theirs"]:
        return {"people": people, "order": None}
    names = {side: ", ".join(sides[side][pk]["name"] for pk in common[side]) for side in sides}
    old = [pk for pk in before or () if pk in common["mine"]]
    return {"people": people, "order": {**names, "untouched": before is not None and old == common["mine"]}}


def _numbered(bylines):
    """{author id: what the form's inputs say} in the order of the byline."""
    return {
        row.author_id: {"author": str(row.author_id), "name": row.author.name, "role": row.role}
        for row in bylines
    }


def _named(row):
    return f"{row['name']} ({row['role']})" if row["role"] else row["name"]


def _merged(first, second):
    """All authors in the order of `first`; who stands only in `second` follows the one they follow there."""
    order, before = list(first), None
    for pk in second:
        if pk not in first:
            order.insert(order.index(before) + 1 if before else 0, pk)
        before = pk
    return order


def _rows(mine, theirs, base):
    """The aligned blocks as the page shows them; empty when the texts are the same."""
    if mine == theirs:
        return []
    before = None if base is None else set(merge.split(base))
    names = names_in([{"body": mine}, {"body": theirs}])
    return [_row(row, before, names) for row in merge.align(mine, theirs)]


def _row(row, before, names):
    """One place of the text; `before` are the blocks of the text that both began with, None when it is not known."""
    if row.same:
        return {"mine": row.mine, "theirs": row.theirs, "same": True}  # the module needs it, nobody sees it
    mine_shown, theirs_shown = apart(_drawn(row.mine, names), _drawn(row.theirs, names))
    mine_is_old = before is not None and (row.mine in before if row.mine else row.theirs not in before)
    return {
        "mine": row.mine,
        "theirs": row.theirs,
        "same": False,
        "mine_shown": mine_shown,
        "theirs_shown": theirs_shown,
        "untouched": mine_is_old,
    }


def _drawn(block, names):
    """A block as safe HTML: words as they are, a picture, card or embed by its name and its own words."""
    chunk = next(iter(chunks(block)), None)
    if chunk and chunk.reference:
        return format_html_join("", "<p>{}</p>", ((line,) for line in lines_of(chunk, names)))
    return mark_safe(rendering.clean(block))  # noqa: S308 (just cleaned)
