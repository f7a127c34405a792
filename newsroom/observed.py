"""The layers by which operators see what the site does. Without their settings there are none."""

from django.conf import settings

from newsroom.log_lines import RequestIds
from newsroom.metrics import Metrics


def observed(app):
    if settings.METRICS_TOKEN:
        app = Metrics(app, folder=settings.VAR_DIR / "metrics", token=settings.METRICS_TOKEN)
    if settings.LOG_FORMAT == "json":
        app = RequestIds(app)
    return app
