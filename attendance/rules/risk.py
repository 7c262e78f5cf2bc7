"""Whom to look at before it is too late."""

from attendance.enums import Risk
from attendance.rules.standing import RequirementStanding, Standing


def risk_of(standing: Standing) -> Risk:
    """The most urgent thing about a standing."""
    if standing.failed:
        return Risk.FAILED
    if any(_used_up(one) for one in standing.requirements):
        return Risk.NONE_LEFT
    return Risk.TO_DECIDE if standing.before_joining else Risk.FINE


def _used_up(one: RequirementStanding) -> bool:
    """The fellow has missed as many as they may, and there is more to attend."""
    return one.missed > 0 and one.misses_left == 0 and not one.reached
