"""The picture library on the desk."""

from django.contrib import admin

from images.models import Image


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ["__str__", "caption", "credit"]
    search_fields = ["title"]
