"""A reviewer's list and the page of one application: no name, own scores, nobody else's until one's own are final."""

import pytest
from django.urls import reverse

from applications.models import Application, Review, ReviewScore, Submission
from applications.services.reviewing import OVERALL, declare_interests, finalise, unblind
from nextstep import clock
from nextstep.audit.models import Event
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import ELIGIBLE, ApplicationFactory, DocumentFactory, next_step_cohort
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.reviewing import (
    CODES,
    READING,
    ReviewFactory,
    RoundFactory,
    give_final_scores,
    give_scores,
    reviewer_of,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SECRETS = {
    "name": "Zadie Quist-Okonkwo",
    "email": "zadie.quist@example.nhs.uk",
    "registration": "7171717",
    "file": "zadie-quist-cv.pdf",
    "supervisor": "Bertrand Supervisor",
    "supervisor's address": "bertrand.s@example.nhs.uk",
    "training number": "EAN/ZZZ/7171717/C",
    "employer": "Marshland Hospital",
}


@pytest.fixture(autouse=True)
def _now():
    with clock.at(READING):
        yield


@pytest.fixture
def opened():
    return RoundFactory(cohort=next_step_cohort())


@pytest.fixture
def rita(client, opened):
    person = reviewer_of(opened, full_name="Rita Readmere")
    client.force_login(person)
    return person


@pytest.fixture
def review(opened, rita):
    applicant = UserFactory(full_name=SECRETS["name"], email=SECRETS["email"], registration_number="7171717")
    application = ApplicationFactory(
        cohort=opened.cohort, submitted=True, applicant=applicant, employer=SECRETS["employer"]
    )
    answers = {
        **ELIGIBLE, "full_name": SECRETS["name"], "employer": SECRETS["employer"], "ntn": SECRETS["training number"],
        "supervisor_name": SECRETS["supervisor"], "supervisor_email": SECRETS["supervisor's address"],
        "registration_number": "7171717",
    }  # fmt: skip
    Submission.objects.create(
        application=application, verdicts=[], rules=[], documents=[], declaration="D",
        answers=[{"fact": one, "topic": "", "question": one, "answer": v, "words": v} for one, v in answers.items()],
    )  # fmt: skip
    DocumentFactory(application=application, original_name=SECRETS["file"])
    return ReviewFactory(round=opened, application=application, reviewer=rita)


def page_of(review, name="review", *more):
    return reverse(f"applications:{name}", args=[review.round.public_id, review.public_id, *more])


def list_of(review_round):
    return reverse("applications:review_round", args=[review_round.public_id])


def form(seen=None, **values):
    """The whole form with `values` chosen; `seen` are the versions that the page showed."""
    data = {f"version-{code}": (seen or {}).get(code, 0) for code in (*CODES, OVERALL)}
    return {**data, **{f"score-{code}": value for code, value in values.items()}}


def values():
    return dict(ReviewScore.objects.values_list("criterion__code", "value"))


def text(response):
    return " ".join(response.content.decode().split())


def masked(response):
    return response.content.decode().replace(str(response.context["csrf_token"]), "")


# --- blind ---------------------------------------------------------------------------------------------------------


def test_no_page_of_a_reviewer_names_the_person(client, opened, review):
    pages = [client.get(address) for address in (page_of(review), list_of(opened), page_of(review, "review_conflict"))]

    found = {what for what, secret in SECRETS.items() for page in pages if secret in page.content.decode()}
    assert found == set()
    assert "Anaesthetics" in text(pages[0])


def test_the_words_of_a_document_come_without_the_name(client, review):
    words = "I am ZADIE QUIST-Okonkwo, GMC 7171717, zadie.quist@example.nhs.uk. Okonkwo led; quistion stays."
    document = DocumentFactory(application=review.application, number=2, kind="docx", text=words)
    shown = text(client.get(page_of(review, "review_document_text", document.public_id)))

    assert "I am [hidden], GMC [hidden], [hidden]. [hidden] led; quistion stays." in shown


def test_a_pdf_is_shown_under_a_name_that_tells_nothing_and_each_view_is_logged(client, review, rita):
    document = review.application.documents.get()
    response = client.get(page_of(review, "review_document", document.public_id))
    b"".join(response)

    assert response["Content-Disposition"] == 'inline; filename="document.pdf"'
    event = Event.objects.get(verb="applications.document_opened")
    assert (event.actor, event.object_id) == (rita, str(review.application_id))


def test_only_documents_of_the_application_under_review_are_read(client, opened, review):
    other = DocumentFactory(application=ApplicationFactory(cohort=opened.cohort, submitted=True))
    assert client.get(page_of(review, "review_document", other.public_id)).status_code == 404


def test_an_administrator_lets_a_reviewer_see_the_name(client, review):
    unblind(review=review, reason="Adjustments must be read.", by=OwnerFactory())
    shown = text(client.get(page_of(review)))

    assert f"{SECRETS['name']}, {SECRETS['email']}" in shown
    verbs = ["applications.review_unblinded", "applications.unblinded_for_a_reviewer"]
    assert list(Event.objects.order_by("pk").values_list("verb", "reason")) == [
        (verb, "Adjustments must be read.") for verb in verbs
    ]


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_list_shows_own_progress_and_by_when(client, opened, rita):
    final, begun, complete, recused, _left = [ReviewFactory(round=opened, reviewer=rita) for _ in range(5)]
    give_final_scores(final, all=3)
    give_scores(begun, motivation=3, leading=3)
    give_scores(complete, all=3)
    Review.objects.filter(pk=recused.pk).update(state="recused", reason="R")
    response = client.get(list_of(opened))
    words = sorted(str(row[1]).split(">")[1].split("<")[0].strip() for row in response.context["rows"])

    assert words == ["2 of 6 scored", "Conflict of interest", "Final", "Not final yet", "Not started"]
    assert "1 final, 3 left. Finish them by 24 June 2025 at 5pm." in text(response)
    assert "You do not review 1 application because of a conflict" in text(response)


def test_after_the_day_the_list_says_that_it_is_late(client, opened, review):
    with clock.at(opened.due_at):
        assert "They were due by 24 June 2025 at 5pm" in text(client.get(list_of(opened)))


def test_an_application_that_was_taken_back_is_on_no_list(client, opened, review):
    Application.objects.filter(pk=review.application_id).update(state="withdrawn")
    assert client.get(list_of(opened)).context["rows"] == []
    assert client.get(page_of(review)).status_code == 404


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_takes_the_same_queries_at_any_length(django_assert_num_queries, client, opened, rita, number):
    for _ in range(number):
        ReviewFactory(round=opened, reviewer=rita)
    # Session, person, round, count, interests, progress, reviews, criteria.
    with django_assert_num_queries(8):
        response = client.get(list_of(opened))
    assert len(response.context["rows"]) == min(number, 50)


def test_next_serves_the_application_that_fewest_have_finished(client, opened, rita):
    read, unread, final = [ReviewFactory(round=opened, reviewer=rita) for _ in range(3)]
    give_final_scores(final, all=3)
    for one in (read, final):
        give_final_scores(ReviewFactory(round=opened, application=one.application), all=3)
    response = client.get(reverse("applications:next_review", args=[opened.public_id]))
    assert response["Location"] == page_of(unread)

    give_final_scores(unread, all=3)
    assert client.get(reverse("applications:next_review", args=[opened.public_id]))["Location"] == page_of(read)
    give_final_scores(read, all=3)
    assert client.get(reverse("applications:next_review", args=[opened.public_id]))["Location"] == list_of(opened)


# --- scoring -------------------------------------------------------------------------------------------------------


def test_one_touched_score_is_saved_in_ten_queries_at_most(django_assert_max_num_queries, client, review):
    with django_assert_max_num_queries(10):
        client.post(page_of(review), {**form(motivation=4), "only": "motivation"}, headers=HTMX)
    with django_assert_max_num_queries(10):
        told = client.post(page_of(review), {**form(leading=2), "only": "leading"}, headers=HTMX)
    assert values() == {"motivation": 4, "leading": 2}
    assert "Saved at 9am" in text(told)
    assert '<input type="hidden" name="version-leading" value="1">' in text(told)
    assert "Improving care: a score" in text(told)


@pytest.mark.parametrize("number", [3, 60])
def test_the_page_takes_the_same_queries_however_many_there_are(
    django_assert_num_queries, client, opened, review, rita, number
):
    for _ in range(number):
        ReviewFactory(round=opened, reviewer=rita)
    # Session, person, review, criteria, scores, submission, documents.
    with django_assert_num_queries(7):
        client.get(page_of(review))


def test_touching_twice_with_the_same_value_saves_once(client, review):
    for _ in range(2):
        client.post(page_of(review), {**form(motivation=4), "only": "motivation"}, headers=HTMX)
    assert list(ReviewScore.objects.values_list("version", flat=True)) == [1]


def test_confidence_and_the_whole_are_saved_beside_the_scores(client, review):
    data = {**form(), f"score-{OVERALL}": "3", f"comment-{OVERALL}": "Strong.\r\nRead twice.", "only": OVERALL}
    told = text(client.post(page_of(review), data, headers=HTMX))
    review.refresh_from_db()

    assert (review.confidence, review.comment, review.overall_version) == (3, "Strong.\nRead twice.", 1)
    assert "Saved at 9am" in told
    assert values() == {}


@pytest.mark.parametrize("sent", ["0", "6", "-1", "x", "4.5", "١", "9" * 30])
def test_what_is_no_score_is_not_stored(client, review, sent):
    client.post(page_of(review), {**form(), "score-motivation": sent, "comment-motivation": "C"})
    assert list(ReviewScore.objects.values_list("value", "comment")) == [(None, "C")]


def test_five_is_no_confidence(client, review):
    client.post(page_of(review), {**form(), f"score-{OVERALL}": "5", f"comment-{OVERALL}": "C"})
    review.refresh_from_db()
    assert (review.confidence, review.comment) == (None, "C")


def test_another_device_is_not_overwritten_until_the_reviewer_says_so(client, review):
    give_scores(review, motivation=4)
    told = text(client.post(page_of(review), {**form(motivation=2), "only": "motivation"}, headers=HTMX))
    assert "You changed this on another device: 4, at 9am. What you have here is not saved." in told
    assert '<input type="hidden" name="version-motivation" value="1">' in told
    client.post(page_of(review), {**form({"motivation": 1}, motivation=2), "only": "motivation"})
    assert values() == {"motivation": 2}


def test_without_script_a_stale_page_shows_both_and_loses_neither(client, review):
    give_scores(review, motivation=4)
    data = {**form(motivation=2, leading=3), "comment-motivation": "Mine"}
    response = client.post(page_of(review), data)
    shown = {block.code: block for block in response.context["page"].blocks}

    assert (shown["motivation"].value, shown["motivation"].comment) == (2, "Mine")
    assert "Motivation: changed on another device" in text(response)
    assert values() == {"motivation": 4, "leading": 3}


def test_making_final_names_what_is_missing_and_loses_nothing(client, review):
    chosen = dict.fromkeys(CODES[1:], 3)
    data = {**{f"version-{code}": 0 for code in CODES}, **{f"score-{code}": 3 for code in chosen}, "action": "finalise"}
    response = client.post(page_of(review), data)

    assert response.context["page"].errors == [{"text": "Motivation: choose a score", "href": "#score-motivation"}]
    assert "<title>Error: " in text(response)
    assert values() == chosen


@pytest.mark.parametrize(("action", "state"), [("finalise", "final"), ("next", "open")])
def test_saving_leads_to_the_next(client, opened, review, rita, action, state):
    following = ReviewFactory(round=opened, reviewer=rita)
    scores = {f"score-{code}": 3 for code in CODES}
    response = client.post(page_of(review), {**form(), **scores, "action": action})
    review.refresh_from_db()

    assert response["Location"] == page_of(following)
    assert review.state == state


def test_after_final_what_was_sent_is_shown_as_not_saved(client, review):
    give_scores(review, all=3)
    finalise(review=review, conflict="", by=review.reviewer)
    response = client.post(page_of(review), form({"motivation": 1}, motivation=5))

    assert {"key": "Motivation", "value": "5"} in response.context["page"].not_saved
    assert values()["motivation"] == 3


# --- others --------------------------------------------------------------------------------------------------------


def test_what_a_reviewer_sees_does_not_depend_on_others_until_their_own_is_final(client, opened, review):
    give_scores(review, motivation=3)
    addresses = [page_of(review), list_of(opened)]
    before = [masked(client.get(address)) for address in addresses]
    other = give_final_scores(ReviewFactory(round=opened, application=review.application), all=5)
    Review.objects.filter(pk=other.pk).update(comment="Outstanding.", confidence=3)
    assert [masked(client.get(address)) for address in addresses] == before

    give_scores(review, all=3)
    finalise(review=review, conflict="", by=review.reviewer)
    shown = client.get(page_of(review))
    assert shown.context["page"].other_rows[-1] == ["Weighted mean", "5.00"]
    assert "Outstanding." in text(shown)
    assert other.reviewer.full_name not in text(shown)


def test_others_who_are_not_final_or_stepped_back_are_not_shown(client, opened, review):
    give_final_scores(review, all=3)
    give_scores(ReviewFactory(round=opened, application=review.application), all=5)
    gone = give_final_scores(ReviewFactory(round=opened, application=review.application), all=5)
    Review.objects.filter(pk=gone.pk).update(state="recused", reason="R")

    assert client.get(page_of(review)).context["page"].others == ()


# --- conflicts -----------------------------------------------------------------------------------------------------


def test_a_conflict_takes_application_and_scores_off_the_page(client, opened, review):
    give_final_scores(review, all=3)
    document = review.application.documents.get()
    client.post(page_of(review, "review_conflict"), {"reason": "I know her."})
    shown = text(client.get(page_of(review)))
    review.refresh_from_db()

    assert (review.state, review.reason, ReviewScore.objects.count()) == ("recused", "I know her.", 6)
    assert "You do not review this application because of a conflict of interest." in shown
    assert ["Anaesthetics" in shown, 'type="radio"' in shown, "Your review" in shown] == [False, False, False]
    assert client.get(page_of(review, "review_document", document.public_id)).status_code == 404


def test_a_conflict_found_later_closes_the_page_without_telling_whose_it_is(client, opened, review, rita):
    give_scores(review, motivation=4)
    rita.team_roles.update(organisation=f"The {SECRETS['employer']} NHS Trust")
    shown = text(client.get(page_of(review)))
    assert "because of a conflict of interest" in shown
    assert [secret in shown for secret in SECRETS.values()] == [False] * len(SECRETS)
    client.post(page_of(review), form({"motivation": 1}, motivation=1))
    assert values() == {"motivation": 4}


def test_whoever_turns_out_to_supervise_the_applicant_reads_no_more(client, opened, review):
    Application.objects.update(answers={**ELIGIBLE, "supervisor_email": review.reviewer.email})
    assert "because of a conflict of interest" in text(client.get(page_of(review)))


def test_a_conflict_without_a_reason_is_asked_again(client, review):
    response = client.post(page_of(review, "review_conflict"), {"reason": " "})
    assert response.context["form"].errors == {"reason": ["Say what the conflict of interest is"]}


def test_a_closed_page_after_declaring_interests(client, opened, review, rita):
    declare_interests(
        review_round=opened, employers=[SECRETS["employer"]], supervisor_email="", people=[], version=0, by=rita
    )
    review.refresh_from_db()
    assert review.state == "recused"
    assert SECRETS["employer"] not in text(client.get(page_of(review)))


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "applicant", "administrator", "another_reviewer", "former_reviewer"])
def test_others_find_no_page(client, opened, review, rita, who, method):
    document = review.application.documents.get()
    person = {
        "stranger": UserFactory,
        "applicant": lambda: review.application.applicant,
        "administrator": lambda: TeamRoleFactory(administrator=True, programme=opened.cohort.programme).person,
        "another_reviewer": lambda: reviewer_of(opened),
        "former_reviewer": lambda: rita,
    }[who]()
    if who == "former_reviewer":
        rita.team_roles.update(ended_at=READING)
    client.force_login(person)
    addresses = [page_of(review), page_of(review, "review_conflict")]
    documents = [page_of(review, f"review_document{kind}", document.public_id) for kind in ("", "_text")]
    answers = [getattr(client, method)(address, form(motivation=3)).status_code for address in addresses]
    answers += [client.get(address).status_code for address in documents]

    assert answers == [404, 404, 404, 404]
    assert ReviewScore.objects.count() == 0
