"""People, and the pages of words, in the admin."""

from nextstep.accounts.admin.content import ContentPageAdmin
from nextstep.accounts.admin.people import PersonAdmin

__all__ = ["ContentPageAdmin", "PersonAdmin"]
