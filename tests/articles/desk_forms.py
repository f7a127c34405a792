"""Filling in the desk's forms as a browser does: with everything that the page already holds."""

from django.forms import CheckboxInput
from django.urls import reverse


def admin(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


def filled(client, address, **changes):
    """What the form at `address` would send if only `changes` were typed; None leaves a field out."""
    data = on_page(client.get(address)) | changes
    return {name: value for name, value in data.items() if value is not None}


def on_page(response):
    """What the story form on a page says."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    data = {}
    for form in forms:
        for field in form:
            data |= sent(field)
    return data


def sent(field):
    """{name: value} of one field of a page."""
    value, widget = field.value(), field.field.widget
    if hasattr(widget, "decompress"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {f"{field.html_name}_{n}": str(part or "") for n, part in enumerate(parts)}
    if isinstance(widget, CheckboxInput):
        return {field.html_name: "on"} if value else {}
    if hasattr(widget, "format_value"):
        value = widget.format_value(value)
    return {field.html_name: "".join(value) if isinstance(value, list) else value or ""}


def errors_of(response):
    """The errors of the story form, {field: [sentences]}, and those of the byline."""
    assert response.status_code == 200
    formset = response.context["inline_admin_formsets"][0].formset
    byline = [*formset.non_form_errors(), *(str(errors) for errors in formset.errors if errors)]
    return response.context["adminform"].form.errors, byline
