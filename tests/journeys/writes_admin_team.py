"""Pages of the administration that write: cohorts, applications and sessions."""

from datetime import timedelta

from cohorts.models import TeamRole
from cohorts.services import change_cohort, change_place, change_programme, end_role
from sessions_app.models import TeachingSession
from sessions_app.services import cancel_session, change_session, publish_session
from tests.factories.cohorts import NOW, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import TeachingSessionFactory
from tests.journeys.office import CHANGED, SAVE, WORDS, Office, address
from tests.journeys.scenes import Scene

# --- cohorts


def changing_a_programme() -> Scene:
    office = Office()
    programme = office.cohort.programme
    return office.changes(
        programme,
        {"audience": WORDS},
        typed=WORDS,
        twice=CHANGED,
        meanwhile=lambda: change_programme(programme=programme, by=office.owner, version=1, audience="Dentists"),
        stale=CHANGED,
    )


def changing_a_cohort() -> Scene:
    office = Office()
    cohort = office.cohort
    return office.changes(
        cohort,
        {"introduction": WORDS},
        typed=WORDS,
        twice=CHANGED,
        meanwhile=lambda: change_cohort(cohort=cohort, by=office.owner, version=1, introduction="Come."),
        stale=CHANGED,
    )


def changing_a_place() -> Scene:
    office = Office()
    place = PlaceFactory(cohort=office.cohort)
    return office.changes(
        place,
        {"employer": WORDS},
        typed=WORDS,
        twice=CHANGED,
        meanwhile=lambda: change_place(place=place, by=office.owner, version=1, employer="Royal Papworth"),
        stale=CHANGED,
    )


def inviting_into_a_role() -> Scene:
    office = Office()
    data = {"email": "rita@example.org", "full_name": "Rita", "role": "reviewer", "cohort": str(office.cohort.pk)}
    return office.adds(TeamRole, data, typed="rita@example.org", twice="was added successfully")


def ending_a_role() -> Scene:
    office = Office()
    role = TeamRoleFactory(cohort=office.cohort)
    return Scene(
        by=office.ada,
        path=address(role, "change", role.pk),
        data={"end_now": "on", "reason": WORDS, **SAVE},
        stored=lambda: TeamRole.objects.get(pk=role.pk).ended_at,
        twice="it was ended or closed after you opened the page",
        meanwhile=lambda: end_role(team_role=role, by=office.owner),
        stale="it was ended or closed after you opened the page",
        others=office.others,
    )


# --- sessions


def making_a_session() -> Scene:
    office = Office()
    moments = {"starts_at_0": "2025-11-05", "starts_at_1": "17:00", "ends_at_0": "2025-11-05", "ends_at_1": "19:00"}
    data = {"cohort": str(office.cohort.pk), "kind": "masterclass", "number": "1", "title": WORDS, **moments}
    return office.adds(TeachingSession, data, typed=WORDS, twice="already exists")


def changing_a_session() -> Scene:
    office = Office()
    session = TeachingSessionFactory(cohort=office.cohort)

    def elsewhere() -> None:
        change_session(session=session, fields={"venue": "Newmarket"}, by=office.owner, version=session.version)

    return office.changes(
        session, {"venue": WORDS}, typed=WORDS, twice="was changed successfully", meanwhile=elsewhere, stale=CHANGED
    )


def publishing_a_session() -> Scene:
    office = Office()
    session = TeachingSessionFactory(cohort=office.cohort, state="draft")
    return office.acts(
        session,
        "publish_sessions",
        twice="published",
        meanwhile=lambda: publish_session(session=session, by=office.owner),
        stale="published",
    )


def cancelling_a_session() -> Scene:
    office = Office()
    session = TeachingSessionFactory(cohort=office.cohort, starts_at=NOW + timedelta(days=30))
    return office.acts(
        session,
        "cancel_sessions",
        pressed={"action": "cancel_sessions", "_selected_action": [str(session.pk)]},
        data={"reason": "Snow."},
        twice="cancelled",
        meanwhile=lambda: cancel_session(session=session, reason="Flood.", by=office.owner),
        stale="cancelled",
    )
