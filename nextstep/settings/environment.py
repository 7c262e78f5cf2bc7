"""The environment, read once, typed and checked: a wrong value stops the start with one line that names it.

`catalogue.py` lists the settings; this gathers what base.py needs, and production.py calls `demand_for_production`.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from nextstep.settings.catalogue import SETTINGS, Setting

# gunicorn's arbiter stops for good when a worker ends with 3, where it would start another for any other status.
CANNOT_START = 3


@dataclass(frozen=True)
class Environment:
    secret_key: str
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    site_url: str
    trusted_proxy_count: int
    database: dict[str, Any]
    cache: dict[str, Any]
    redis_url: str
    port: int
    web_concurrency: int
    web_threads: int
    email: dict[str, Any]
    default_from_email: str
    mail_kept_days: int
    second_factor_demanded_of: list[str]
    file_storage: dict[str, Any]
    clamd_url: str
    debug: bool
    log_level: str


def environment(base_dir: Path) -> Environment:
    """Read the settings of this machine from the environment, with defaults that suit a laptop."""
    given = {setting.name: _value(setting) for setting in SETTINGS}
    redis_url = given["REDIS_URL"] or ""
    return Environment(
        secret_key=given["SECRET_KEY"],
        allowed_hosts=given["ALLOWED_HOSTS"],
        csrf_trusted_origins=given["CSRF_TRUSTED_ORIGINS"] or [],
        site_url=given["SITE_URL"] or f"http://127.0.0.1:{given['PORT']}",
        trusted_proxy_count=given["TRUSTED_PROXY_COUNT"],
        database=_database(given["DATABASE_URL"], base_dir),
        cache=_cache(redis_url),
        redis_url=redis_url,
        port=given["PORT"],
        web_concurrency=given["WEB_CONCURRENCY"],
        web_threads=given["WEB_THREADS"],
        email=_email(given),
        default_from_email=given["DEFAULT_FROM_EMAIL"],
        mail_kept_days=given["MAIL_KEPT_DAYS"],
        second_factor_demanded_of=given["SECOND_FACTOR_DEMANDED_OF"] or [],
        file_storage=_file_storage(given, base_dir),
        clamd_url=given["CLAMD_URL"] or "",
        debug=given["DEBUG"],
        log_level=given["LOG_LEVEL"],
    )


def demand_for_production(env: Environment) -> None:
    """Stop unless everything is given that a server must not guess."""
    for setting in SETTINGS:
        if setting.demanded and not os.environ.get(setting.name):
            stop(f"{setting.name} is missing. {setting.about} For example: {setting.name}={setting.example}")
    if not env.email:
        stop("EMAIL_URL is missing. Set it, or EMAIL_PROVIDER, so that mail can be sent.")
    if len(env.secret_key) < 50 or len(set(env.secret_key)) < 5:
        stop("SECRET_KEY must be 50 random characters or more.")
    if "*" in env.allowed_hosts:
        stop("ALLOWED_HOSTS must be the portal's own host names: * would answer to any.")
    if not env.site_url.startswith("https://"):
        stop("SITE_URL must be an address that begins with https://.")
    if env.debug:
        stop("DEBUG must be false or not set: its pages show secrets.")
    demand_redis(env.web_concurrency, env.redis_url)


def demand_redis(processes: int, redis_url: str) -> None:
    """Stop where several processes would each have a cache, and limits on sign-in, of their own."""
    if processes > 1 and not redis_url:
        stop(f"REDIS_URL is missing. {processes} web processes need a cache in common; or set WEB_CONCURRENCY=1.")


def stop(line: str) -> NoReturn:
    """End this process with one line for the person who started it."""
    sys.stderr.write(f"Cannot start: {line}\n")
    raise SystemExit(CANNOT_START)


def _value(setting: Setting) -> Any:
    # Compose files and the like hand over an empty text for what is not set.
    written = os.environ.get(setting.name, "").strip() or setting.default
    if written is None:
        return None
    try:
        return setting.kind.read(written)
    except ValueError as error:
        stop(f"{setting.name} must be {error}. For example: {setting.name}={setting.example}")


def _database(database: dict[str, Any] | None, base_dir: Path) -> dict[str, Any]:
    if database is None:
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(base_dir / "var" / "nextstep.sqlite3")}
    if database["ENGINE"].endswith("sqlite3"):
        # Measured: with SQLite's defaults 115 of 900 concurrent writes failed as locked, with these none.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return {**database, "OPTIONS": options}
    # A server that does not answer is told within seconds, not after the two minutes of TCP. Statements are prepared
    # after a few uses: measured, planning the same joins anew took up to four fifths of the database's time.
    options = {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5, **database.get("OPTIONS", {})}
    return {**database, "OPTIONS": options, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def _cache(redis_url: str) -> dict[str, Any]:
    if redis_url:
        backend = "django.core.cache.backends.redis.RedisCache"
        return {"BACKEND": backend, "LOCATION": redis_url, "KEY_PREFIX": "nextstep"}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def _email(given: Mapping[str, Any]) -> dict[str, Any]:
    """Django's own settings for mail, or none where the environment gives neither server nor service."""
    if given["EMAIL_PROVIDER"]:
        return {
            "EMAIL_BACKEND": f"anymail.backends.{given['EMAIL_PROVIDER']}.EmailBackend",
            # Services take no calendar as an alternative of the words; it still goes as a file.
            "ANYMAIL": {"IGNORE_UNSUPPORTED_FEATURES": True, **(given["EMAIL_PROVIDER_OPTIONS"] or {})},
        }
    if given["EMAIL_URL"]:
        server = {name: value for name, value in given["EMAIL_URL"].items() if name.startswith("EMAIL_")}
        return {**server, "EMAIL_TIMEOUT": 15}
    return {}


def _file_storage(given: Mapping[str, Any], base_dir: Path) -> dict[str, Any]:
    if not given["AWS_STORAGE_BUCKET_NAME"]:
        folder = given["FILES_DIR"] or base_dir / "var" / "files"
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "nextstep.storage.disk.PrivateFiles", "OPTIONS": {"location": str(folder), **modes}}
    if bool(given["AWS_ACCESS_KEY_ID"]) != bool(given["AWS_SECRET_ACCESS_KEY"]):
        stop("AWS_SECRET_ACCESS_KEY must be set together with AWS_ACCESS_KEY_ID, or neither.")
    return {
        "BACKEND": "nextstep.storage.bucket.PrivateBucket",
        "OPTIONS": {
            "bucket_name": given["AWS_STORAGE_BUCKET_NAME"],
            "region_name": given["AWS_S3_REGION_NAME"],
            "endpoint_url": given["AWS_S3_ENDPOINT_URL"],
            "access_key": given["AWS_ACCESS_KEY_ID"],
            "secret_key": given["AWS_SECRET_ACCESS_KEY"],
        },
    }
