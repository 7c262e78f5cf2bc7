"""What holds everywhere. Each value that may differ between machines is read by `environment`."""

from pathlib import Path

from nextstep.settings.accounts import *  # noqa: F403
from nextstep.settings.environment import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environment(BASE_DIR)

ROOT_URLCONF = "nextstep.urls"
WSGI_APPLICATION = "nextstep.wsgi.application"
CELERY_APP = "nextstep.celery"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

SECRET_KEY = env.secret_key
DEBUG = env.debug
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins
# The address people type, used in mails and calendar feeds; no trailing slash.
SITE_URL = env.site_url
# What the portal calls itself, at the top of pages and mails.
SERVICE_NAME = "Next Step"
# The logo is a trade mark: shown only once the owner is entitled to it.
NHS_LOGO = False
# Whether this is the demo, with its page of people, its mailbox and no second factor.
DEMO = False

INSTALLED_APPS = [
    "nextstep.portal.apps.PortalConfig",
    "nextstep.portal.apps.PortalAdminConfig",
    "applications",
    "attendance",
    "qip",
    "sessions_app",
    "cohorts",
    "nextstep.notifications",
    "nextstep.jobs",
    "nextstep.design",
    "nextstep.accounts",
    "nextstep.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before all that asks who is there: a kept page is for anybody.
    "nextstep.portal.page_cache.PublicPageCache",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nextstep.accounts.middleware.AccessMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

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
            ],
            "builtins": [
                "nextstep.design.templatetags.nhsuk",
                "crispy_forms.templatetags.crispy_forms_filters",
                "crispy_forms.templatetags.crispy_forms_tags",
            ],
        },
    }
]

DATABASES = {"default": env.database}

CACHES = {"default": env.cache}
# How long a process keeps a public page for people who are not signed in; 0 keeps none.
PUBLIC_PAGE_SECONDS = 15
REDIS_URL = env.redis_url

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = ["nextstep.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Whitenoise warns of a folder that is not there, and in the tests a warning is an error.
STATIC_ROOT.mkdir(exist_ok=True)
# Compiled from static/src by `python -m nextstep.design.build`.
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STORAGES = {
    "default": env.file_storage,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhsuk"]
CRISPY_TEMPLATE_PACK = "nhsuk"

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# EMAIL_BACKEND and the rest where the environment names a server or a service.
vars().update(env.email)
DEFAULT_FROM_EMAIL = env.default_from_email
# A sent message's words are erased after this many days; that it was sent stays known.
MAIL_KEPT_DAYS = env.mail_kept_days

# Roles that must sign in with an app or a passkey beside the code.
SECOND_FACTOR_DEMANDED_OF = env.second_factor_demanded_of

TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.trusted_proxy_count
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PORT = env.port
WEB_CONCURRENCY = env.web_concurrency
WEB_THREADS = env.web_threads

CELERY_BROKER_URL = env.redis_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Tasks are sweeps over rows: what is lost or doubled changes nothing, so nothing is stored and nothing is tried again.
CELERY_TASK_IGNORE_RESULT = True
# A message is off the queue once it is fetched: a worker that is killed loses the knocks in its hand, and the next
# sweep finds their rows. Measured, keeping a book of them in Redis cost the worker's parent half of its time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"ack_emulation": False}
# What is fetched ahead goes to whichever process is free, so that a long drain holds up nothing.
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_TASK_TIME_LIMIT = 4 * 60
# A database connection lives from task to task (nextstep/celery.py looks after it), renewed after so many. By default
# Celery connects anew for each: measured, 216 tasks a second.
CELERY_DB_REUSE_MAX = 10_000
CELERY_TIMEZONE = TIME_ZONE
# Beat remembers nothing between starts: the rows of jobs do.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level},
    # Django's own would write nothing at all unless DEBUG is on.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
