"""EMAIL_URL: one address that says how e-mail leaves the newsroom."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends."
#: scheme: (usual port, settings that choose the encryption)
SERVERS = {
    "smtp": (587, {"EMAIL_USE_TLS": True}),  # begins in the clear and changes to TLS at once
    "smtps": (465, {"EMAIL_USE_SSL": True}),
    "smtp+plain": (25, {}),
}


def mail_settings(url):
    """Django's mail settings for an address like smtp://user:password@host:587. "" sends nothing.

    console: prints to standard output; file:/folder writes one file for each sending.
    Raises ImproperlyConfigured for anything else.
    """
    if not url:
        return {"EMAIL_BACKEND": f"{BACKENDS}dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{BACKENDS}console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": f"{BACKENDS}filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in SERVERS or not parts.hostname:
        # The address itself may hold a password, and this message ends up in logs.
        raise ImproperlyConfigured(
            "EMAIL_URL is not understood. deploy/env.example shows what it may look like: smtp://user:password@host:587"
        )
    port, encryption = SERVERS[parts.scheme]
    return {
        "EMAIL_BACKEND": f"{BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        **encryption,
    }
