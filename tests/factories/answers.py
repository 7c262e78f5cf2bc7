"""Answers as a browser sends them."""


def posted(answers: dict[str, str]) -> dict[str, str]:
    """A day in three parts, everything else as it is kept."""
    sent = {}
    for name, answer in answers.items():
        if name.endswith(("_on", "_until")) and answer:
            year, month, day = answer.split("-")
            sent |= {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
        else:
            sent[name] = answer
    return sent
