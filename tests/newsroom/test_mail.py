"""EMAIL_URL in words that Django understands."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.mail import mail_settings


@pytest.mark.parametrize(
    ("url", "backend", "expected"),
    [
        ("", "dummy", {}),
        ("console:", "console", {}),
        ("file:/var/lib/news%20room/mail", "filebased", {"EMAIL_FILE_PATH": "/var/lib/news room/mail"}),
        (
            "smtp://me%40example.org:p%3Aw%40@mail.example.org",
            "smtp",
            {
                "EMAIL_HOST": "mail.example.org",
                "EMAIL_PORT": 587,
                "EMAIL_HOST_USER": "me@example.org",
                "EMAIL_HOST_PASSWORD": "p:w@",
                "EMAIL_USE_TLS": True,
            },
        ),
        ("smtps://mail.example.org:4650", "smtp", {"EMAIL_PORT": 4650, "EMAIL_USE_SSL": True}),
        ("smtp+plain://localhost", "smtp", {"EMAIL_PORT": 25, "EMAIL_HOST_USER": ""}),
    ],
)
def test_one_address_says_how_mail_leaves(url, backend, expected):
    """Server, port, encryption and account; signs in a password are unquoted; an empty one sends nothing."""
    found = mail_settings(url)
    assert found["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
    assert found.items() >= expected.items()
    assert not {"EMAIL_USE_TLS", "EMAIL_USE_SSL"} <= found.keys()


@pytest.mark.parametrize("url", ["mail.example.org", "smtp://", "imap://user:secret@host", "file:"])
def test_what_is_not_understood_stops_the_start_and_betrays_no_password(url):
    """A guess could send passwords in the clear, or nothing for weeks."""
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is not understood") as error:
        mail_settings(url)
    assert "secret" not in str(error.value)
