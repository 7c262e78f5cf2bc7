"""Documents in S3 or a service like it."""

from typing import Any, NoReturn

from botocore.config import Config
from storages.backends.s3 import S3Storage

from nextstep.storage import refuse_address


class PrivateBucket(S3Storage):
    """A bucket that nobody reads but the portal."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "default_acl": None,
            # boto3 adds checksums since 1.36 that services other than Amazon's refuse.
            "client_config": Config(
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=30,
            ),
        }

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> NoReturn:
        refuse_address()
