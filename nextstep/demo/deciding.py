"""The team decides, and those who are offered a place answer."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from applications.enums import ApplicationState
from applications.models import Application, Offer
from applications.rules.deadlines import offer_ends
from applications.services import fill_places
from applications.services.answering import accept_offer, decline_offer, lapse_offers
from applications.services.deciding import decline_application, offer_place, put_on_reserve_list
from cohorts.models import Cohort
from cohorts.rules.verdicts import Outcome
from nextstep import clock
from nextstep.accounts.models import User

COMMITMENT = "I confirm that I will attend the dates of the programme, and apply for study leave for them now."
# Of the offers: how many are declined, and how many are left to lapse.
DECLINED, LAPSED = 0.04, 0.03
RESERVE_LIST = 12


def decide_some(cohort: Cohort, by: User, *, now: datetime, random: Random) -> None:
    """The team is in the middle of it: some offers are open or answered, the rest wait for a decision."""
    waiting = _fit_for_offer(cohort)
    with clock.at(now - timedelta(days=3)):
        _offer(waiting[: cohort.places // 3], by)
    _answer(cohort, random, share=0.6, first_day=now - timedelta(days=2))


def decide_all(cohort: Cohort, by: User, *, random: Random) -> None:
    """Fill every seat, keep a reserve list, and tell the others; offers are made again until the seats are taken."""
    moment = cohort.applications_close_at + timedelta(weeks=2, hours=10)
    for _ in range(6):
        free = cohort.seats.filter(holder__isnull=True).count()
        waiting = _fit_for_offer(cohort)
        if not free or not waiting:
            break
        with clock.at(moment):
            _offer(waiting[:free], by)
        _answer(cohort, random, share=1, first_day=moment + timedelta(days=1))
        moment = offer_ends(moment, cohort.offer_days) + timedelta(days=1, hours=10)
        with clock.at(moment):
            lapse_offers(now=moment)
            fill_places(now=moment)
    with clock.at(moment), transaction.atomic():
        _let_down(cohort, by)


def _fit_for_offer(cohort: Cohort) -> list[Application]:
    """Undecided applications that meet every rule, or that a person has to look at, in the order they were sent."""
    sent = Application.objects.filter(cohort=cohort, state=ApplicationState.SUBMITTED).exclude(
        eligibility=Outcome.NOT_MET
    )
    return list(sent.select_related("cohort__programme", "applicant").order_by("submitted_at", "pk"))


def _offer(applications: list[Application], by: User) -> None:
    for application in applications:
        offer_place(application=application, by=by)


def _answer(cohort: Cohort, random: Random, *, share: float, first_day: datetime) -> None:
    """A `share` of the open offers is answered, spread over the first two days."""
    offers = Offer.objects.open().filter(application__cohort=cohort).select_related("application__applicant")
    for offer in offers.order_by("seat_number"):
        luck, haste = random.random(), random.random()
        if luck >= share * (1 - LAPSED):
            continue
        applicant = offer.application.applicant
        with clock.at(first_day + timedelta(days=haste)):
            if luck < share * DECLINED:
                decline_offer(offer=offer, by=applicant)
            else:
                accept_offer(offer=offer, commitment_text=COMMITMENT, by=applicant)


def _let_down(cohort: Cohort, by: User) -> None:
    """The best of the others wait on the reserve list; the rest are not selected."""
    fit = _fit_for_offer(cohort)
    for application in fit[:RESERVE_LIST]:
        put_on_reserve_list(application=application, by=by)
    rest = Application.objects.filter(cohort=cohort, state=ApplicationState.SUBMITTED)
    for application in rest.select_related("cohort__programme", "applicant"):
        decline_application(application=application, by=by)
