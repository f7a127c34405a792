"""The conflict page: what a refused form says beside what somebody else saved, field by field and block by block."""

from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from articles import merge, rendering
from articles.models import Article, Byline
from articles.moments import hour
from articles.people import full_name
from articles.widgets import as_attribute


def side_by_side(form, bylines):
    """What the conflict part of the form's page shows: only what differs between `form` and the stored story.

    `bylines` are the Bylines that the form says. Every field comes with its input as each side would fill it, so
    that a module can put either into the form.
    """
    stored = Article.objects.select_related("saved_by").get(pk=form.instance.pk)
    base = stored.revisions.filter(version=form.opened).exclude(reason="refused").first()
    theirs_form = type(form)(instance=stored)
    fields = [
        {
            "name": name,
            "label": form.fields[name].label,
            "mine": _shown(form.instance, name),
            "theirs": _shown(stored, name),
            "mine_input": form[name],
            "theirs_input": theirs_form[name],
            "untouched": base is not None and base.snapshot.get(column) == getattr(form.instance, column),
        }
        for name, column in _columns(form)
        if getattr(stored, column) != getattr(form.instance, column)
    ]
    return {
        "by": full_name(stored.saved_by),
        "at": hour(stored.saved_at),
        "fields": fields + _tags(form, theirs_form, stored),
        "byline": _byline(bylines, stored),
        "rows": _rows(form.instance.body, stored.body, base and base.snapshot["body"]),
    }


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
    if name == "assignee":
        return full_name(value) if value else ""
    return hour(value) if name == "embargo" and value else value or ""


def _tags(form, theirs_form, stored):
    mine, theirs = sorted(form.cleaned_data.get("tags", [])), sorted(stored.tags.names())
    if mine == theirs:
        return []
    inputs = {"mine_input": form["tags"], "theirs_input": theirs_form["tags"]}
    label = form.fields["tags"].label
    return [{"name": "tags", "label": label, "mine": ", ".join(mine), "theirs": ", ".join(theirs), **inputs}]


def _byline(bylines, stored):
    """Both bylines in words, and as rows for the form's inputs; None where they are the same."""
    theirs = list(stored.bylines.select_related("author"))
    sides = {"mine": bylines, "theirs": theirs}
    rows = {
        side: [
            {"author": str(row.author_id), "name": row.author.name, "role": row.role, "position": str(place)}
            for place, row in enumerate(people)
        ]
        for side, people in sides.items()
    }
    if rows["mine"] == rows["theirs"]:
        return None
    words = {
        side: ", ".join(f"{row['name']} ({row['role']})" if row["role"] else row["name"] for row in people)
        for side, people in rows.items()
    }
    return {"label": capfirst(Byline._meta.verbose_name_plural), "rows": as_attribute(rows), **words}


def _rows(mine, theirs, base):
    """The aligned blocks as the page shows them; empty when the texts are the same."""
    if mine == theirs:
        return []
    before = set(merge.split(base)) if base else set()
    return [
        {
            "mine": row.mine,
            "theirs": row.theirs,
            "same": row.same,
            "mine_shown": _drawn(row.mine),
            "theirs_shown": _drawn(row.theirs),
            "untouched": bool(row.mine) and row.mine in before,
        }
        for row in merge.align(mine, theirs)
    ]


def _drawn(block):
    """A block as safe HTML: words as they are, a picture, card or embed by its kind, number and own words."""
    named = rendering.references(block)
    if named:
        parts = [named[0].kind, *named[0].data.values()]
        return " · ".join(parts)
    return mark_safe(rendering.clean(block))  # noqa: S308 (just cleaned)
