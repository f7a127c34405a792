"""Filling in the desk's forms as a browser does: with everything that the page already holds."""

from django.urls import reverse


def admin(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


def filled(client, address, **changes):
    """What the form at `address` would send if only `changes` were typed; None leaves a field out."""
    context = client.get(address).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    data = {}
    for form in forms:
        for field in form:
            data |= sent(field)
    return {name: value for name, value in (data | changes).items() if value is not None}


def sent(field):
    """{name: value} of one field of a page."""
    value, widget = field.value(), field.field.widget
    if hasattr(widget, "decompress"):
        return {f"{field.html_name}_{n}": str(part or "") for n, part in enumerate(widget.decompress(value))}
    if isinstance(value, bool):
        return {field.html_name: "on"} if value else {}
    return {field.html_name: widget.format_value(value) if hasattr(widget, "format_value") else value or ""}


def errors_of(response):
    """The errors of the story form, {field: [sentences]}, and those of the byline."""
    assert response.status_code == 200
    formset = response.context["inline_admin_formsets"][0].formset
    byline = [*formset.non_form_errors(), *(str(errors) for errors in formset.errors if errors)]
    return response.context["adminform"].form.errors, byline
