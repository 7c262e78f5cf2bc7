"""Which verb is allowed in which state of a review round."""

from applications.enums import ReviewRoundState
from nextstep.transitions import Transition

OPEN_ROUND = Transition(
    before=frozenset({ReviewRoundState.PREPARING}),
    after=ReviewRoundState.OPEN,
    refusal="This review is open already.",
)
