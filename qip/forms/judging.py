"""A judge's scores, read from the one form of the score page, and a conflict of interest."""

from collections.abc import Mapping

from django import forms

from nextstep.design.forms import NhsForm
from qip.services import Mark

_VERSION = "version-"
LONGEST_COMMENT = 5000


class ConflictForm(NhsForm):
    reason = forms.CharField(
        label="What is the conflict of interest?",
        widget=forms.Textarea({"rows": 4}),
        help_text="For example: I supervise this fellow, we work in the same team, or we are friends. "
        "The programme team can read this.",
        error_messages={"required": "Say what the conflict of interest is"},
    )


def marks_of(post: Mapping[str, str], only: str = "") -> list[Mark]:
    """The marks that a form carries: all, or the one criterion `only` that was touched.

    What is no score from 1 to 5 is read as none, so that nothing else of the form is lost with it.
    """
    codes = [name.removeprefix(_VERSION) for name in post if name.startswith(_VERSION)]
    return [
        Mark(
            criterion=code,
            value=_number(post.get(f"score-{code}", ""), 5) or None,
            comment=post.get(f"comment-{code}", "").replace("\r\n", "\n").strip()[:LONGEST_COMMENT],
            version=_number(post.get(f"{_VERSION}{code}", ""), 10**9),
        )
        for code in codes
        if only in ("", code)
    ]


def _number(text: str, highest: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= highest else 0
