"""File names as they are kept and sent back: no path, no control or direction marks, the true ending."""

import re
import unicodedata

LONGEST = 100
# Most file systems take 255 bytes; the ending and what browsers add need some.
_MOST_BYTES = 200
_DOCUMENTS = re.compile(r"\.(pdf|docx?|docm|dotm?|odt|rtf|pages)$", re.IGNORECASE)
# Where the last ending is hidden from view, the one before it must not pass for the true one.
_ACTIVE = re.compile(
    r"\.(?=(exe|com|scr|bat|cmd|pif|lnk|js|jse|vbs|vbe|wsf|hta|html?|xhtml|svg|php|jar|msi|ps1|sh|app|zip|iso|docm|dotm)"
    r"$)",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(typed: str, ending: str) -> str:
    """Give the name without folders and invisible characters, ending in `.ending`; "document" where nothing is left."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFKC", typed))[-1]
    # Cc are control characters, Cf invisible ones such as those that turn the direction of writing.
    name = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    stem = " ".join(re.sub(r'[<>:"|?*;%]', " ", name).split())
    stem = _DOCUMENTS.sub("", stem).lstrip("-~ .").rstrip(". ")
    stem = _ACTIVE.sub("_", stem)[:LONGEST].encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(". ")
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem or 'document'}.{ending}"
