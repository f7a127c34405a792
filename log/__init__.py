"""The log: one row for each act that somebody may have to answer for. It knows no story; everybody may import it.

    import log
    log.write("story.published", by=request.user, subject=article, text="...", data={"version": 7})

Call it inside the transaction of the act itself, as its last step: then neither exists without the other.
"""

from django.apps import apps as installed


def write(kind, *, by=None, subject=None, text="", data=None):
    """Append one entry and return it.

    `kind` is "thing.what-happened" ("story.published", "account.signed-in"), at most 60 characters. `by` is the
    account that acted; None is a stranger or the machine. `subject` is the saved object it is about, `text` a
    sentence for people, `data` anything JSON can say. Passwords, codes and tokens never belong in here.
    """
    return installed.get_model("log", "Entry").objects.append(
        kind, by=by, subject=subject, text=text, data=data
    )
