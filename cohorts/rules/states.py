"""What may become of a fellow's place."""

from cohorts.enums import PlaceState
from nextstep.transitions import Transition

GRADUATE = Transition(
    before=frozenset({PlaceState.ACTIVE}),
    after=PlaceState.GRADUATED,
    refusal="Only a fellow who is on the programme can graduate.",
)
