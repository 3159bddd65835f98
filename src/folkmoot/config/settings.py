"""Django's settings, every one of them decided by the environment (docs/running/settings.md lists the variables)."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from folkmoot import __version__
from folkmoot.config import env
from folkmoot.config.sign_in_providers import sign_in_providers

PACKAGE = Path(__file__).resolve().parents[1]
VERSION = __version__

# Where everything of this installation lives

_root = env.path("FOLKMOOT_DATA", "var", "Folder of the database, uploaded files and keys.")
_sample_wish = env.choice(
    "FOLKMOOT_SAMPLE",
    ("0", "1", "auto"),
    "auto",
    "Serve the sample community (1), never (0), or only until a community of one's own exists (auto).",
)
_own_database_exists = (
    bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")) or (_root / "folkmoot.sqlite3").exists()
)
SAMPLE = _sample_wish == "1" or (_sample_wish == "auto" and not _own_database_exists)
# The sample has a data folder of its own, so that taking it away touches nothing else.
DATA_FOLDER = _root / "sample" if SAMPLE else _root
DATABASE_FILE = DATA_FOLDER / "folkmoot.sqlite3"
BACKUP_FOLDER = env.path(
    "FOLKMOOT_BACKUPS",
    str(DATA_FOLDER / "backups"),
    "Folder into which `folkmoot backup` writes; best on another disk.",
    shown="backups in the data folder",
)


def _secret_key() -> str:
    given = env.secret("FOLKMOOT_SECRET_KEY", "Signs cookies and links; made once in the data folder when unset.")
    if given:
        if len(given) < 32:
            raise env.BadSetting("FOLKMOOT_SECRET_KEY", "it must have at least 32 characters.")
        return given
    file = DATA_FOLDER / "keys" / "secret_key"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            # Written aside and then linked, so that nobody ever reads half a key, and the first one counts.
            aside = file.with_name(f"secret_key.{secrets.token_hex(4)}")
            with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(48))
            with contextlib.suppress(FileExistsError):
                os.link(aside, file)
            aside.unlink()
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise env.BadSetting(
            "FOLKMOOT_DATA", f"the folder {DATA_FOLDER} cannot be written ({error.strerror}); name another."
        ) from None


def _old_secret_keys() -> list[str]:
    name = "FOLKMOOT_OLD_SECRET_KEYS"
    keys = (
        env.secret(name, "Secret keys of before, parted by spaces; what was made with them still works.") or ""
    ).split()
    if any(len(key) < 32 for key in keys):
        raise env.BadSetting(name, "each of them must have at least 32 characters.")
    return keys


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = _old_secret_keys()
DEBUG = env.boolean("FOLKMOOT_DEBUG", False, "Show details of errors in the browser; never on a public address.")

# Where it is reached

HOST = env.text("HOST", "127.0.0.1", "Address on which to listen.")
PORT = env.integer("PORT", 8000, "Port on which to listen.", least=1, most=65535)
PUBLIC_ADDRESS = env.web_address(
    "FOLKMOOT_ADDRESS", f"http://localhost:{PORT}", "Address at which people reach it; used in feeds and mails."
)
SECURE = PUBLIC_ADDRESS.startswith("https://")
ALLOWED_HOSTS = [
    PUBLIC_ADDRESS.split("://")[1].rsplit(":", 1)[0].strip("[]").lower(),
    "localhost",
    "127.0.0.1",
    "[::1]",
    *env.words("FOLKMOOT_HOSTS", (), "Further host names under which it answers."),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if SECURE else []
PROXIES = env.integer("FOLKMOOT_PROXIES", 0, "Number of own proxies in front that set X-Forwarded-*.", least=0, most=9)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
WEB_PROCESSES = env.integer("FOLKMOOT_WEB_PROCESSES", 1, "Web processes.", least=1, most=64)
WEB_THREADS = env.integer("FOLKMOOT_WEB_THREADS", 4, "Threads of one web process.", least=1, most=64)
LIVE_CONNECTIONS = env.integer(
    "FOLKMOOT_LIVE_CONNECTIONS",
    500,
    "Streams and web sockets of running calls that one web process keeps open.",
    least=10,
    most=10_000,
)
WORKER_PROCESSES = env.integer("FOLKMOOT_WORKERS", 1, "Worker processes started beside the web.", least=0, most=64)

REACHABLE_NETWORKS = env.networks(
    "FOLKMOOT_REACHABLE_NETWORKS",
    "Private networks in which foreign calendars may be asked for; none, unless you keep one inside.",
)

# What it is made of

INSTALLED_APPS = [
    "folkmoot.ui",
    "folkmoot.ledger",
    "folkmoot.organisation",
    "folkmoot.people",
    "folkmoot.notices",
    "folkmoot.groups",
    "folkmoot.calendar",
    "folkmoot.plan",
    "folkmoot.decisions",
    "folkmoot.meetings",
    "folkmoot.availability",
    "folkmoot.invitations",
    "folkmoot.live",
    "folkmoot.connections",
    "folkmoot.governance",
    "folkmoot.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # All of them are always installed, so that the addresses are the same everywhere; which are on is set below.
    "allauth.socialaccount",
    "allauth.socialaccount.providers.discord",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "folkmoot.config.health.HealthFirst",
    "folkmoot.ui.middleware.RefuseControlBytes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "folkmoot.people.sessions.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "folkmoot.ledger.middleware.RequestIdentity",
    "folkmoot.people.steward_mode.StewardMode",
    "folkmoot.desk.viewing.ViewingAs",
    "folkmoot.people.middleware.ReaderZone",
    "folkmoot.groups.middleware.OldAddresses",
    "folkmoot.ui.middleware.RefusalPages",
    "folkmoot.people.middleware.SignInRests",
    "folkmoot.people.middleware.GoingOn",
    "folkmoot.people.middleware.ProofFirst",
]

ROOT_URLCONF = "folkmoot.config.urls"
WSGI_APPLICATION = "folkmoot.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "folkmoot.organisation.context.organisation",
            ],
            "builtins": ["folkmoot.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {
    "default": env.database(
        "DATABASE_URL", DATABASE_FILE, "Database; SQLite in the data folder when unset, or postgresql://…."
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.secret("REDIS_URL", "Redis or Valkey, needed as soon as there is more than one web process.")
if WEB_PROCESSES > 1 and not REDIS_URL:
    raise env.BadSetting("REDIS_URL", "several web processes share their limits through Redis; name one here.")


def _cache(most: int, redis: str = "django.core.cache.backends.redis.RedisCache") -> dict[str, Any]:
    if REDIS_URL:
        # A Redis that hangs must not hang the pages.
        return {
            "BACKEND": redis,
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 3},
        }
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": most}}


# Kept pages have a shelf of their own, so that they cannot push out the counts of failed sign-ins. Without Redis
# pages are made anew, while nobody can sign in: what counts attempts fails closed.
CACHES = {
    "default": {**_cache(20_000), "KEY_PREFIX": "folkmoot"},
    "pages": {
        **_cache(500, "folkmoot.organisation.shelf.PatientRedis"),
        "KEY_PREFIX": "folkmoot-pages",
        **({} if REDIS_URL else {"LOCATION": "pages"}),
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reactions", "mail"]}}

# People and sign-in

AUTH_USER_MODEL = "people.Person"
# Addresses are unique without regard to case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["folkmoot.people.signed_in.SignedInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "folkmoot.people.sign_in.AccountAdapter"
MFA_ADAPTER = "folkmoot.people.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "folkmoot.people.second_step.StepForm",
    "reauthenticate": "folkmoot.people.second_step.StepAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "folkmoot.people.forms.SignUpDetails"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "folkmoot.people.sign_in.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"signup": "folkmoot.people.sign_up.SignUpForm"}
SIGN_UPS_AN_HOUR = env.integer(
    "FOLKMOOT_SIGN_UPS_AN_HOUR",
    3,
    "Sign-ups within an hour from one network; those beyond wait for a steward.",
    least=1,
    most=1000,
)
# By network (an IPv4 address, or the /64 of an IPv6 address) and by account; windows of a minute and of an hour.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,60/h/ip,5/5m/key,20/h/key",
    # A workshop that was announced is not turned away at the door.
    "signup": f"{max(10, SIGN_UPS_AN_HOUR)}/m/ip,{max(40, SIGN_UPS_AN_HOUR)}/h/ip",
    "request_login_code": "20/m/ip,60/h/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,60/h/ip,3/m/key,10/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
}
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# Signing in with an account elsewhere: docs/decisions says why only unclaimed people are found by their address.
SOCIALACCOUNT_ADAPTER = "folkmoot.people.providers.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "folkmoot.people.sign_up.ProviderSignUpForm",
    "disconnect": "folkmoot.people.unlinking.UnlinkForm",
}
SOCIALACCOUNT_PROVIDERS = sign_in_providers()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

HELD_MAIL_DOMAINS = env.words(
    "FOLKMOOT_HELD_MAIL_DOMAINS",
    ("mailinator.com", "guerrillamail.*", "10minutemail.*", "yopmail.*", "tempmail.*", "temp-mail.*", "trashmail.*"),
    "Domains of addresses whose sign-ups wait for a steward; * stands for anything.",
)

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "__Host-folkmoot" if SECURE else "folkmoot"
CSRF_COOKIE_NAME = "__Host-folkmoot-csrf" if SECURE else "folkmoot-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "folkmoot.ui.views.wrong_token"
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# What a browser may do with our pages

SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# The browser's check that a form belongs to a page of ours needs the origin, not the path.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The first refuses what is too large before it is read; the last one may find the disk full.
FILE_UPLOAD_HANDLERS = [
    "folkmoot.people.incoming.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "folkmoot.people.incoming.OnDisk",
]
LARGEST_FILE = 1_000_000 * env.integer(
    "FOLKMOOT_LARGEST_FILE", 20, "Largest file that people may hand in, in MB.", least=1, most=200
)
FILES_A_DAY = 1_000_000 * env.integer(
    "FOLKMOOT_FILES_A_DAY", 200, "What one person may hand in within a day, in MB.", least=1, most=100_000
)

# Mail is written to the outbox in the sender's transaction and handed over by the worker.

EMAIL_BACKEND = "folkmoot.notices.outbox.OutboxBackend"
MAIL_SERVER = env.mail_server("SMTP_URL", "Mail server; without one the steward reads all mail on a local page.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FOLKMOOT_MAIL_FROM", "Folkmoot <folkmoot@localhost>", "Sender of mails.")
BOUNCE_ADDRESS = env.mail_address(
    "FOLKMOOT_BOUNCE_ADDRESS", "Address at which bounces and replies arrive; a signed +tag is added to it."
)
MAILDIR = env.optional_path("FOLKMOOT_MAILDIR", "Maildir into which the mail server delivers what arrives there.")
MAIL_BOX = env.mail_box("FOLKMOOT_IMAP_URL", "Mailbox that is asked by IMAP for what arrives; imaps://….")

# Words and time

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

# Files

STATIC_URL = "/static/"
STATIC_ROOT = env.path(
    "FOLKMOOT_STATIC", str(PACKAGE.parents[1] / "staticfiles"), "Folder of the collected static files."
)
STORAGES = {
    "default": {
        # Served by a view that asks who may see a file; no web server and no middleware shows this folder.
        "BACKEND": "folkmoot.people.kept_files.KeptFiles",
        "OPTIONS": {"location": str(DATA_FOLDER / "media")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

LOG_LEVEL = env.choice("FOLKMOOT_LOG", ("debug", "info", "warning", "error"), "info", "How much is written to the log.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"addresses": {"()": "folkmoot.config.logged_addresses.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["addresses"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "folkmoot": {"level": LOG_LEVEL.upper()},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
