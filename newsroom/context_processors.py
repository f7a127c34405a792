"""What every page knows about the site. Constants only: a query here would be paid on every page.

Readers' pages say over them what the chief has set (`{% the_paper %}`).
"""

from django.conf import settings


def site(request):
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_url": settings.SITE_URL,
    }
