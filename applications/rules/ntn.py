"""National Training Numbers, read kindly: a doctor is never refused over a slash, a space or a lower-case letter.

Current form, from the NHS Trainee Information System's generator: OFFICE/SPECIALTY/REGISTRATION/SUFFIX, for instance
EAN/ABC/1234567/C. Older form, still on certificates: deanery/specialty number/holder number/letter, EAN/021/142/N.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

OFFICES = {
    "EAN": "East of England",
    "EMD": "East Midlands",
    "KSS": "Kent, Surrey and Sussex",
    "LDN": "London",
    "NTH": "North East",
    "NWE": "North West",
    "OXF": "Thames Valley",
    "SWN": "South West",
    "TSD": "Defence",
    "WES": "Wessex",
    "WMD": "West Midlands",
    "YHD": "Yorkshire and the Humber",
}
DEFENCE = "TSD"
_WITH_ARTICLE = frozenset({"EAN", "EMD", "NTH", "NWE", "SWN", "WMD"})
# Programmes that end in a CCT, or in CESR through a combined programme (Gold Guide 3.15).
FULL_SUFFIXES = frozenset({"C", "CP"})

_SEPARATOR = r"[\s/\\|,_:;-]*"
_SPECIALTY = r"[A-Z0-9]{3}(?:[.-][A-Z0-9]{3})*"
# A registration number has at least five digits and a holder number at most four: that tells the forms apart.
_CURRENT = re.compile(
    rf"(?P<office>[A-Z]{{3}}){_SEPARATOR}(?P<specialty>{_SPECIALTY}){_SEPARATOR}"
    rf"(?P<registration>[0-9]{{5,10}}){_SEPARATOR}(?P<suffix>[A-Z]{{0,2}})"
)
_OLDER = re.compile(
    rf"(?P<office>[A-Z]{{3}}){_SEPARATOR}(?P<specialty>[A-Z0-9]{{2,3}}){_SEPARATOR}"
    rf"(?P<holder>[0-9]{{1,4}}){_SEPARATOR}(?P<suffix>[A-Z]{{1,2}})"
)
_OFFICE_ALONE = re.compile(r"(?P<office>[A-Z]{3})(?![A-Z])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


class Form(Enum):
    CURRENT = "current"
    OLDER = "older"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class TrainingNumber:
    """What could be read from what was typed. `office` is empty where none of the known codes begins the number."""

    form: Form
    shown: str
    office: str = ""
    specialty: str = ""
    registration: str = ""
    suffix: str = ""

    @property
    def is_academic(self) -> bool:
        return self.specialty.startswith("ACA")

    @property
    def is_defence(self) -> bool:
        return self.office == DEFENCE


def parse(typed: str) -> TrainingNumber:
    """Read a training number as a person types it. Never raises: what cannot be read is UNREADABLE."""
    text = unicodedata.normalize("NFKC", typed).translate(_DASHES).upper()
    text = re.sub(r"^\s*(NTN|DRN)\b[\s:]*", "", text).strip(" \t\r\n./\\-")
    if match := _CURRENT.fullmatch(text):
        return TrainingNumber(
            Form.CURRENT,
            _shown(match),
            _known(match["office"]),
            match["specialty"],
            match["registration"],
            match["suffix"],
        )
    if match := _OLDER.fullmatch(text):
        return TrainingNumber(
            Form.OLDER, _shown(match), _known(match["office"]), match["specialty"], suffix=match["suffix"]
        )
    alone = _OFFICE_ALONE.match(text)
    return TrainingNumber(Form.UNREADABLE, " ".join(text.split()), _known(alone["office"]) if alone else "")


def region_words(office: str) -> str:
    """Name a region inside a sentence: "the East of England", "London"."""
    return f"the {OFFICES[office]}" if office in _WITH_ARTICLE else OFFICES[office]


def registration_digits(typed: str) -> str:
    """The digits of a GMC or GDC number as typed: as text, since zeros may lead."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", typed))


def _known(office: str) -> str:
    return office if office in OFFICES else ""


def _shown(match: re.Match[str]) -> str:
    return "/".join(part for part in match.groups() if part)
