"""What may become of a session."""

from nextstep.transitions import Transition
from sessions_app.enums import SessionState

PUBLISH = Transition(
    before=frozenset({SessionState.DRAFT}),
    after=SessionState.PUBLISHED,
    refusal="Only a draft can be published.",
)
CANCEL = Transition(
    before=frozenset({SessionState.PUBLISHED}),
    after=SessionState.CANCELLED,
    refusal="Only a session that people have been told of can be cancelled.",
)
