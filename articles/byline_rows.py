"""The byline's rows in the story form, matched with the database by author.

Autosave may have written rows that the page still holds as new, or deleted some that the page still numbers. An
author stands in a byline once, so the author says which row is meant, whatever ids the page knew.
"""

from django.forms import BaseInlineFormSet


class MatchedByAuthor(BaseInlineFormSet):
    """Rows of a byline; what was posted is brought into line with the rows that the database has now."""

    def __init__(self, data=None, files=None, instance=None, prefix=None, **kwargs):
        prefix = prefix or self.get_default_prefix()
        if data is not None and instance is not None and instance.pk:
            data = _matched(data, dict(instance.bylines.values_list("author_id", "pk")), prefix)
        super().__init__(data, files, instance=instance, prefix=prefix, **kwargs)


def _matched(data, stored, prefix):
    """`data` with the posted rows renumbered: those of `stored` {author id: row id} first, then the new ones."""
    posted = data.get(f"{prefix}-TOTAL_FORMS", "")
    if not (posted.isdecimal() and int(posted) < 1000):
        return data  # the formset says what is wrong with it
    known, new = {}, []
    for number in range(int(posted)):
        row = _take(data, f"{prefix}-{number}-")
        author = row.get("author", "")
        author = int(author) if author.isdecimal() else None
        if "DELETE" in row or not any(row.get(name) for name in ("author", "role")):
            continue
        if author in stored and author not in known:
            known[author] = row | {"id": stored[author]}
        else:
            new.append(row | {"id": ""})
    for author in stored.keys() - known.keys():
        known[author] = {"id": stored[author], "author": author, "role": "", "position": 0, "DELETE": "on"}
    matched = data.copy()
    for name in [name for name in data if name.startswith(f"{prefix}-") and name.count("-") > 1]:
        del matched[name]
    rows = [*known.values(), *new]
    for number, row in enumerate(rows):
        for name, value in row.items():
            matched[f"{prefix}-{number}-{name}"] = str(value)
    matched[f"{prefix}-INITIAL_FORMS"] = str(len(known))
    matched[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    return matched


def _take(data, prefix):
    return {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}


def written(formset):
    """The bylines that a checked formset says, in order; rows that say nothing or nothing valid are left out."""
    rows = [
        form.instance
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
    return sorted((row for row in rows if row.author_id), key=lambda row: row.position or 0)
