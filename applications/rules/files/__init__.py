"""Documents that applicants send: what is accepted, and why a file is refused. Content decides, not the name."""

from applications.rules.files.inspection import MOST_BYTES, inspect
from applications.rules.files.names import safe_name
from applications.rules.files.outcome import FileRefused, Inspected

__all__ = ["MOST_BYTES", "FileRefused", "Inspected", "inspect", "safe_name"]
