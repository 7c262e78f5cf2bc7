"""The test suite: fast, strict, on SQLite or on the server that DATABASE_URL names."""

import os

from nextstep.settings.base import *  # noqa: F403
from nextstep.settings.base import DATABASES, INSTALLED_APPS, MIDDLEWARE, VAR_DIR

SECRET_KEY = "only-for-tests-" + "t" * 50
ALLOWED_HOSTS = ["*"]
SITE_URL = "http://portal.test"
# A test that needs a scanner starts its own.
CLAMD_URL = ""
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Whatever REDIS_URL says: tests that want Redis ask for it by marker, and parallel runs must not share a cache.
REDIS_URL = ""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# What a test wrote must show on the next page that it reads.
PUBLIC_PAGE_SECONDS = 0

# A request that asks the same question of each row fails its test. It counts the third: tests of lists have three rows.
INSTALLED_APPS = ["nextstep.demo", *INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_NPLUSONE_THRESHOLD = 3

# TEST_DATABASE keeps runs that share a machine apart. The first process of a run chooses, its workers inherit.
TEST_RUN = os.environ.setdefault("TEST_DATABASE", f"nextstep_{os.getpid()}")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: measured, 35 of 40 concurrent writes failed on a shared database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{TEST_RUN}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{TEST_RUN}"}
    # A test database is dropped at the end: no connection may outlive its request.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
