"""The words that applicants put their name to."""

DECLARATION = (
    "The answers and documents I am sending are true and complete as far as I know, and are my own. "
    "I understand that a place can be withdrawn if they are not."
)
ACKNOWLEDGEMENT = "I understand that my answers do not meet every rule, and that I may not be offered a place."

_FEE = "If I withdraw before the end without agreed extenuating circumstances, my organisation owes £{:,}."


def commitment_words(dates: list[str], *, demands: list[str], fee_pounds: int | None) -> str:
    """What a fellow agrees to when they accept: the dates, leave, what must be attended, and any withdrawal fee.

    Paragraphs are parted by an empty line; the dates are a list, a "* " each.
    """
    words = ["I will take part in the programme, and apply for leave for its dates now."]
    if dates:
        words.append("\n".join(f"* {date}" for date in dates))
    if demands:
        words.append(f"The rules of the programme: {' '.join(demands)}")
    if fee_pounds:
        words.append(_FEE.format(fee_pounds))
    return "\n\n".join(words)
