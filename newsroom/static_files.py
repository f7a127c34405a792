"""The files under /static/ as they are served: compressed beforehand, named by their content, stylesheets squeezed."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles.squeeze import squeezed

#: Our own; what others wrote keeps its comments, which say whose it is.
OURS = "css/"


class StaticFiles(CompressedManifestStaticFilesStorage):
    def _save(self, name, content):
        if name.startswith(OURS) and name.endswith(".css"):
            text = b"".join(content.chunks()).decode()
            content = ContentFile(squeezed(text).encode())
        return super()._save(name, content)
