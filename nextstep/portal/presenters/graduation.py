"""Graduation in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from cohorts.enums import PlaceState
from cohorts.rules.graduation import missing_for_graduation
from nextstep.design.furniture import tag
from nextstep.portal.selectors.graduation import Candidate


@dataclass(frozen=True)
class GraduationView:
    candidates: Sequence[Candidate]

    @cached_property
    def ready(self) -> list[Candidate]:
        """Those who have everything and have not graduated."""
        return [
            one
            for one in self.candidates
            if one.place.state == PlaceState.ACTIVE and not missing_for_graduation(one.completion)
        ]

    @property
    def head(self) -> list[str]:
        return ["Fellow", "Graduation", "What is missing"]

    @property
    def rows(self) -> list[list[str | SafeString]]:
        return [self._row(one) for one in self.candidates]

    def _row(self, one: Candidate) -> list[str | SafeString]:
        if one.place.state == PlaceState.GRADUATED:
            return [one.place.fellow.get_full_name(), tag("Graduated", "green"), ""]
        missing = missing_for_graduation(one.completion)
        words = ", ".join(missing).capitalize()
        return [one.place.fellow.get_full_name(), tag("Not yet", "grey") if missing else tag("Ready", "blue"), words]
