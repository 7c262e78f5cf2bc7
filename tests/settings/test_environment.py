"""Each setting of the environment: what it takes, what it refuses, and that the refusal names it in one line."""

from pathlib import Path

import pytest

from nextstep.settings.catalogue import SETTINGS
from nextstep.settings.environment import CANNOT_START, demand_for_production, demand_redis, environment
from nextstep.settings.table import markdown

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "0123456789" * 5,
    "ALLOWED_HOSTS": "portal.example.nhs.uk",
    "SITE_URL": "https://portal.example.nhs.uk",
    "DATABASE_URL": "postgres://name:secret@127.0.0.1:5432/nextstep",
    "EMAIL_URL": "smtp+tls://name:secret@127.0.0.1:587",
    "DEFAULT_FROM_EMAIL": "Next Step <nextstep@example.nhs.uk>",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment with none of the settings."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)


@pytest.fixture
def given(monkeypatch):
    """given(NAME="value"): the environment that comes of it."""

    def read(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return environment(BASE_DIR)

    return read


def refusal(capsys, action, *arguments, **named):
    with pytest.raises(SystemExit) as end:
        action(*arguments, **named)
    assert end.value.code == CANNOT_START
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    return line


def test_a_laptop_needs_nothing(given):
    env = given()
    assert env.database["NAME"] == str(BASE_DIR / "var" / "nextstep.sqlite3")
    assert (env.redis_url, env.port, env.site_url, env.email) == ("", 8000, "http://127.0.0.1:8000", {})
    assert (env.debug, env.second_factor_demanded_of, env.trusted_proxy_count) == (False, [], 0)


def test_an_empty_value_is_no_value(given):
    assert given(PORT="", REDIS_URL=" ").port == 8000


@pytest.mark.parametrize(
    ("name", "written", "attribute", "value"),
    [
        ("PORT", "8080", "port", 8080),
        ("PORT", "8080", "site_url", "http://127.0.0.1:8080"),
        ("SITE_URL", "https://portal.example.nhs.uk/", "site_url", "https://portal.example.nhs.uk"),
        ("ALLOWED_HOSTS", "a.nhs.uk, .b.nhs.uk", "allowed_hosts", ["a.nhs.uk", ".b.nhs.uk"]),
        ("CSRF_TRUSTED_ORIGINS", "https://a.nhs.uk", "csrf_trusted_origins", ["https://a.nhs.uk"]),
        ("REDIS_URL", "rediss://:secret@cache:6380/1", "redis_url", "rediss://:secret@cache:6380/1"),
        ("REDIS_URL", "unix:///run/redis.sock", "redis_url", "unix:///run/redis.sock"),
        ("DEBUG", "Yes", "debug", True),
        ("DEBUG", "off", "debug", False),
        ("SECOND_FACTOR_DEMANDED_OF", "owner, judge", "second_factor_demanded_of", ["owner", "judge"]),
        ("DEFAULT_FROM_EMAIL", "a@localhost", "default_from_email", "a@localhost"),
        ("MAIL_KEPT_DAYS", "1", "mail_kept_days", 1),
    ],
)
def test_what_is_written_is_read(given, name, written, attribute, value):
    assert getattr(given(**{name: written}), attribute) == value


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8000.5"),
        ("SITE_URL", "portal.example.nhs.uk"),
        ("SITE_URL", "https://portal.example.nhs.uk/path"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://portal.example.nhs.uk:port"),
        ("ALLOWED_HOSTS", "https://portal.example.nhs.uk"),
        ("ALLOWED_HOSTS", "portal.example.nhs.uk:8000"),
        ("CSRF_TRUSTED_ORIGINS", "portal.example.nhs.uk"),
        ("DATABASE_URL", "mysql://127.0.0.1/nextstep"),
        ("DATABASE_URL", "nextstep"),
        ("DATABASE_URL", "postgres://127.0.0.1:5432"),
        ("DATABASE_URL", "postgres://127.0.0.1:port/nextstep"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "http://127.0.0.1:6379"),
        ("EMAIL_URL", "mail.example.nhs.uk"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.nhs.uk:post"),
        ("EMAIL_PROVIDER", "pigeon"),
        ("EMAIL_PROVIDER_OPTIONS", "POSTMARK_SERVER_TOKEN=x"),
        ("EMAIL_PROVIDER_OPTIONS", "[1]"),
        ("DEFAULT_FROM_EMAIL", "Next Step"),
        ("DEFAULT_FROM_EMAIL", "a@b"),
        ("MAIL_KEPT_DAYS", "0"),
        ("SECOND_FACTOR_DEMANDED_OF", "owner,king"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_THREADS", "many"),
        ("FILES_DIR", "files"),
        ("AWS_S3_ENDPOINT_URL", "s3.example.nhs.uk"),
        ("DEBUG", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_malformed_value_is_refused_in_one_line_that_names_it(given, capsys, name, written):
    line = refusal(capsys, given, **{name: written})
    assert line.startswith(f"Cannot start: {name} must be ")
    assert f"For example: {name}=" in line


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("DATABASE_URL", "mysql://name:sesame@127.0.0.1/nextstep"),
        ("REDIS_URL", "http://:sesame@127.0.0.1"),
        ("EMAIL_URL", "post://name:sesame@127.0.0.1"),
        ("EMAIL_PROVIDER_OPTIONS", "sesame"),
    ],
)
def test_a_refusal_never_repeats_a_password(given, capsys, name, written):
    assert "sesame" not in refusal(capsys, given, **{name: written})


def test_production_starts_with_what_it_demands(given):
    demand_for_production(given(**PRODUCTION))


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_does_not_start_without(given, capsys, name):
    rest = {other: value for other, value in PRODUCTION.items() if other != name}
    assert refusal(capsys, demand_for_production, given(**rest)).startswith(f"Cannot start: {name} is missing.")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("SECRET_KEY", "x" * 49),
        ("SECRET_KEY", "x" * 80),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://portal.example.nhs.uk"),
        ("DEBUG", "true"),
    ],
)
def test_production_refuses_what_suits_a_laptop_alone(given, capsys, name, written):
    line = refusal(capsys, demand_for_production, given(**{**PRODUCTION, name: written}))
    assert line.startswith(f"Cannot start: {name} must be ")


@pytest.mark.parametrize(
    ("processes", "redis_url", "starts"),
    [(1, "", True), (2, "", False), (2, "redis://127.0.0.1:6379/0", True)],
)
def test_several_processes_need_redis(capsys, processes, redis_url, starts):
    if starts:
        demand_redis(processes, redis_url)
    else:
        assert refusal(capsys, demand_redis, processes, redis_url).startswith("Cannot start: REDIS_URL is missing.")


def test_production_counts_its_processes(given, capsys):
    env = given(**PRODUCTION, WEB_CONCURRENCY="2")
    assert refusal(capsys, demand_for_production, env).startswith("Cannot start: REDIS_URL is missing.")


def test_sqlite_takes_the_write_lock_at_once(given):
    options = given(DATABASE_URL="sqlite:////srv/nextstep.sqlite3").database["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_keeps_its_connections_and_its_own_options(given):
    database = given(DATABASE_URL="postgres://127.0.0.1/nextstep?sslmode=require").database
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (600, True)
    prepared = {"server_side_binding": True, "prepare_threshold": 5}
    assert database["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require", **prepared}


def test_a_mail_server(given):
    email = given(EMAIL_URL="smtp+tls://name:pass%2Fword@mail.example.nhs.uk:587").email
    assert email == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST": "mail.example.nhs.uk",
        "EMAIL_HOST_PASSWORD": "pass/word",
        "EMAIL_HOST_USER": "name",
        "EMAIL_PORT": 587,
        "EMAIL_TIMEOUT": 15,
        "EMAIL_USE_TLS": True,
    }


def test_a_mail_service(given):
    env = given(EMAIL_PROVIDER="postmark", EMAIL_PROVIDER_OPTIONS='{"POSTMARK_SERVER_TOKEN": "t"}')
    assert env.email == {
        "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
        "ANYMAIL": {"IGNORE_UNSUPPORTED_FEATURES": True, "POSTMARK_SERVER_TOKEN": "t"},
    }


def test_files_lie_on_the_disk_unless_a_bucket_is_named(given):
    assert given(FILES_DIR="/srv/files").file_storage["OPTIONS"]["location"] == "/srv/files"
    storage = given(AWS_STORAGE_BUCKET_NAME="bucket", AWS_S3_REGION_NAME="eu-west-2").file_storage
    assert storage["BACKEND"] == "nextstep.storage.bucket.PrivateBucket"
    assert (storage["OPTIONS"]["bucket_name"], storage["OPTIONS"]["access_key"]) == ("bucket", None)


def test_a_key_without_its_secret_is_refused(given, capsys):
    line = refusal(capsys, given, AWS_STORAGE_BUCKET_NAME="bucket", AWS_ACCESS_KEY_ID="key")
    assert line.startswith("Cannot start: AWS_SECRET_ACCESS_KEY must be set together")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_tells_what_it_does_and_takes_its_own_example(setting):
    assert setting.about.endswith(".")
    assert setting.example
    if setting.name not in {"SECRET_KEY", "EMAIL_PROVIDER_OPTIONS"}:
        setting.kind.read(setting.example)
    if setting.default:
        setting.kind.read(setting.default)


def test_readme_has_the_table_of_settings():
    assert markdown() in BASE_DIR.joinpath("README.md").read_text(), (
        "Renew the table of settings in README.md: python -m nextstep.settings.table"
    )
