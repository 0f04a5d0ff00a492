"""Django's settings for a desk; what differs from desk to desk comes from its home and environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from troth.web.config.home import default_home

HOME = default_home()
WEB = Path(__file__).resolve().parents[1]

SECRET_KEY = HOME.secret("session")
DIGEST_KEY = bytes.fromhex(HOME.secret("digest"))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("TROTH_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
#: Behind a proxy that speaks HTTPS, cookies are sent over HTTPS alone.
SECURE = os.environ.get("TROTH_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "troth.web.ui",
    "troth.web.parties",
    "troth.web.accounts",
    "troth.web.ledger",
    "troth.web.people",
    "troth.web.guidance",
    "troth.web.team",
    "troth.web.setup",
    "troth.web.directory",
    "troth.web.promises",
    "troth.web.touch",
    "troth.web.api",
    "troth.web.relations",
    "troth.web.today",
    "troth.web.imports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "troth.web.ui.middleware.ReaderMiddleware",
    "troth.web.ui.middleware.HeadersMiddleware",
    "axes.middleware.AxesMiddleware",
    "troth.web.ledger.middleware.FaultMiddleware",
]
ROOT_URLCONF = "troth.web.config.urls"
WSGI_APPLICATION = "troth.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "troth.web.ui.context.reader",
                "troth.web.accounts.navigation.nav",
                "troth.web.promises.waiting.notices",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(HOME.database),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # How long a step waits for another program's before it says that the desk is busy.
            "timeout": float(os.environ.get("TROTH_LOCK_SECONDS", "20")),
            "transaction_mode": "IMMEDIATE",
            # FULL: what was acknowledged outlives a power cut, not only the process.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;"
                # A page that a bulk changes again and again is carried over once, not each time.
                "PRAGMA wal_autocheckpoint=16000;"
                # So that REPLACE, too, meets the guards of rows that must stay.
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False

TASKS = {
    "default": {
        "BACKEND": os.environ.get("TROTH_TASKS", "django_tasks_db.DatabaseBackend"),
    }
}

#: How long a file may be read for before it is stopped.
IMPORT_SECONDS = float(os.environ.get("TROTH_IMPORT_SECONDS", "600"))

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en"

STATIC_URL = "static/"
STATIC_ROOT = HOME.path / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = HOME.uploads
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "troth.web.imports.quota.QuotaHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "troth.web.ui.errors.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE and os.environ.get("TROTH_HOSTS"):
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
