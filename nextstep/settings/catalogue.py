"""Every setting that the environment may give. README's table is made from this list (`manage.py settings_table`)."""

from dataclasses import dataclass

from nextstep.settings import kinds
from nextstep.settings.kinds import Kind

ROLES = ("owner", "administrator", "local_lead", "reviewer", "judge", "facilitator", "coach", "fellow", "applicant")
PROVIDERS = ("amazon_ses", "brevo", "mailgun", "mailjet", "mailtrap", "postmark", "resend", "scaleway", "sendgrid")


@dataclass(frozen=True)
class Setting:
    """`default` and `example` are written as in the environment. `default` None: nothing, the feature is off.

    `demanded`: production does not start without it.
    """

    name: str
    kind: Kind
    about: str
    default: str | None = None
    example: str = ""
    demanded: bool = False


SETTINGS = (
    Setting(
        "SECRET_KEY",
        kinds.TEXT,
        "Signs sessions and links: 50 random characters or more, the same for each process.",
        default="only-for-a-laptop-" + "x" * 50,
        example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
        demanded=True,
    ),
    Setting(
        "ALLOWED_HOSTS",
        kinds.HOSTS,
        "The host names under which people reach the portal.",
        default="*",
        example="portal.example.nhs.uk",
        demanded=True,
    ),
    Setting(
        "SITE_URL",
        kinds.ORIGIN,
        "The portal's own address, for links in mails and calendars. In production it begins with https://; "
        "on a laptop it is this machine's, with PORT.",
        example="https://portal.example.nhs.uk",
        demanded=True,
    ),
    Setting(
        "CSRF_TRUSTED_ORIGINS",
        kinds.ORIGINS,
        "Further addresses whose forms are accepted; seldom needed.",
        example="https://other.example.nhs.uk",
    ),
    Setting(
        "TRUSTED_PROXY_COUNT",
        kinds.whole_number(0, 10),
        "How many proxies of yours stand before the portal. They must set X-Forwarded-For and X-Forwarded-Proto.",
        default="0",
        example="1",
    ),
    Setting(
        "DATABASE_URL",
        kinds.DATABASE,
        "PostgreSQL in production; SQLite in `var/` by default.",
        example="postgres://name:password@127.0.0.1:5432/nextstep",
        demanded=True,
    ),
    Setting(
        "REDIS_URL",
        kinds.REDIS,
        "Redis, for the cache shared by processes, and for worker and beat. Needed for more than one process.",
        example="redis://127.0.0.1:6379/0",
    ),
    Setting("PORT", kinds.whole_number(1, 65535), "The port that the web server listens on.", "8000", "8080"),
    Setting(
        "WEB_CONCURRENCY",
        kinds.whole_number(1, 64),
        "How many web processes gunicorn starts. More than one needs REDIS_URL.",
        default="1",
        example="2",
    ),
    Setting("WEB_THREADS", kinds.whole_number(1, 64), "How many threads each web process has.", "4", "8"),
    Setting(
        "EMAIL_URL",
        kinds.MAIL_SERVER,
        "The mail server. Production demands this or EMAIL_PROVIDER.",
        example="smtp+tls://name:password@mail.example.nhs.uk:587",
    ),
    Setting(
        "EMAIL_PROVIDER",
        kinds.one_of(*PROVIDERS),
        "A mail service to use in place of a mail server, by django-anymail.",
        example="postmark",
    ),
    Setting(
        "EMAIL_PROVIDER_OPTIONS",
        kinds.OPTIONS,
        "What django-anymail needs for it.",
        example='{"POSTMARK_SERVER_TOKEN": "…"}',
    ),
    Setting(
        "DEFAULT_FROM_EMAIL",
        kinds.MAILBOX,
        "Who mails come from.",
        default="Next Step <nextstep@example.nhs.uk>",
        example="Next Step <nextstep@example.nhs.uk>",
        demanded=True,
    ),
    Setting(
        "MAIL_KEPT_DAYS",
        kinds.whole_number(1),
        "After how many days the words and address of a sent mail are erased.",
        default="90",
        example="30",
    ),
    Setting(
        "SECOND_FACTOR_DEMANDED_OF",
        kinds.some_of(*ROLES),
        "Roles that must sign in with an app or a passkey beside the code. "
        "In production owner, administrator and local_lead always must.",
        example="reviewer,judge",
    ),
    Setting(
        "FILES_DIR",
        kinds.FOLDER,
        "Where uploaded documents are kept, unless in S3; `var/files` by default. Back it up with the database.",
        example="/srv/nextstep/files",
    ),
    Setting(
        "AWS_STORAGE_BUCKET_NAME",
        kinds.TEXT,
        "A private S3 bucket for uploaded documents, in place of FILES_DIR.",
        example="nextstep-files",
    ),
    Setting("AWS_S3_REGION_NAME", kinds.TEXT, "The bucket's region.", example="eu-west-2"),
    Setting(
        "AWS_S3_ENDPOINT_URL",
        kinds.ORIGIN,
        "The address of a service that speaks S3 and is not Amazon's.",
        example="https://s3.example.nhs.uk",
    ),
    Setting(
        "AWS_ACCESS_KEY_ID",
        kinds.TEXT,
        "The key for the bucket; without it the machine's own role is used.",
        example="AKIA…",
    ),
    Setting("AWS_SECRET_ACCESS_KEY", kinds.TEXT, "The secret that belongs to the key.", example="…"),
    Setting(
        "CLAMD_URL",
        kinds.SCANNER,
        "ClamAV's clamd, which each uploaded document is sent to. While it does not answer, documents wait. "
        "Its StreamMaxLength must be 10 MB or more.",
        example="tcp://127.0.0.1:3310",
    ),
    Setting("DEBUG", kinds.YES_OR_NO, "Django's debug pages, on a laptop: production refuses it.", "false", "true"),
    Setting(
        "LOG_LEVEL",
        kinds.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much is written to the log.",
        default="INFO",
        example="WARNING",
    ),
)
