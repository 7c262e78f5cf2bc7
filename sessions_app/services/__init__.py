"""Every write about sessions and calendars."""

from sessions_app.services.feeds import make_feed, replace_feed, revoke_feed
from sessions_app.services.sessions import (
    cancel_session,
    change_session,
    create_session,
    publish_session,
    remove_session,
)

__all__ = [
    "cancel_session",
    "change_session",
    "create_session",
    "make_feed",
    "publish_session",
    "remove_session",
    "replace_feed",
    "revoke_feed",
]
