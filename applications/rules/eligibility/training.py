"""The four rules of Next Step, as domain.md settles them ("Eligibility")."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from applications.rules.dates import words, years_after
from applications.rules.eligibility.base import Rule, day, text, training_number
from applications.rules.eligibility.findings import Finding, needs_person, not_met, verdict_from
from applications.rules.ntn import FULL_SUFFIXES, OFFICES, Form, TrainingNumber, region_words, registration_digits
from cohorts.rules.verdicts import Verdict

_ASK_DEANERY = "Your training programme team or TIS Self-Service can tell you."


class HoldsNtn(Rule):
    """Doctors and dentists of any grade without a National Training Number cannot join (Gold Guide 3.15, 3.16)."""

    code = "holds_ntn"
    facts = ("registration_body", "registration_number", "has_ntn", "ntn")

    def describe(self) -> str:
        return "You must hold a National Training Number (NTN)."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        number = training_number(answers)
        findings = [_holding(answers, number)]
        if number is not None:
            findings += [_suffix(number), _academic(number), _form(number), _mismatch(number, answers)]
        met = f"You hold an NTN: {number.shown}." if number else ""
        return verdict_from(self.code, findings, met)


def _holding(answers: Mapping[str, Any], number: TrainingNumber | None) -> Finding | None:
    if text(answers, "has_ntn") == "no":
        return not_met(
            "You do not hold an NTN. The programme is not open to doctors or dentists of any grade without one.",
            "If you are given an NTN before applications close, you can apply then.",
        )
    if number is None:
        return needs_person("You have not given an NTN, so we cannot tell whether you hold one.", _ASK_DEANERY)
    return None


# Endings of numbers that look like NTNs and are none.
_NO_NTN = {
    "D": "That is a Dean’s Reference Number, given in core and uncoupled training, and not an NTN. "
    "NTNs are only for programmes that end in a CCT or CESR(CP).",
    "L": "That was given for a locum appointment for training (LAT) and is not an NTN.",
}


def _suffix(number: TrainingNumber) -> Finding | None:
    if number.form is not Form.CURRENT or number.suffix in FULL_SUFFIXES:
        return None
    if why := _NO_NTN.get(number.suffix):
        return not_met(f"{number.shown} ends in {number.suffix}. {why}", "If you hold an NTN as well, enter that.")
    return needs_person(
        f"{number.shown} does not end in C or CP as NTNs do.", "Check the ending of your NTN. " + _ASK_DEANERY
    )


def _academic(number: TrainingNumber) -> Finding | None:
    if not number.is_academic:
        return None
    return needs_person(
        f"{number.shown} is an academic number. It ends in C also where the post has no CCT pathway, "
        "so our team will check yours."
    )


def _form(number: TrainingNumber) -> Finding | None:
    if number.form is Form.OLDER:
        return needs_person(
            f"{number.shown} is an older form of NTN. We accept it, and our team will check the details.",
            "If you know your number in the newer form, such as EAN/ABC/1234567/C, enter that.",
        )
    if number.form is Form.UNREADABLE:
        return needs_person(
            f"We could not read “{number.shown}” as an NTN, so our team will check it.",
            "An NTN looks like EAN/ABC/1234567/C. " + _ASK_DEANERY,
        )
    return None


def _mismatch(number: TrainingNumber, answers: Mapping[str, Any]) -> Finding | None:
    registration = registration_digits(text(answers, "registration_number"))
    if not number.registration or not registration or number.registration == registration:
        return None
    body = text(answers, "registration_body") or "registration"
    return needs_person(
        f"The registration number inside your NTN ({number.registration}) is not the {body} number you gave "
        f"({registration}).",
        "Check both numbers. They should be the same.",
    )


_DEFENCE = "Your NTN is a Defence number, which can be held in any region. Our team will check where you train."
_TRANSFER = "You are planning an inter-deanery transfer, so our team will look at the dates."
_NO_CCT = "You have not given your expected CCT date, so we cannot tell how long you hold your NTN."
_GRACE = (
    "Your CCT date is before the programme ends on {ends}, and you have been granted a period of grace until {until}. "
    "Our team will check it."
)
_CCT_BEFORE_THE_END = (
    "Your CCT date is {cct}. You give up your NTN at CCT, so you would not hold one until the programme ends "
    "on {ends}. A period of grace does not carry an NTN by right."
)


class NtnOffice(Rule):
    """The NTN is held in one region and, with `throughout`, from commencement to the end of the programme."""

    code = "ntn_office"
    facts = ("has_ntn", "ntn", "region_plan", "cct_on", "grace", "grace_until")
    accepts: ClassVar[Mapping[str, type]] = {"office": str, "throughout": bool}
    needs = frozenset({"office"})

    @classmethod
    def further_problems(cls, parameters: Mapping[str, Any]) -> list[str]:
        if parameters["office"] in OFFICES:
            return []
        return [f"office must be one of {', '.join(OFFICES)}."]

    @property
    def region(self) -> str:
        return region_words(self.parameters["office"])

    @property
    def throughout(self) -> bool:
        return bool(self.parameters.get("throughout"))

    def describe(self) -> str:
        held = f"You must hold your NTN in {self.region}"
        if not self.throughout:
            return f"{held}."
        return f"{held} for the whole programme, from {words(self.dates.commences_on)} to {words(self.dates.ends_on)}."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        findings = [self._held_here(answers)]
        if self.throughout:
            findings += [self._leaving(answers), self._cct(answers)]
        until = f" until the programme ends on {words(self.dates.ends_on)}" if self.throughout else ""
        return verdict_from(self.code, findings, f"You hold your NTN in {self.region}{until}.")

    def _held_here(self, answers: Mapping[str, Any]) -> Finding | None:
        if text(answers, "has_ntn") == "no":
            return not_met(f"You do not hold an NTN, so you do not hold one in {self.region}.")
        number = training_number(answers)
        if number is None:
            return needs_person("You have not given an NTN, so we cannot tell which region it is held in.")
        if number.office == self.parameters["office"]:
            return None
        return self._held_elsewhere(number, text(answers, "region_plan"))

    def _held_elsewhere(self, number: TrainingNumber, plan: str) -> Finding:
        if not number.office:
            office = self.parameters["office"]
            return needs_person(
                f"We could not read the region from your NTN. In {self.region} it begins with {office}."
            )
        if number.is_defence:
            return needs_person(_DEFENCE)
        here = f"Your NTN is held in {region_words(number.office)} ({number.office}), not in {self.region}."
        if plan == "transfer":
            return needs_person(f"{here} {_TRANSFER}")
        return not_met(here, f"A transfer of your NTN to {self.region} before {words(self.dates.commences_on)}.")

    def _leaving(self, answers: Mapping[str, Any]) -> Finding | None:
        plan, until = text(answers, "region_plan"), f"until {words(self.dates.ends_on)}"
        if plan == "stays":
            return None
        if plan == "leaves":
            here = f"A rotation that keeps you in {self.region} {until}."
            return not_met(f"Your rotation does not keep you in {self.region} {until}, when the programme ends.", here)
        if plan == "transfer":
            return needs_person(_TRANSFER)
        unknown = f"You have not told us that you will train in {self.region} {until}."
        return needs_person(unknown, "Ask your training programme director where you rotate to.")

    def _cct(self, answers: Mapping[str, Any]) -> Finding | None:
        cct, ends = day(answers, "cct_on"), self.dates.ends_on
        if cct is None:
            return needs_person(_NO_CCT)
        if cct >= ends:
            return None
        grace_until = day(answers, "grace_until") if text(answers, "grace") == "yes" else None
        if grace_until is not None and grace_until >= ends:
            return needs_person(_GRACE.format(ends=words(ends), until=words(grace_until)))
        return not_met(
            _CCT_BEFORE_THE_END.format(cct=words(cct), ends=words(ends)),
            f"A CCT date on or after {words(ends)}, or a period of grace already granted until then.",
        )


class WithinYearsOfCct(Rule):
    """The expected CCT date is at most so many calendar years after commencement, that day included."""

    code = "within_years_of_cct"
    facts = ("cct_on",)
    accepts: ClassVar[Mapping[str, type]] = {"years": int}
    needs = frozenset({"years"})

    @classmethod
    def further_problems(cls, parameters: Mapping[str, Any]) -> list[str]:
        return [] if 0 < parameters["years"] <= 10 else ["years must be between 1 and 10."]

    @property
    def last_day(self) -> date:
        return years_after(self.dates.commences_on, self.parameters["years"])

    def describe(self) -> str:
        years = self.parameters["years"]
        span = "1 calendar year" if years == 1 else f"{years} calendar years"
        return (
            f"When the programme starts you must be within {span} of your expected CCT date: "
            f"it must be {words(self.last_day)} or earlier."
        )

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        cct = day(answers, "cct_on")
        finding = None
        if cct is None:
            finding = needs_person(
                "You have not given your expected CCT date, so we cannot tell.", "TIS Self-Service shows your CCT date."
            )
        elif cct > self.last_day:
            finding = not_met(
                f"Your expected CCT date is {words(cct)}. It must be {words(self.last_day)} or earlier.",
                "You can apply to a later cohort, when you are closer to your CCT.",
            )
        met = f"Your expected CCT date is {words(cct)}, on or before {words(self.last_day)}." if cct else ""
        return verdict_from(self.code, [finding], met)


class NotOutOfProgramme(Rule):
    """In programme from commencement, and with `throughout` to the end. OOPT, OOPR, OOPE, OOPC and OOPP all count."""

    code = "not_out_of_programme"
    facts = ("oop_now", "oop_kind", "oop_return_on", "oop_planned")
    accepts: ClassVar[Mapping[str, type]] = {"throughout": bool}

    @property
    def throughout(self) -> bool:
        return bool(self.parameters.get("throughout"))

    def describe(self) -> str:
        starts = words(self.dates.commences_on)
        if not self.throughout:
            return f"You must not be out of programme on {starts}. You can be out of programme when you apply."
        return (
            "You must not be out of programme at any stage of it. You can be out of programme when you apply, "
            f"if you return on or before {starts}."
        )

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        findings = [self._now(answers)]
        if self.throughout:
            findings.append(self._planned(answers))
        back = day(answers, "oop_return_on") if text(answers, "oop_now") == "yes" else None
        met = f"You return to programme on {words(back)}, in time for the start." if back else "You are in programme."
        return verdict_from(self.code, findings, met)

    def _now(self, answers: Mapping[str, Any]) -> Finding | None:
        out, starts = text(answers, "oop_now"), self.dates.commences_on
        if out == "no":
            return None
        if out != "yes":
            return needs_person("You have not told us whether you are out of programme.")
        back = day(answers, "oop_return_on")
        if back is None:
            return needs_person(
                "You are out of programme and have not given a return date.",
                f"A return date on or before {words(starts)}.",
            )
        if back <= starts:
            return None
        return not_met(
            f"You return to programme on {words(back)}, after the programme starts on {words(starts)}.",
            f"A return date on or before {words(starts)}.",
        )

    def _planned(self, answers: Mapping[str, Any]) -> Finding | None:
        planned = text(answers, "oop_planned")
        span = f"between {words(self.dates.commences_on)} and {words(self.dates.ends_on)}"
        if planned == "no":
            return None
        if planned == "yes":
            return not_met(
                f"You plan to go out of programme {span}.", f"Going out of programme after {words(self.dates.ends_on)}."
            )
        return needs_person(f"You have not told us whether you plan to go out of programme {span}.")
