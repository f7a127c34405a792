"""The one bridge between the editor's import map and the strict policy."""

from js_asset import Media


class NonceMediaMixin:
    """For a ModelAdmin whose form loads modules by name.

    An import map is an inline script, so the policy lets it run only with this response's nonce.
    """

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)
