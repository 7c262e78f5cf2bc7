"""The home page and a cohort's page, as anybody sees them."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.utils.html import strip_tags

from cohorts.models import Programme
from cohorts.registries import sections
from cohorts.services import load_programme, read_definition, shipped_files
from sessions_app.enums import SessionState
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AttendanceRequirementFactory,
    CohortFactory,
    EligibilityCriterionFactory,
    FirstComeCohortFactory,
    GraduationTermsFactory,
    ProgrammeFactory,
)
from tests.factories.sessions_app import FaceToFaceDayFactory, TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 4, 29, 12)


def main_of(response):
    return re.search(r"<main[^>]*>(.*)</main>", response.content.decode(), re.DOTALL)[1]


def words_of(response):
    """The words of the page's main part, spaces made one."""
    parted = re.sub(r"(</(?:li|p|h\d|d[td]|t[dh])>|<br>)", r" \1", main_of(response))
    return " ".join(html.unescape(strip_tags(parted)).split())


def links_of(response):
    return re.findall(r'href="([^"#][^"]*)"', main_of(response))


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="next-step", name="Next Step", audience="Resident doctors")


@pytest.fixture
def cohort(programme):
    return CohortFactory(programme=programme, slug="2025-26", name="2025 to 2026", places=70)


# --- the home page ---------------------------------------------------------------------------------------------------


def test_an_open_cohort_can_be_checked_and_applied_to(client, cohort):
    response = client.get("/")
    assert words_of(response).endswith(
        "Next Step For: Resident doctors. 2025 to 2026, Next Step Open "
        "Applications close at 11:59pm on 2 June 2025. "
        "The programme runs from 8 October 2025 to 2 July 2026. There are 70 places. "
        "Check if you can apply for Next Step, 2025 to 2026 Apply for Next Step, 2025 to 2026"
    )
    page = "/next-step/2025-26/"
    assert links_of(response) == [page, f"{page}check/", f"{page}apply/"]


@pytest.mark.parametrize(
    ("now", "tag", "window", "offered"),
    [
        ((2025, 3, 24, 23, 59), "Opens soon",
         "Applications open on 25 March 2025 and close at 11:59pm on 2 June 2025.", {"check"}),
        ((2025, 3, 25, 0, 0), "Open", "Applications close at 11:59pm on 2 June 2025.", {"check", "apply"}),
        ((2025, 6, 2, 23, 59), "Open", "Applications close at 11:59pm on 2 June 2025.", {"check", "apply"}),
        ((2025, 6, 3, 0, 0), "Closed", "Applications closed at 11:59pm on 2 June 2025.", set()),
    ],
)  # fmt: skip
def test_the_window_says_open_and_closed_to_the_minute_of_london(client, cohort, set_clock, now, tag, window, offered):
    set_clock(*now)
    for address in ("/", "/next-step/2025-26/"):
        response = client.get(address)
        assert f"{tag} {window}" in words_of(response)
        ways = {way for way in ("check", "apply") if f"/next-step/2025-26/{way}/" in links_of(response)}
        assert ways == offered


def test_a_window_that_opens_within_a_day_says_when(client, programme):
    CohortFactory(programme=programme, applications_open_at=datetime(2025, 5, 1, 8, 0, tzinfo=UTC))
    assert "Applications open on 1 May 2025 at 9am and close" in words_of(client.get("/"))


@pytest.mark.parametrize(
    ("now", "run"),
    [
        ((2026, 7, 2, 23, 59), "The programme runs from 8 October 2025 to 2 July 2026."),
        ((2026, 7, 3, 0, 0), "The programme ran from 8 October 2025 to 2 July 2026 and has ended."),
    ],
)
def test_a_past_cohort_says_that_it_is_closed_and_once_over_that_it_has_ended(client, cohort, set_clock, now, run):
    set_clock(*now)
    assert words_of(client.get("/")).endswith(
        "No cohort is taking applications now. Past cohorts 2025 to 2026, Next Step Closed "
        f"Applications closed at 11:59pm on 2 June 2025. {run}"
    )


def test_programmes_with_something_to_apply_to_come_first_and_open_cohorts_before_upcoming(client):
    later = datetime(2025, 5, 20, tzinfo=UTC)
    past = {"applications_open_at": datetime(2024, 3, 1, tzinfo=UTC), "applications_close_at": NOON}
    CohortFactory(programme__name="Aardvark", name="A past", **past)
    zebra = ProgrammeFactory(name="Zebra")
    CohortFactory(programme=zebra, name="Z upcoming", applications_open_at=later)
    CohortFactory(programme=zebra, name="Z open")
    CohortFactory(programme=zebra, name="Z past", **past)
    found = re.findall(r"\b(Zebra For|Aardvark For|[AZ] (?:open|upcoming|past),)", words_of(client.get("/")).replace(
        "Zebra Z", "Zebra For Z").replace("Aardvark No", "Aardvark For No"))  # fmt: skip
    assert found == ["Zebra For", "Z open,", "Z upcoming,", "Z past,", "Aardvark For", "A past,"]


NOON = datetime(2025, 4, 29, 11, 0, tzinfo=UTC)


def test_a_portal_without_programmes_says_so(client):
    ProgrammeFactory()
    assert words_of(client.get("/")).endswith("There are no programmes yet. Come back soon.")


@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_home_page_asks_two_questions_whatever_it_lists(client, django_assert_num_queries, cohorts):
    for _ in range(cohorts):
        CohortFactory(programme=CohortFactory().programme)
    client.get("/")
    with django_assert_num_queries(2):
        client.get("/")


# --- the cohort page -------------------------------------------------------------------------------------------------


@pytest.fixture
def next_step():
    load_programme(definition=read_definition(shipped_files()[1]), by=None)
    return Programme.objects.get()


def test_the_page_of_next_step_says_all_that_the_prospectus_says(client, next_step):
    """Each heading with the words that follow it."""
    words = words_of(client.get("/next-step/2025-26/"))
    for expected in [
        "2025 to 2026 Next Step: Leadership and Management Fellows Programme Open Applications close at 11:59pm on",
        "Next Step prepares you to lead and to manage in the NHS.",
        "You must meet all of these: You must hold a National Training Number (NTN).",
        "it must be 8 October 2027 or earlier.",
        "Masterclass 1: The Quality Improvement Project How to plan, carry out and measure",
        "18 September 2025, 5pm to 7pm. Online. Delivered by King's Health Partners.",
        "Face-to-face day 3: Change Management",
        "26 February 2026, 9am to 5pm. Bush House, Strand, London. Delivered by King's Business School.",
        "You meet a small group of about 6 fellows for 90 minutes on each of 4 topics, on Zoom.",
        "Topic 1: What is the problem and why is it a problem One slot of 90 minutes in one of these: 4 October 2025,",
        "4 October 2025, midday to 7:30pm 10 October 2025, 3pm to 7:30pm",
        "a panel from King's Health Partners, Faculty of Medical Leadership and Management and King's Business School.",
        "Thursday 2 July 2026 Time 9am to 5pm What Face-to-face day 4: Capstone, best practice, and next steps",
        "Expect about 120 hours in all. The dates above take about 50 hours of them. The rest is for your",
        "The rest is for your quality improvement project, preparation and reading.",
        "You must attend all 4 face-to-face days. You must attend at least 4 of the 6 masterclasses.",
        "1-2-1 coaching: FMLM 360 debrief (1 session for each fellow).",
        "12 months of membership of the Faculty of Medical Leadership and Management (FMLM)",
        "A lower fee of £200 for FMLM Associate Fellowship when you graduate. You have 2 years after the programme",
        "A bursary for the 5 best projects: the fee for FMLM Associate Fellowship.",
        "you can join: King's Executive Alumni Association Graduates Mentor pool",
        "Many departments need 6 weeks of notice.",
        "A team reads all applications after the closing date and offers the places. You will need to upload",
        "You will need to upload: Up-to-date CV 2 supporting statements",
        "Delivered by King's Health Partners, King's Business School and Faculty of Medical Leadership and Management",
        "Funded by NHS England Accredited by Faculty of Medical Leadership and Management",
        "Contact Questions? Email kbsparticipants@kcl.ac.uk.",
    ]:
        assert expected in words


def test_every_heading_in_the_contents_is_on_the_page(client, next_step):
    page = client.get("/next-step/2025-26/").content.decode()
    anchors = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', page)
    assert len(anchors) == 11
    assert re.findall(r'<h2 id="([\w-]+)">([^<]+)</h2>', page) == anchors


@pytest.mark.parametrize(
    ("file", "address"),
    [
        (0, "/next-generation-gp/cambridgeshire-peterborough/"),
        (2, "/stepping-up/bands-5-6/"),
        (2, "/stepping-up/band-7/"),
    ],
)
def test_the_other_shipped_cohorts_have_a_page_without_empty_parts(client, file, address):
    load_programme(definition=read_definition(shipped_files()[file]), by=None)
    page = client.get(address).content.decode()
    anchors = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', page)
    assert re.findall(r'<h2 id="([\w-]+)">([^<]+)</h2>', page) == anchors
    assert "None" not in strip_tags(page)


def test_a_first_come_cohort_says_how_places_go_and_what_leaving_costs(client):
    cohort = FirstComeCohortFactory(commitment_required=True, withdrawal_fee_pounds=970)
    words = words_of(client.get(f"/{cohort.programme.slug}/{cohort.slug}/"))
    assert "Places go to those who can join, in the order in which they apply." in words
    assert "When all places are taken, 2 more people can wait in a queue." in words
    assert "You sign a commitment before you take your place." in words
    assert "your organisation owes a fee of £970, unless extenuating circumstances are agreed." in words


def test_the_administrators_words_come_before_the_portals_own(client, programme):
    programme.introduction = "Of the programme."
    programme.save()
    written = CohortFactory(programme=programme, introduction="Of the cohort.\n\nSecond.", study_leave_words="Ask Ann.")
    page = client.get(f"/next-step/{written.slug}/").content.decode()
    assert "<p>Of the cohort.</p>\n\n<p>Second.</p>" in page
    assert "<p>Ask Ann.</p>" in page
    assert "Of the programme." not in page
    assert "weeks of notice" not in page


def test_words_of_administrators_are_shown_as_text(client, cohort):
    cohort.introduction = "<script>alert(1)</script>"
    cohort.save()
    page = client.get("/next-step/2025-26/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_a_cancelled_session_is_marked_and_a_draft_unseen(client, cohort):
    TeachingSessionFactory(cohort=cohort, title="Called off", state=SessionState.CANCELLED)
    TeachingSessionFactory(cohort=cohort, title="Being planned", state=SessionState.DRAFT)
    words = words_of(client.get("/next-step/2025-26/"))
    assert "Called off Cancelled" in words
    assert "Being planned" not in words


def test_the_joining_link_is_not_for_the_public(client, cohort):
    TeachingSessionFactory(cohort=cohort, joining_link="https://zoom.example/j/123")
    assert "zoom.example" not in client.get("/next-step/2025-26/").content.decode()


def test_a_closed_cohort_says_so_on_its_page(client, cohort, set_clock):
    set_clock(2025, 6, 3)
    assert "This cohort is closed. You can no longer apply for it." in words_of(client.get("/next-step/2025-26/"))


@pytest.mark.parametrize("address", ["/next-step/2030-31/", "/no-such/2025-26/", "/no-such/"])
def test_a_cohort_that_does_not_exist_is_not_found(client, cohort, address):
    assert client.get(address).status_code == 404


def test_a_cohort_of_another_programme_is_not_found_under_this_one(client, cohort):
    other = CohortFactory(slug="other")
    assert client.get(f"/next-step/{other.slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_cohorts_page_asks_the_same_questions_whatever_it_holds(client, django_assert_num_queries, cohort, rows):
    GraduationTermsFactory(cohort=cohort)
    AttendanceRequirementFactory(cohort=cohort)
    for day in range(rows):
        EligibilityCriterionFactory(cohort=cohort)
        TeachingSessionFactory(cohort=cohort)
        FaceToFaceDayFactory(cohort=cohort, starts_at=datetime(2025, 10, 8 + day, 8, 0, tzinfo=UTC))
    client.get("/")
    with django_assert_num_queries(6):
        client.get("/next-step/2025-26/")


def test_whoever_is_signed_in_sees_their_name_and_a_private_page(client, cohort):
    client.force_login(UserFactory(full_name="Fay Fellow"))
    response = client.get("/next-step/2025-26/")
    assert "Fay Fellow" in response.content.decode()
    assert response["Cache-Control"] == "no-cache, private"


def test_all_rooms_brought_their_sections():
    assert sections.keys() == [
        "action_learning_sets", "attendance", "coaching", "documents", "eligibility", "graduation", "qip",
        "reserve_list", "sessions",
    ]  # fmt: skip


def test_a_place_is_counted_in_words(client, programme):
    CohortFactory(programme=programme, places=1)
    CohortFactory(programme=programme, places=1, slug="over", commences_on=date(2024, 1, 1), ends_on=date(2024, 2, 1))
    assert "There is 1 place." in words_of(client.get("/"))
    assert "There was 1 place." in words_of(client.get("/next-step/over/"))
