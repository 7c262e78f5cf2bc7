"""File names as they are kept and sent back: no path, no control or direction marks, the true ending."""

import re
import unicodedata

LONGEST = 100


def safe_name(typed: str, ending: str) -> str:
    """Give the name without folders and invisible characters, ending in `.ending`; "document" where nothing is left."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFKC", typed))[-1]
    # Cc are control characters, Cf invisible ones such as those that turn the direction of writing.
    name = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = re.sub(r'[<>:"|?*;%]', " ", name)
    stem = re.sub(rf"\.{ending}$", "", " ".join(name.split()), flags=re.IGNORECASE).strip(". ")
    return f"{stem[:LONGEST] or 'document'}.{ending}"
