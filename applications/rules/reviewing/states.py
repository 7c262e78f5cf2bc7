"""Which verb is allowed in which state of a review round and of a review."""

from applications.enums import ReviewRoundState, ReviewState
from nextstep.transitions import Transition

OPEN_ROUND = Transition(
    before=frozenset({ReviewRoundState.PREPARING}),
    after=ReviewRoundState.OPEN,
    refusal="This review is open already.",
)
FREEZE = Transition(
    before=frozenset({ReviewRoundState.OPEN}),
    after=ReviewRoundState.FROZEN,
    refusal="Only the ranking of an open review can be frozen.",
)
UNFREEZE = Transition(
    before=frozenset({ReviewRoundState.FROZEN}),
    after=ReviewRoundState.OPEN,
    refusal="This ranking is not frozen.",
)
FINALISE = Transition(
    before=frozenset({ReviewState.OPEN}),
    after=ReviewState.FINAL,
    refusal="This review can no longer be made final.",
)
# Also from final: the scores stay on record and no longer count.
RECUSE = Transition(
    before=frozenset({ReviewState.OPEN, ReviewState.FINAL}),
    after=ReviewState.RECUSED,
    refusal="A conflict of interest is written down for this application already.",
)
