from nextstep.accounts.models.content_page import ContentPage
from nextstep.accounts.models.held_post import HeldPost
from nextstep.accounts.models.user import User, UserManager, UserQuerySet

__all__ = ["ContentPage", "HeldPost", "User", "UserManager", "UserQuerySet"]
