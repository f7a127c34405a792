"""Where everything is mounted. Articles come last, because their address is any single word."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import TemplateView

from articles import preview_links
from articles.sitemaps import SITEMAPS, index, news
from articles.views import public
from images.serving import upload
from newsroom import views

urlpatterns = [
    path("admin/account/", include("newsroom.account_urls")),
    path("admin/second-factor/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("uploads/<path:path>", upload, name="upload"),
    path(
        "robots.txt",
        public(TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
        name="robots",
    ),
    path("sitemap.xml", public(index), name="sitemap"),
    path(
        "sitemap-<section>.xml",
        public(sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("news-sitemap.xml", public(news), name="news-sitemap"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("preview/<str:secret>/", preview_links.show, name="preview"),
    path("", include("articles.urls")),
]

handler404 = "articles.views.page_not_found"
handler500 = "newsroom.failures.server_error"
