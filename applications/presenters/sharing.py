"""Who reads what, in words: each reviewer's share, each application's readers, and what cannot be reached."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from applications.rules.reviewing.assigning import Shortfall, Wanted, loads_of, most_needed
from applications.selectors.reviewing import Desk, Reviewer


@dataclass(frozen=True)
class Share:
    """One reviewer's part: what they have, what is proposed, and how many applications are kept from them."""

    reviewer: Reviewer
    kept: int
    proposed: int
    conflicts: int

    @property
    def total(self) -> int:
        return self.kept + self.proposed


@dataclass(frozen=True)
class Reading:
    """One application's readers, by name; `lacking` is how many more it should have."""

    pk: int
    reference: str
    kept: tuple[str, ...]
    proposed: tuple[str, ...]
    lacking: int


@dataclass(frozen=True)
class SharingPage:
    desk: Desk

    @cached_property
    def names(self) -> Mapping[int, str]:
        return {reviewer.person.pk: str(reviewer.person) for reviewer in self.desk.reviewers}

    @property
    def shares(self) -> list[Share]:
        people = self.names.keys()
        kept, proposed = loads_of(self.desk.kept, people), loads_of(self.desk.proposed, people)
        conflicts = loads_of(self.desk.conflicts, people)
        return [
            Share(reviewer, *(loads[reviewer.person.pk] for loads in (kept, proposed, conflicts)))
            for reviewer in self.desk.reviewers
        ]

    @cached_property
    def readings(self) -> list[Reading]:
        """Every application, those first that lack a reviewer."""
        kept, proposed = self._by_application(self.desk.kept), self._by_application(self.desk.proposed)
        rows = [
            Reading(
                pk,
                reference,
                tuple(kept.get(pk, ())),
                tuple(proposed.get(pk, ())),
                max(0, self.desk.round.reviews_each - len(kept.get(pk, ())) - len(proposed.get(pk, ()))),
            )
            for pk, reference in self.desk.references.items()
        ]
        return sorted(rows, key=lambda row: (not row.lacking, row.reference))

    def _by_application(self, pairs: Collection[tuple[int, int]]) -> dict[int, list[str]]:
        readers: dict[int, list[str]] = {}
        for application, reviewer in pairs:
            readers.setdefault(application, []).append(self.names.get(reviewer, "Somebody who has left"))
        return {application: sorted(names) for application, names in readers.items()}

    @property
    def undeclared(self) -> list[str]:
        """Reviewers who have not said yet what they have an interest in."""
        return [str(one.person) for one in self.desk.reviewers if not one.has_declared]

    @property
    def lacking(self) -> int:
        return sum(1 for row in self.readings if row.lacking)

    @property
    def every_one_is_read(self) -> bool:
        return bool(self.readings) and not self.lacking

    @property
    def over(self) -> list[str]:
        """Reviewers who would have more than the most that was set."""
        most = self.desk.round.most_each
        return [str(share.reviewer.person) for share in self.shares if most is not None and share.total > most]


def shortfall_words(short: Iterable[Shortfall], wanted: Wanted) -> list[str]:
    """Why not every application gets its readers, and what would change it."""
    missing = list(short)
    too_few = [one for one in missing if one.free < wanted.each]
    no_room = len(missing) - len(too_few)
    words = []
    if too_few:
        words.append(
            f"{_applications(len(too_few))} cannot have {wanted.each} readers: too few reviewers are free of a "
            "conflict of interest. Invite another reviewer."
        )
    if no_room:
        words.append(
            f"{_applications(no_room)} cannot have {wanted.each} readers: reviewers are at the most that was set, "
            f"{wanted.most}. With {most_needed(wanted)} each there would be room."
        )
    return words


def _applications(count: int) -> str:
    return "1 application" if count == 1 else f"{count} applications"
