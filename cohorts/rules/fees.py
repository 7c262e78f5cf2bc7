"""The letter about a withdrawal fee (domain.md, Other programmes): owed by the organisation, or agreed not to be."""

from datetime import date


def fee_letter(
    *, organisation: str, fellow: str, programme: str, pounds: int, left_on: date, waived_because: str = ""
) -> str:
    """The words of the letter; paragraphs are parted by an empty line."""
    day = f"{left_on.day} {left_on:%B %Y}"
    opening = [f"To {organisation or 'the organisation that released the participant'}", f"{programme}: {fellow}"]
    facts = f"{fellow} accepted a place on {programme} and withdrew on {day}."
    if waived_because:
        ending = (
            f"A withdrawal fee of £{pounds:,} would be owed. It is not, because extenuating circumstances have been "
            f"agreed: {waived_because}\n\nYou do not need to do anything."
        )
    else:
        ending = (
            f"When they took the place they signed that their organisation owes £{pounds:,} if they withdraw before "
            "the end without agreed extenuating circumstances. No such circumstances have been agreed.\n\n"
            f"Please arrange to pay £{pounds:,}. If there are circumstances that we do not know of, write to us."
        )
    return "\n\n".join([*opening, facts, ending])
