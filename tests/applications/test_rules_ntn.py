"""Training numbers: what is read from what people type, and that nothing typed can break the reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.ntn import OFFICES, Form, TrainingNumber, parse, registration_digits

CURRENT = TrainingNumber(Form.CURRENT, "EAN/ABC/1234567/C", "EAN", "ABC", "1234567", "C")
OLDER = TrainingNumber(Form.OLDER, "EAN/021/142/N", "EAN", "021", "", "N")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("EAN/ABC/1234567/C", CURRENT),
        ("ean/abc/1234567/c", CURRENT),
        ("  EAN / ABC / 1234567 / C  ", CURRENT),
        ("EAN ABC 1234567 C", CURRENT),
        ("EANABC1234567C", CURRENT),
        ("EAN\\ABC\\1234567\\C", CURRENT),
        ("EAN-ABC-1234567-C", CURRENT),
        ("EAN–ABC–1234567–C", CURRENT),
        ("NTN: EAN/ABC/1234567/C.", CURRENT),
        ("ＥＡＮ/ABC/1234567/C", CURRENT),
        ("EAN/ABC/1234567/CP", TrainingNumber(Form.CURRENT, "EAN/ABC/1234567/CP", "EAN", "ABC", "1234567", "CP")),
        (
            "LDN/ABC.XYZ.123/1234567/D",
            TrainingNumber(Form.CURRENT, "LDN/ABC.XYZ.123/1234567/D", "LDN", "ABC.XYZ.123", "1234567", "D"),
        ),
        (
            "EAN/ABC-DEF/1234567/C",
            TrainingNumber(Form.CURRENT, "EAN/ABC-DEF/1234567/C", "EAN", "ABC-DEF", "1234567", "C"),
        ),
        ("TSD/ABC/1234567/D", TrainingNumber(Form.CURRENT, "TSD/ABC/1234567/D", "TSD", "ABC", "1234567", "D")),
        (
            "EAN/ACA-FND/1234567/C",
            TrainingNumber(Form.CURRENT, "EAN/ACA-FND/1234567/C", "EAN", "ACA-FND", "1234567", "C"),
        ),
        ("EAN/ABC/0012345/C", TrainingNumber(Form.CURRENT, "EAN/ABC/0012345/C", "EAN", "ABC", "0012345", "C")),
        ("EAN/ABC/123456/C", TrainingNumber(Form.CURRENT, "EAN/ABC/123456/C", "EAN", "ABC", "123456", "C")),
        ("EAN/ABC/1234567", TrainingNumber(Form.CURRENT, "EAN/ABC/1234567", "EAN", "ABC", "1234567", "")),
        ("XYZ/ABC/1234567/C", TrainingNumber(Form.CURRENT, "XYZ/ABC/1234567/C", "", "ABC", "1234567", "C")),
        ("EAN/021/142/N", OLDER),
        ("ean 021 142 n", OLDER),
        ("EAN021142N", OLDER),
        ("EAN", TrainingNumber(Form.UNREADABLE, "EAN", "EAN")),
        ("EAN/something else", TrainingNumber(Form.UNREADABLE, "EAN/SOMETHING ELSE", "EAN")),
        ("Eanswer", TrainingNumber(Form.UNREADABLE, "EANSWER", "")),
        ("I do not have it here", TrainingNumber(Form.UNREADABLE, "I DO NOT HAVE IT HERE", "")),
        ("", TrainingNumber(Form.UNREADABLE, "", "")),
    ],
)
def test_a_training_number_is_read_as_people_type_it(typed: str, read: TrainingNumber) -> None:
    assert parse(typed) == read


@given(st.text())
def test_whatever_is_typed_is_read_without_raising(typed: str) -> None:
    assert parse(typed).office in {"", *OFFICES}


@given(
    office=st.sampled_from(sorted(OFFICES)),
    specialty=st.from_regex(r"[A-Z]{3}", fullmatch=True),
    registration=st.from_regex(r"[0-9]{7}", fullmatch=True),
    suffix=st.sampled_from(["C", "CP", "D", "L"]),
    separator=st.sampled_from(["/", " ", " / ", "\\", "", "//", " - "]),
    lower=st.booleans(),
)
def test_separators_and_case_change_nothing(
    *, office: str, specialty: str, registration: str, suffix: str, separator: str, lower: bool
) -> None:
    tidy = f"{office}/{specialty}/{registration}/{suffix}"
    typed = separator.join([office, specialty, registration, suffix])

    assert parse(typed.lower() if lower else typed) == parse(tidy)


@given(st.text())
def test_what_is_shown_back_is_read_as_the_same(typed: str) -> None:
    first = parse(typed)

    assert parse(first.shown).office == first.office


@pytest.mark.parametrize(
    ("number", "academic", "defence"),
    [("EAN/ABC/1234567/C", False, False), ("EAN/ACA-FND/1234567/C", True, False), ("TSD/ABC/1234567/C", False, True)],
)
def test_academic_and_defence_numbers_are_told_apart(number: str, academic: bool, defence: bool) -> None:
    read = parse(number)

    assert (read.is_academic, read.is_defence) == (academic, defence)


@pytest.mark.parametrize(
    ("typed", "digits"), [("0123456", "0123456"), ("GMC 123 4567", "1234567"), ("none", ""), ("１２３", "123")]
)
def test_a_registration_number_is_its_digits(typed: str, digits: str) -> None:
    assert registration_digits(typed) == digits
