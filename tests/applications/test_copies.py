"""The copy of what was sent: from the snapshot alone, readable by screen readers, for the applicant and the team."""

import io
import unicodedata

import pytest
from django.test import Client
from pypdf import PdfReader

from applications.exports import pdf_of_submission
from applications.models import Application, Submission
from applications.services import submit_application
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.typeset import SHOWN, NotSetCleanly, pdf
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ELIGIBLE,
    ApplicationFactory,
    SubmissionFactory,
    next_step_cohort,
    with_documents,
)
from tests.factories.cohorts import NOW, TeamRoleFactory

pytestmark = pytest.mark.django_db
ANSWER = "I led #strong[a rota] for $x$ *years* @home\n= and more // than \\one"


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def address(application: Application, page: str = "copy.pdf") -> str:
    return f"/applications/{application.public_id}/{page}"


@pytest.fixture
def sent(now: None, asha: User) -> Application:
    answers = {**ELIGIBLE, "adjustments": ANSWER}
    draft = with_documents(ApplicationFactory(cohort=next_step_cohort(), applicant=asha, answers=answers))
    submit_application(application=draft, by=asha, declared=True)
    draft.refresh_from_db()
    return draft


def test_it_holds_everything_that_was_sent(browser: Client, sent: Application) -> None:
    response = browser.get(address(sent))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="application-{sent.reference}.pdf"'
    words = text_of(response.content)
    missing = [
        said
        for said in (
            f"Reference {sent.reference}",
            "Sent on 29 April 2025 at midday, UK time.",
            "Your details",
            "What is your expected CCT date? 4 August 2027",
            "I led #strong[a rota] for $x$ *years* @home = and more // than \\one",
            "Supporting statement 2 cv.pdf",
            "Met. You hold an NTN: EAN/ABC/1234567/C.",
            sent.submissions.get().declaration,
        )
        if said not in words
    ]
    assert missing == []


def test_it_is_tagged_for_screen_readers_and_names_itself(browser: Client, sent: Application) -> None:
    reader = PdfReader(io.BytesIO(browser.get(address(sent)).content))

    assert reader.root_object["/MarkInfo"]["/Marked"].value is True
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata.title == f"Application to {sent.cohort.programme.name}"
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_it_is_made_of_the_snapshot_and_the_same_each_time(browser: Client, sent: Application) -> None:
    before = browser.get(address(sent)).content
    Application.objects.update(answers={"full_name": "Somebody Else"})
    sent.cohort.eligibility_criteria.all().delete()

    assert browser.get(address(sent)).content == before


def test_a_character_that_no_font_has_is_written_by_its_number() -> None:
    submission = SubmissionFactory()
    submission.answers[0]["words"] = "Zoë Ñandú Ştefan Łukasz 田 \u202eabc\U0001f600 e\u0301"

    words = text_of(pdf_of_submission(submission.application, submission))

    assert "Zoë Ñandú Ştefan Łukasz [U+7530] abc[U+1F600] é" in words


def test_every_character_that_is_said_to_be_shown_is_shown() -> None:
    submission = SubmissionFactory()
    shown = [chr(number) for numbers in SHOWN for number in numbers]
    # A few are kept for old texts alone, and are written as what they stand for, which is another character.
    submission.answers[0]["words"] = " ".join(one for one in shown if unicodedata.normalize("NFC", one) == one)

    assert "[U+" not in text_of(pdf_of_submission(submission.application, submission))


def test_a_template_that_draws_a_warning_makes_no_document(settings, tmp_path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "odd.typ").write_text('#set document(title: "t")\n#set text(font: "No Such Font")\nWords')
    settings.BASE_DIR = tmp_path

    with pytest.raises(NotSetCleanly, match="unknown font family"):
        pdf("odd.typ", {}, made_at=NOW)


# --- who opens it


@pytest.mark.parametrize("page", ["copy/", "copy.pdf"])
def test_that_the_team_opened_it_is_written_down_and_that_the_applicant_did_is_not(
    browser: Client, sent: Application, page: str
) -> None:
    ada = TeamRoleFactory(administrator=True, programme=sent.cohort.programme).person
    office = Client()
    office.force_login(ada)

    with clock.at(NOW):
        answers = [browser.get(address(sent, page)), office.get(address(sent, page))]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [event.actor for event in Event.objects.about(sent).filter(verb="applications.copy_opened")] == [ada]


@pytest.mark.parametrize("page", ["copy/", "copy.pdf"])
@pytest.mark.parametrize("role", ["nobody", "reviewer", "administrator elsewhere"])
def test_nobody_else_opens_it(client: Client, sent: Application, page: str, role: str) -> None:
    person = UserFactory()
    if role == "reviewer":
        TeamRoleFactory(person=person, role="reviewer", cohort=sent.cohort)
    if role == "administrator elsewhere":
        person = TeamRoleFactory(administrator=True).person
    client.force_login(person)

    assert client.get(address(sent, page)).status_code == 404


@pytest.mark.parametrize("page", ["copy/", "copy.pdf"])
def test_a_draft_has_no_copy(now: None, browser: Client, asha: User, page: str) -> None:
    draft = ApplicationFactory(cohort=next_step_cohort(), applicant=asha)

    assert browser.get(address(draft, page)).status_code == 404


def test_the_page_to_print_holds_the_same(browser: Client, sent: Application) -> None:
    page = browser.get(address(sent, "copy/"))

    rows = {row["key"]: row["value"] for section in page.context["sections"] for row in section.rows}
    assert rows["What is your expected CCT date?"] == "4 August 2027"
    assert [row.words for row in page.context["verdicts"]] == ["Met"] * 4
    assert Submission.objects.get().declaration in page.text
    for way in (f"/applications/{sent.public_id}/", f"/applications/{sent.public_id}/sent/"):
        assert address(sent) in browser.get(way).text
