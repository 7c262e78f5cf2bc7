"""Which verb is allowed in which state of a review round and of a review."""

from applications.enums import ReviewRoundState, ReviewState
from nextstep.transitions import Transition

OPEN_ROUND = Transition(
    before=frozenset({ReviewRoundState.PREPARING}),
    after=ReviewRoundState.OPEN,
    refusal="This review is open already.",
)
RECUSE = Transition(
    before=frozenset({ReviewState.OPEN}),
    after=ReviewState.RECUSED,
    refusal="A conflict of interest is written down for this application already.",
)
