"""Counting words as the browser's character count does."""

import re

# ECMAScript's \s; Python's own differs in the separators \x1c to \x1f, \x85 and the byte order mark.
_WORD = re.compile("[^\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")


def count_words(text: str) -> int:
    """How many words `text` has: runs of anything but white space."""
    return len(_WORD.findall(text))
