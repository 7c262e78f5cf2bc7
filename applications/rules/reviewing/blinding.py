"""What a reviewer is shown of an application: nothing that names the person or somebody around them.

What is shown is listed, not what is hidden: a question that is added later stays hidden until somebody decides.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

HIDDEN = "[hidden]"
# Facts about the work and the stage of training. No employer, no date and no number that would find a person.
SHOWN_FACTS = frozenset({"discipline", "specialty", "band", "band_equivalent", "practice_role"})
# Shorter parts of a name would hide too many other words.
SHORTEST_PART = 3


def blind_answers(answers: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Question and answer of those facts of a submission that reviewers are shown."""
    return [
        (answer["question"].removesuffix(" (optional)"), answer["words"])
        for answer in answers
        if answer["fact"] in SHOWN_FACTS
    ]


def without_identity(text: str, *, name: str, others: Iterable[str]) -> str:
    """The text with every part of the name, and each of `others` (addresses, numbers), replaced, whatever the case.

    A help and no promise: a nickname, an employer or a title of a paper may still tell who wrote it.
    """
    parts = [part for part in re.split(r"[\s\-]+", name) if len(part) >= SHORTEST_PART]
    words = sorted({word.strip() for word in (name, *parts, *others) if word.strip()}, key=len, reverse=True)
    if not words:
        return text
    pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)
    return re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)
