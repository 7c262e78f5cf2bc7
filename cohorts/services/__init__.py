"""Every write about programmes, cohorts, seats, places and team roles."""

from cohorts.services.changes import change_cohort, change_place, change_programme
from cohorts.services.enrolment import enrol_fellow
from cohorts.services.files import FileRefused, read_definition, shipped_files
from cohorts.services.graduation import graduate_fellow
from cohorts.services.leaving import leave_programme, waive_fee
from cohorts.services.loading import Loaded, load_programme
from cohorts.services.roles import end_role, grant_role, invite_to_role
from cohorts.services.seats import NoSeatFree, free_seat, match_seats, take_seat

__all__ = [
    "FileRefused",
    "Loaded",
    "NoSeatFree",
    "change_cohort",
    "change_place",
    "change_programme",
    "end_role",
    "enrol_fellow",
    "free_seat",
    "graduate_fellow",
    "grant_role",
    "invite_to_role",
    "leave_programme",
    "load_programme",
    "match_seats",
    "read_definition",
    "shipped_files",
    "take_seat",
    "waive_fee",
]
