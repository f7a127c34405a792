"""Settings: one file, safe by default, every value that differs between machines from the environment.

deploy/env.example documents each variable. Without LOCAL_TRIAL=yes this is a production site, and it
refuses to start until the values it cannot guess are there. `make run` and `make test` set LOCAL_TRIAL.
"""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env

from articles.embeds import FRAME_ORIGINS
from newsroom.mail import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False, override=False)

# --- What kind of site this is ---------------------------------------------------------------------------

LOCAL_TRIAL = env.bool("LOCAL_TRIAL", False)
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")

if not LOCAL_TRIAL:
    missing = [name for name in ("SECRET_KEY", "SITE_URL") if not env.str(name, "")]
    if missing:
        raise ImproperlyConfigured(
            f"This newsroom is not configured yet. Missing from the environment: {', '.join(missing)}. "
            "deploy/env.example explains each. To try the newsroom on your own machine instead, use `make run` "
            "or set LOCAL_TRIAL=yes."
        )


def trial_secret_key():
    """The secret of a local trial: made once, kept in var/ so that sign-ins survive a restart."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (
            suppress(FileExistsError),
            open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as new,
        ):
            new.write(get_random_secret_key())
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", "") or trial_secret_key()
DEBUG = False

# --- The site, as readers know it ------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", "The Tidewick Lantern" if LOCAL_TRIAL else "Newsroom")
SITE_TAGLINE = env.str("SITE_TAGLINE", "News from the estuary" if LOCAL_TRIAL else "")


def trial_url():
    """Where a local trial is reached: at its own address, or here when it listens on all of them."""
    host = env.str("HOST", "") or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (read, not bound)
    return f"http://[{host}]:{PORT}" if ":" in host else f"http://{host}:{PORT}"


PORT = env.str("PORT", "") or "8000"
SITE_URL = (env.str("SITE_URL", "") or trial_url()).rstrip("/")

# A trial answers to whatever name this machine is reached by; a production site only to its own.
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", [])] or (
    ["*"] if LOCAL_TRIAL else [urlsplit(SITE_URL).hostname]
)

# The WebSub hub that feeds name, for those who want to be told of new items instead of asking.
FEED_HUB = env.str("FEED_HUB", "")

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Applications ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "newsroom.apps.NewsroomAdminConfig",
    "moving",
    "articles",
    "authors",
    "images",
    "pagecache",
    "log",
    "taggit",
    "django_prose_editor",
    "js_asset",
    "csp",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compression pads each answer differently, so the ETag must be made before it, further in.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.middleware.SessionLimitsMiddleware",
    "newsroom.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
            ],
        },
    },
]

# Widgets of our own have templates of their own, among the others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TAGGIT_CASE_INSENSITIVE = True

# --- The desk's rules ------------------------------------------------------------------------------------

FOUR_EYES = env.bool("FOUR_EYES", False)
CHECK_LEVELS = env.dict("CHECK_LEVELS", {})

# --- E-mail ----------------------------------------------------------------------------------------------

# A trial writes its e-mail into files; elsewhere nothing is sent until EMAIL_URL says through which server.
trial_mail = f"file:{VAR_DIR / 'mail'}" if LOCAL_TRIAL else ""
vars().update(mail_settings(env.str("EMAIL_URL", "") or trial_mail))
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "") or f"newsroom@{urlsplit(SITE_URL).hostname}"

# --- Data ------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"
    )
}
# A connection serves many requests: opening one takes longer than most questions. 0 opens one for each request.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while the desk writes; IMMEDIATE takes the write lock at once, so that two
    # writers queue instead of failing with "database is locked"; FULL keeps commits over a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }

# Counters that every server process shares, such as failed sign-ins. Without CACHE_URL they are a table of the
# database, made by `manage.py prepare`.
CACHE_URL = env.str("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# Finished pages in front of the site: docs/decisions/0060-a-page-keeps-its-questions.md. Bytes in each server
# process, and in var/pages, which the processes share.
PAGE_CACHE = env.bool("PAGE_CACHE", True)
PAGE_CACHE_MEMORY = env.int("PAGE_CACHE_MEMORY", 16 * 1024 * 1024)
PAGE_CACHE_DISK = env.int("PAGE_CACHE_DISK", 256 * 1024 * 1024)

# --- Work in the background ------------------------------------------------------------------------------

# Pictures are encoded in a thread of the server's processes, or with PICTURE_WORKER=yes in a process of its own:
# `manage.py build_renditions --wait`. docs/decisions/0031-renditions-in-the-background.md has the reasons.
TASKS = {
    "default": {
        "BACKEND": "newsroom.background.OneThread",
        "OPTIONS": {"here": not env.bool("PICTURE_WORKER", False)},
    }
}

# --- Files -----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Readers get renditions from MEDIA_ROOT; what was uploaded stays in originals/, which no address serves.
MEDIA_URL = "uploads/"
MEDIA_ROOT = VAR_DIR / "uploads"
ORIGINALS_ROOT = VAR_DIR / "originals"

# The private key that signs the list of files of `export_site`; made at the first export.
EXPORT_KEY = env.path("EXPORT_KEY", VAR_DIR / "export-key.pem")

WHITENOISE_ALLOW_ALL_ORIGINS = False

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINALS_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "newsroom.static_files.StaticFiles"},
}

# A picture is decoded only when it is smaller than both limits; images/validators.py explains the numbers.
MAX_PICTURE_BYTES = 40 * 1024 * 1024
MAX_PICTURE_PIXELS = 50_000_000
# An hour of speech, or a few minutes of film. The file is read into memory whole when it comes in.
MAX_RECORDING_BYTES = 64 * 1024 * 1024

# The module that tells the picture library in which stories a picture stands; images/ itself knows no story.
PICTURE_STORIES = "articles.picture_stories"

# So many days before a picture's rights end the desk's front page and the library say so.
RIGHTS_SOON_DAYS = env.int("RIGHTS_SOON_DAYS", 14)

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The page of new pictures has 200 rows of six fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500

# --- Security --------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# --- Sign-in: newsroom/accounts.py holds what allauth is told in code -------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

ACCOUNT_ADAPTER = "newsroom.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SESSION_REMEMBER = False  # the browser forgets at its end; newsroom.middleware counts the hours
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by the chief
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail because a stranger typed an address
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

MFA_ADAPTER = "newsroom.accounts.SecondFactorAdapter"
MFA_FORMS = {"authenticate": "newsroom.accounts.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey alone signs in, so it must be more than possession
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_TRIAL
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a clock that is up to 30 seconds off still signs in
MFA_TOTP_ISSUER = SITE_NAME

SECOND_FACTOR_REQUIRED = not LOCAL_TRIAL

# Seconds without a request, and seconds after the sign-in, whichever comes first.
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # newsroom/sessions.py ends sessions in its table
SESSION_IDLE_AGE = 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60

# --- Security of every answer -----------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

if not LOCAL_TRIAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    behind_proxy = env.bool("BEHIND_PROXY", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    ALLAUTH_TRUSTED_PROXY_COUNT = 1 if behind_proxy else 0  # whose X-Forwarded-For a throttle counts by
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# No inline script or style anywhere. A nonce appears only where a page asks for one: the admin's editor does,
# for its import map. A public page never does, because a nonce in a cached page would be shared by all.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": FRAME_ORIGINS,
    }
}

# --- Logging and metrics ---------------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", "plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it can be plain or json.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_queries": {"()": "newsroom.log_lines.WithoutQueries"}},
    "formatters": {"plain": {}, "json": {"()": "newsroom.log_lines.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["without_queries"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    # The server's own lines, as soon as the application is loaded.
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "propagate": False}},
}

# Whoever sends it may read /metrics; without it there is no such address.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN can be guessed: it needs 20 characters or more.")
