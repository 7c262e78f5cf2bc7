"""What may become of an application and of an offer: the transitions, as tables."""

from applications.enums import ApplicationState as State
from applications.enums import DecisionKind, OfferState, ReleaseState
from nextstep.transitions import Transition

_UNDECIDED = frozenset({State.SUBMITTED, State.RESERVE})

APPLICATION = {
    "submit": Transition(
        before=frozenset({State.DRAFT}),
        after=State.SUBMITTED,
        refusal="Only a draft can be submitted.",
    ),
    "withdraw": Transition(
        before=_UNDECIDED | {State.OFFERED},
        after=State.WITHDRAWN,
        refusal="This application cannot be withdrawn now.",
    ),
    "reopen": Transition(
        before=frozenset({State.WITHDRAWN}),
        after=State.DRAFT,
        refusal="Only a withdrawn application can be reopened.",
    ),
    "undo_withdrawal": Transition(
        before=frozenset({State.WITHDRAWN}),
        after=State.SUBMITTED,
        refusal="Only a withdrawal can be undone.",
    ),
    # A decision can be changed while no offer is open; a lapsed or declined offer can be made again.
    "offer": Transition(
        before=_UNDECIDED | {State.NOT_SELECTED, State.OFFER_DECLINED, State.OFFER_LAPSED},
        after=State.OFFERED,
        refusal="A place can be offered only to somebody who has applied and holds no offer.",
    ),
    "reserve": Transition(
        before=frozenset({State.SUBMITTED, State.NOT_SELECTED}),
        after=State.RESERVE,
        refusal="Only a submitted application can be put on the reserve list.",
    ),
    "decline": Transition(
        before=_UNDECIDED,
        after=State.NOT_SELECTED,
        refusal="Only a submitted application, or one on the reserve list, can be declined.",
    ),
    "accept_offer": Transition(
        before=frozenset({State.OFFERED}), after=State.ACCEPTED, refusal="There is no open offer to accept."
    ),
    "decline_offer": Transition(
        before=frozenset({State.OFFERED}), after=State.OFFER_DECLINED, refusal="There is no open offer to decline."
    ),
    "lapse_offer": Transition(
        before=frozenset({State.OFFERED}), after=State.OFFER_LAPSED, refusal="There is no open offer to lapse."
    ),
    "undo_decline": Transition(
        before=frozenset({State.OFFER_DECLINED}),
        after=State.OFFERED,
        refusal="You can no longer undo this: the place can go to somebody else.",
    ),
}

_OPEN = frozenset({OfferState.OPEN})

OFFER = {
    "accept": Transition(before=_OPEN, after=OfferState.ACCEPTED, refusal="You have answered this offer already."),
    "decline": Transition(before=_OPEN, after=OfferState.DECLINED, refusal="You have answered this offer already."),
    "lapse": Transition(before=_OPEN, after=OfferState.LAPSED, refusal="This offer is no longer open."),
    "undo_decline": Transition(
        before=frozenset({OfferState.DECLINED}),
        after=OfferState.OPEN,
        refusal="You can no longer undo this: the place can go to somebody else.",
    ),
    "withdraw": Transition(before=_OPEN, after=OfferState.WITHDRAWN, refusal="This offer is no longer open."),
}

# Which transition carries out what the team decided.
DECIDES = {
    DecisionKind.OFFER: APPLICATION["offer"],
    DecisionKind.RESERVE: APPLICATION["reserve"],
    DecisionKind.NOT_SELECTED: APPLICATION["decline"],
}

_PLANNED = frozenset({ReleaseState.PLANNED})

RELEASE = {
    "carry_out": Transition(before=_PLANNED, after=ReleaseState.DONE, refusal="This release is over already."),
    "refuse": Transition(before=_PLANNED, after=ReleaseState.REFUSED, refusal="This release is over already."),
    "cancel": Transition(
        before=_PLANNED, after=ReleaseState.CANCELLED, refusal="Only a release that is still to come can be cancelled."
    ),
}
