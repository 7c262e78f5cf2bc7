"""Which verb is allowed in which state of a project, an assessment and a panel's results."""

from nextstep.transitions import Transition
from qip.enums import AssessmentState, ProjectState, ResultsState

SUBMIT_PROJECT = Transition(
    before=frozenset({ProjectState.DRAFT}),
    after=ProjectState.SUBMITTED,
    refusal="This project has been submitted already, or has been withdrawn.",
)
WITHDRAW_PROJECT = Transition(
    before=frozenset({ProjectState.DRAFT, ProjectState.SUBMITTED}),
    after=ProjectState.WITHDRAWN,
    refusal="This project has been withdrawn already.",
)
FINALISE = Transition(
    before=frozenset({AssessmentState.OPEN}),
    after=AssessmentState.FINAL,
    refusal="These scores can no longer be made final: they are final already, or you declared a conflict.",
)
# Also from final: the scores stay for the audit and no longer count.
RECUSE = Transition(
    before=frozenset({AssessmentState.OPEN, AssessmentState.FINAL}),
    after=AssessmentState.RECUSED,
    refusal="You have declared a conflict of interest with this project already.",
)
LEAVE_OUT = Transition(
    before=frozenset({AssessmentState.OPEN}),
    after=AssessmentState.LEFT_OUT,
    refusal="Only scores that are not final can be left out.",
)
AWARD = Transition(
    before=frozenset({ResultsState.OPEN}),
    after=ResultsState.AWARDED,
    refusal="The bursaries have been awarded already.",
)
PASS_ON = Transition(
    before=frozenset({ResultsState.AWARDED}),
    after=ResultsState.OPEN,
    refusal="Award the free bursary first: it goes to the next in order.",
)
