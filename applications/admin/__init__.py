"""The team's side of applications: the list, one application on one page, decisions."""

from applications.admin.applications import ApplicationAdmin

__all__ = ["ApplicationAdmin"]
