"""Documents on the disk of this machine."""

from typing import NoReturn

from django.core.files.storage import FileSystemStorage

from nextstep.storage import refuse_address


class PrivateFiles(FileSystemStorage):
    """A folder that only the portal's own user reads."""

    def url(self, name: str | None) -> NoReturn:
        refuse_address()
