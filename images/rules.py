"""Who may do what to a picture, where Django's four permissions do not say it all."""

from datetime import timedelta

from django.utils import timezone

#: For so long an upload is the uploader's own business: time to see that the picture was there already.
FRESH = timedelta(hours=1)


def is_fresh_own(user, image):
    """Whether this person uploaded the picture a moment ago."""
    return image.uploaded_by_id == user.pk and timezone.now() - image.uploaded_at < FRESH


def may_take_back(user, image):
    """Delete the picture: those who may delete any, and whoever just uploaded it."""
    return user.has_perm("images.delete_image") or is_fresh_own(user, image)
