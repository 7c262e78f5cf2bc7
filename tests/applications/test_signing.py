"""Accepting a place: each date ticked or a clash declared, what is said of leave, and a name typed to sign."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from applications.models import Offer
from applications.rules.signing import Signed, signed_words, what_is_missing
from applications.services import accept_offer
from cohorts.models import Cohort, Place
from cohorts.services import load_programme, read_definition, shipped_files
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db
UNKNOWN = {"study_leave": "rotation_unknown", "trust": "West Suffolk", "told_on": date(2025, 5, 6)}


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"name": "Asha Rao"}, ""),
        ({"name": "  "}, "Type your full name to sign."),
        ({"name": "Asha Rao", "clashing": ["Day 1"]}, "Say why you cannot attend the dates that you did not tick."),
        ({"name": "Asha Rao", "clashing": ["Day 1"], "clash": "On call"}, ""),
        ({"name": "Asha Rao", **UNKNOWN}, ""),
        ({"name": "Asha Rao", **UNKNOWN, "trust": " "}, "Say which trust you tell of these dates, and when."),
        ({"name": "Asha Rao", **UNKNOWN, "told_on": None}, "Say which trust you tell of these dates, and when."),
    ],
)
def test_what_is_missing_before_somebody_can_sign(fields: dict[str, Any], missing: str) -> None:
    assert what_is_missing(Signed(**fields)) == missing


def test_the_document_says_everything_that_was_agreed_to_and_said() -> None:
    signed = Signed("Asha Rao", ["Day 1: 8 October"], ["Day 2: 10 December"], "On call\nall week", **UNKNOWN)

    assert signed_words("I will take part.", signed).split("\n\n") == [
        "I will take part.",
        "I can attend:",
        "* Day 1: 8 October",
        "I cannot attend:",
        "* Day 2: 10 December",
        "Why: On call all week",
        "Leave: I do not know yet where I will work. Told of these dates: West Suffolk, on 6 May 2025.",
        "Signed: Asha Rao",
    ]


@pytest.fixture
def offer(now: None, asha: User) -> Offer:
    made = OfferFactory(application=ApplicationFactory(applicant=asha, submitted=True, state="offered"))
    for title in ("Systems Leadership", "Power and Politics", "Change Management"):
        TeachingSessionFactory(cohort=made.application.cohort, title=title)
    return made


def posted(browser: Client, offer: Offer, *, left_out: int = 0, **further: Any) -> Any:
    form = browser.get(f"/offers/{offer.public_id}/").context["form"]
    said = {
        "agreed_to": form["agreed_to"].value(),
        "attends": list(form.dates)[left_out:],
        "study_leave": "applied",
        "committed": "on",
        "signed_name": "Asha Rao",
        **further,
    }
    return browser.post(f"/offers/{offer.public_id}/", said, follow=True)


@pytest.mark.parametrize(
    ("further", "field", "words"),
    [
        ({"left_out": 1}, "clash", "Tick every date, or say why you cannot attend the others"),
        ({"study_leave": ""}, "study_leave", "Say whether you have applied for leave"),
        (
            {"study_leave": "rotation_unknown", "told_on_day": "6", "told_on_month": "5", "told_on_year": "2025"},
            "trust",
            "Enter the trust or employer that you tell of these dates",
        ),
        ({"study_leave": "rotation_unknown", "trust": "West Suffolk"}, "told_on", "Enter the day you tell them"),
        ({"signed_name": " "}, "signed_name", "Type your full name to sign"),
        ({"committed": ""}, "committed", "Confirm that you can attend the dates to accept your place"),
    ],
)
def test_what_is_not_complete_is_refused_and_nothing_typed_is_lost(
    browser: Client, offer: Offer, further: dict[str, Any], field: str, words: str
) -> None:
    answer = posted(browser, offer, **{"clash": "", **further})

    assert answer.context["form"].errors == {field: [words]}
    assert Place.objects.count() == 0
    assert answer.text.count("checked") >= 2


def test_a_clash_is_kept_with_the_place_told_to_the_team_and_mailed(browser: Client, offer: Offer) -> None:
    answer = posted(browser, offer, left_out=1, clash="On call that day")

    offer.refresh_from_db()
    assert [words.split(":")[0] for words in offer.clashing_dates] == ["Systems Leadership"]
    assert (offer.signed_name, offer.clash, offer.study_leave) == ("Asha Rao", "On call that day", "applied")
    assert "I cannot attend:" in answer.text
    assert Place.objects.get().commitment_text == offer.commitment_text
    mail = Message.objects.get(code="applications.offer_accepted").text
    assert "Why: On call that day" in mail
    assert "You told us of dates that you cannot attend." in mail


def test_the_team_sees_clashes_and_what_was_said_of_leave(browser: Client, offer: Offer, client: Client) -> None:
    told = {"told_on_day": "6", "told_on_month": "5", "told_on_year": "2025"}
    posted(browser, offer, left_out=2, clash="On call", study_leave="rotation_unknown", trust="West Suffolk", **told)
    cohort = offer.application.cohort
    OfferFactory(application__cohort=cohort)
    team = Client()
    team.force_login(TeamRoleFactory(administrator=True, programme=cohort.programme).person)

    page = team.get(f"/admin/applications/application/{offer.application.pk}/change/").text
    listed = team.get("/admin/applications/application/?clash=yes").context["cl"].result_list

    assert "Cannot attend:" in page
    assert "Why: On call" in page
    assert "told West Suffolk on 6 May 2025" in page
    assert [application.pk for application in listed] == [offer.application.pk]


def test_the_service_signs_nothing_that_is_not_complete(offer: Offer) -> None:
    with pytest.raises(Refused, match="Say why you cannot attend"):
        accept_offer(
            offer=offer,
            commitment_text="I will.",
            signed=Signed("Asha Rao", clashing=["Day 1"]),
            by=offer.application.applicant,
        )


@pytest.mark.parametrize(("slug", "fee"), [("bands-5-6", "£970"), ("band-7", "£1,310")])
def test_each_band_of_stepping_up_signs_for_its_own_fee(browser: Client, asha: User, set_clock, slug, fee) -> None:
    set_clock(2019, 9, 2, 10)
    [file] = [path for path in shipped_files() if path.stem.startswith("stepping_up")]
    load_programme(definition=read_definition(file), by=None)
    application = ApplicationFactory(
        cohort=Cohort.objects.get(slug=slug), applicant=asha, submitted=True, state="offered"
    )
    offer = OfferFactory(application=application, expires_at="2030-01-01T00:00:00Z")

    page = posted(browser, offer).text

    assert f"my organisation owes {fee}." in page
    assert f"my organisation owes {fee}." in Place.objects.get().commitment_text
