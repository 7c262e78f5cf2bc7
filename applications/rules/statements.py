"""What may become of a request for a supporting statement, and which documents can be asked for."""

from applications.enums import StatementState as State
from nextstep.transitions import Transition

# The kind of document, in programme files, that somebody else may write.
KIND = "supporting_statement"
MOST_ASKED = 8
MOST_WORDS = 1_500

_ANSWERED = "This request has been answered or withdrawn."

STATEMENT = {
    "send": Transition(before=frozenset({State.ASKED}), after=State.CAME, refusal=_ANSWERED),
    "decline": Transition(before=frozenset({State.ASKED}), after=State.DECLINED, refusal=_ANSWERED),
    # What came was no good: it can be sent again.
    "ask_again": Transition(
        before=frozenset({State.CAME}), after=State.ASKED, refusal="There is nothing to send again."
    ),
    "withdraw": Transition(
        before=frozenset({State.ASKED, State.CAME}), after=State.WITHDRAWN, refusal="This request is over already."
    ),
}
