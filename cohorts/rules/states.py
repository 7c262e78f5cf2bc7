"""What may become of a fellow's place, and of the fee for leaving it."""

from cohorts.enums import FeeState, PlaceState
from nextstep.transitions import Transition

GRADUATE = Transition(
    before=frozenset({PlaceState.ACTIVE}),
    after=PlaceState.GRADUATED,
    refusal="Only a fellow who is on the programme can graduate.",
)
LEAVE = Transition(
    before=frozenset({PlaceState.ACTIVE}),
    after=PlaceState.WITHDRAWN,
    refusal="Only a fellow who is on the programme can withdraw from it.",
)
WAIVE_FEE = Transition(before=frozenset({FeeState.OWED}), after=FeeState.WAIVED, refusal="This fee is waived already.")
