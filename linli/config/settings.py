"""The one settings file, read top to bottom. Everything a site may choose comes from LINLI_* variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from linli.config import database, keys
from linli.sample.day import DAY as SAMPLE_DAY

HOME = Path(os.environ.get("LINLI_HOME", Path.cwd() / "var")).resolve()
# sample: the packaged sample community; production: refuses what is unsafe; test: set by the test run.
MODE = os.environ.get("LINLI_MODE", "test" if "pytest" in sys.modules else "sample")
DEBUG = os.environ.get("LINLI_DEBUG", "") == "1"

KEYS = keys.read(HOME, mode=MODE)
SECRET_KEY = KEYS.session
ALLOWED_HOSTS = [
    h for h in os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",") if h
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LINLI_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *[
        f"linli.{room}"
        for room in (
            "trail", "finding", "places", "people", "records", "rulebook", "notices", "cases",
            "disclosure", "services", "grievances", "projects", "evaluation", "reports", "sample", "look", "portal", "desk",
        )
        if (Path(__file__).parent.parent / room / "apps.py").exists()
    ],
]  # fmt: skip

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.config.policy.ContentSecurityPolicy",
    "linli.config.policy.OneRulebook",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.look.reader.ReaderMiddleware",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.look.reader.page",
            ],
            "builtins": ["linli.look.templatetags.linli"],
        },
    }
]

DATABASES = {"default": database.read(os.environ.get("LINLI_DATABASE_URL", ""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = ["linli.people.signing.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("LINLI_HTTPS", "") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("LINLI_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LINLI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LINLI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINLI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINLI_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_SMTP_FROM", "linli@localhost")

# Error pages and logs never carry request bodies, cookies or personal values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LINLI_LOG_LEVEL", "WARNING")},
}
LINLI_DIGEST = os.environ.get("LINLI_DIGEST", "sha256")
# The sample's day is frozen (2026-03-02 is inside its year of records); a production site has no such day.
LINLI_FROZEN_DAY = os.environ.get("LINLI_FROZEN_DAY", SAMPLE_DAY.isoformat() if MODE == "sample" else "")
