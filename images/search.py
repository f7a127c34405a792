"""The index of the library's search: the words of every picture, written with each save."""

from images.word_index import WordIndex

INDEX = WordIndex("images_search", "image_id")

#: The fields of a picture whose words find it.
SEARCHED = ("title", "caption", "credit", "alt_text", "keywords", "people", "place")
BATCH = 500


def index(image):
    """Write one picture's words."""
    INDEX.write([(image.pk, _text(image))], using=image._state.db or "default")


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of pictures. `apps`: the registry, or a migration's."""
    images = apps.get_model("images", "Image").objects.using(using).only(*SEARCHED).order_by("pk")
    INDEX.empty(using=using)
    done = last = 0
    while batch := list(images.filter(pk__gt=last)[:BATCH]):
        INDEX.write([(image.pk, _text(image)) for image in batch], using=using)
        done, last = done + len(batch), batch[-1].pk
    return done


def _text(image):
    return "\n".join(getattr(image, name) for name in SEARCHED)
