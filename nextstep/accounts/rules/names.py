"""Names as people write them, and when two of them may be one person's."""

import re
import unicodedata

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"})


def name_key(name: str) -> str:
    """What stays of a name without titles, accents, case, punctuation and order; empty for fewer than two words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z]+", plain.replace("'", "")) if word not in TITLES]
    return " ".join(sorted(words)) if len(words) > 1 else ""
