"""The rules of Stepping Up and of Next Generation GP: band, employer, identity, general practice."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from applications.rules.eligibility.base import Rule, text
from applications.rules.eligibility.findings import Finding, needs_person, not_met, verdict_from
from cohorts.rules.verdicts import Verdict

# Bands 8a to 8d are all band 8 here.
_BANDS = range(1, 10)


class BandBetween(Rule):
    """Agenda for Change bands, both ends included; an equivalent role outside it is put to a person."""

    code = "band_between"
    facts = ("band", "band_equivalent")
    accepts: ClassVar[Mapping[str, type]] = {"lowest": int, "highest": int}
    needs = frozenset({"lowest", "highest"})

    @classmethod
    def further_problems(cls, parameters: Mapping[str, Any]) -> list[str]:
        lowest, highest = parameters["lowest"], parameters["highest"]
        if lowest not in _BANDS or highest not in _BANDS:
            return ["lowest and highest must be bands from 1 to 9."]
        return ["lowest must not be above highest."] if lowest > highest else []

    @property
    def bands(self) -> str:
        lowest, highest = self.parameters["lowest"], self.parameters["highest"]
        if lowest == highest:
            return f"band {lowest}"
        return f"band {lowest} or {highest}" if highest == lowest + 1 else f"bands {lowest} to {highest}"

    def describe(self) -> str:
        return f"You must work in {self.bands}, or in an equivalent role."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        band = text(answers, "band")
        return verdict_from(self.code, [self._finding(band, answers)], f"You work in band {band}.")

    def _finding(self, band: str, answers: Mapping[str, Any]) -> Finding | None:
        if band == "equivalent":
            role = text(answers, "band_equivalent")
            return needs_person(
                f"You work in a role outside Agenda for Change{f': {role}' if role else ''}. "
                f"Our team will check whether it is equivalent to {self.bands}."
            )
        level = int(band[0]) if band[:1].isascii() and band[:1].isdigit() else None
        if level is None:
            return needs_person("You have not told us your band.")
        if self.parameters["lowest"] <= level <= self.parameters["highest"]:
            return None
        return not_met(
            f"You work in band {band}. This cohort is for {self.bands}.", "Another cohort may be for your band."
        )


class WorksInNhsCare(Rule):
    """Works in the NHS, or in an organisation that provides NHS care."""

    code = "works_in_nhs_care"
    facts = ("nhs_care",)

    def describe(self) -> str:
        return "You must work in the NHS, or in an organisation that provides NHS care."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        where = text(answers, "nhs_care")
        met = {
            "nhs": "You work in the NHS.",
            "provider": "You work in an organisation that provides NHS care.",
        }
        finding = None
        if where == "neither":
            finding = not_met(
                "You do not work in the NHS or in an organisation that provides NHS care.",
                "You can apply once you work in one.",
            )
        elif where not in met:
            finding = needs_person("We cannot tell whether your employer provides NHS care. Our team will check.")
        return verdict_from(self.code, [finding], met.get(where, ""))


class SelfIdentifies(Rule):
    """The person's own word that they belong to the group; special-category data, never asked to be proved."""

    code = "self_identifies"
    facts = ("self_identifies",)
    accepts: ClassVar[Mapping[str, type]] = {"group": str}
    needs = frozenset({"group"})

    @property
    def group(self) -> str:
        return str(self.parameters["group"])

    def describe(self) -> str:
        return f"You must identify as {self.group}. Your own word is enough."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        said, group = text(answers, "self_identifies"), self.group
        finding = None
        if said == "no":
            finding = not_met(f"You do not identify as {group}. This programme is for people who do.")
        elif said != "yes":
            finding = needs_person(f"You have not said whether you identify as {group}. Our team will talk to you.")
        return verdict_from(self.code, [finding], f"You identify as {group}.")


class WorksInGeneralPractice(Rule):
    """Early career GPs and GP trainees; other roles in general practice are put to a person."""

    code = "works_in_general_practice"
    facts = ("practice_role",)

    def describe(self) -> str:
        return "You must be a GP or GP trainee, or work in general practice."

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict:
        role = text(answers, "practice_role")
        met = {"trainee": "You are a GP trainee.", "gp": "You are a GP."}
        finding = None
        if role == "none":
            finding = not_met(
                "You do not work in general practice.", "You can apply once you work in general practice."
            )
        elif role not in met:
            finding = needs_person(
                "You work in general practice in another role. Our team will check whether this programme suits it."
                if role == "other"
                else "You have not told us your role in general practice."
            )
        return verdict_from(self.code, [finding], met.get(role, ""))
