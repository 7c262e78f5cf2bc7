"""What an invented applicant writes in the form: answers by the names of applications' facts."""

from datetime import date, timedelta

from nextstep.demo.people import Applicant, Circumstance

OOP = {Circumstance.BACK_FROM_OOP_IN_TIME, Circumstance.BACK_FROM_OOP_TOO_LATE}


def answers_of(applicant: Applicant, *, commences_on: date) -> dict[str, str]:
    """Everything a whole application of Next Step asks, as it is kept."""
    holds = "no" if applicant.circumstance is Circumstance.NO_NUMBER else "yes"
    return {
        "full_name": applicant.full_name,
        "telephone": applicant.phone,
        "registration_body": applicant.body,
        "registration_number": applicant.registration,
        "has_ntn": holds,
        "ntn": applicant.training_number,
        "cct_on": applicant.cct_on.isoformat(),
        "cct_source": "tis",
        "grace": "no",
        "region_plan": "stays",
        "oop_planned": "no",
        "discipline": applicant.discipline,
        "specialty": applicant.specialty,
        "less_than_full_time": "yes" if applicant.circumstance is Circumstance.LESS_THAN_FULL_TIME else "no",
        "employer": applicant.trust,
        "supervisor_name": f"Dr Sam {applicant.full_name.split()[1]}-Guide",
        "supervisor_email": f"supervisor.of.{applicant.email}",
        "commitment": "yes",
    } | _out_of_programme(applicant, commences_on)


def _out_of_programme(applicant: Applicant, commences_on: date) -> dict[str, str]:
    if applicant.circumstance not in OOP:
        return {"oop_now": "no"}
    late = applicant.circumstance is Circumstance.BACK_FROM_OOP_TOO_LATE
    returns_on = commences_on + timedelta(days=60 if late else -14)
    return {"oop_now": "yes", "oop_kind": "OOPR", "oop_return_on": returns_on.isoformat()}
