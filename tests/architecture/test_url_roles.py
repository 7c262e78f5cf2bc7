"""What every address answers to every role. A new address fails this test until it has its row.

A letter stands for a role, in the order of `ROLES`:

    . opens   s leads to sign-in   x is refused   - is not found   > leads on

An address that takes no GET is sent an empty form. Where a row looks wrong, it is the view that is wrong.
"""

from typing import Any

import pytest
from django.urls import URLPattern

from nextstep import clock
from nextstep.accounts import checks
from tests.architecture.people_of_the_portal import ROLES, Portal, address, answers, made_portal
from tests.architecture.watching import watched
from tests.factories.cohorts import NOW
from tests.factories.statements import token_of

pytestmark = pytest.mark.django_db

COHORT: dict[str, Any] = {"programme": lambda things: things["programme"], "cohort": lambda things: things["cohort"]}


def of(thing: str, attribute: str = "public_id") -> Any:
    return lambda things: getattr(things[thing], attribute)


REGISTER: dict[str, Any] = {"public_id": of("session")}
PERSON: dict[str, Any] = {**REGISTER, "place_id": of("place")}
APPLICATION: dict[str, Any] = {"public_id": of("application")}
OWN_PAGES = ("application", "sent", "withdraw", "reopen", "copy", "copy_pdf", "undo", "monitoring")
DOCUMENT: dict[str, Any] = {"public_id": of("document")}
OFFER: dict[str, Any] = {"public_id": of("offer")}
STATEMENT: dict[str, Any] = {"token": lambda things: token_of(things["asked"])}
ROUND: dict[str, Any] = {"round_id": of("round")}
REVIEW: dict[str, Any] = {**ROUND, "review_id": of("review")}
PANEL: dict[str, Any] = {"panel_id": of("panel")}
PROJECT: dict[str, Any] = {"project_id": of("project")}
HELD: dict[str, Any] = {"held_id": "00000000-0000-0000-0000-000000000000"}

# The arguments of the addresses that have some.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "portal:feed": {"token": "not-a-token"},
    "mfa_remove_webauthn": {"pk": 0},
    "mfa_edit_webauthn": {"pk": 0},
    "unsent": HELD,
    "unsent_send": HELD,
    "unsent_delete": HELD,
    "sessions_app:session": {"public_id": of("session")},
    "sessions_app:session_calendar": {"public_id": of("session")},
    "qip:project": PROJECT,
    "qip:panel": PANEL,
    "qip:score": {**PANEL, **PROJECT},
    "qip:conflict": {**PANEL, **PROJECT},
    "qip:results": PANEL,
    "qip:open": PANEL,
    "qip:tie": PANEL,
    "qip:award": PANEL,
    "qip:give_up": {**PANEL, "award_id": 0},
    **dict.fromkeys(["portal:graduation", "attendance:standings", "applications:monitoring_report"], COHORT),
    "attendance:register": REGISTER,
    "attendance:close": REGISTER,
    "attendance:reopen": REGISTER,
    "attendance:mark": PERSON,
    "attendance:person": PERSON,
    "attendance:minutes": PERSON,
    "attendance:excuse": PERSON,
    "attendance:withdraw": PERSON,
    **dict.fromkeys([f"applications:{page}" for page in OWN_PAGES], APPLICATION),
    "applications:document": DOCUMENT,
    "applications:document_text": DOCUMENT,
    "applications:remove_document": DOCUMENT,
    **dict.fromkeys(["applications:" + page for page in ("offer", "decline_offer", "undo_decline")], OFFER),
    "applications:statement": STATEMENT,
    "applications:decline_request": STATEMENT,
    "applications:withdraw_request": {"public_id": of("asked")},
    "applications:review_round": ROUND,
    "applications:interests": ROUND,
    "applications:next_review": ROUND,
    "applications:review": REVIEW,
    "applications:review_conflict": REVIEW,
    "applications:review_document": {**REVIEW, "document_id": of("document")},
    "applications:review_document_text": {**REVIEW, "document_id": of("document")},
    "applications:upload": {**COHORT, "required": of("document", "required_id"), "number": 1},
    **dict.fromkeys(
        ["applications:" + page for page in ("check", "start", "begin", "tasks", "documents", "answers")], COHORT
    ),
    "applications:ask": {**COHORT, "required": of("asked", "required_id"), "number": 1},
    "applications:topic": {**COHORT, "topic": "ntn"},
    "cohort_page": COHORT,
    "admin:accounts_user_recover": {"pk": of("person", "pk")},
    "admin:accounts_user_make_owner": {"pk": of("person", "pk")},
    "admin:accounts_user_end_ownership": {"pk": of("person", "pk")},
    "admin:accounts_user_close": {"pk": of("person", "pk")},
    "admin:accounts_user_reopen": {"pk": of("person", "pk")},
    "admin:accounts_user_change": {"object_id": of("person", "pk")},
    "admin:accounts_contentpage_change": {"object_id": of("page", "pk")},
    "admin:applications_application_change": {"object_id": of("application", "pk")},
    "admin:cohorts_place_change": {"object_id": of("place", "pk")},
    "admin:qip_panel_change": {"object_id": of("panel", "pk")},
    "admin:qip_project_change": {"object_id": of("project", "pk")},
    "admin:applications_decision_change": {"object_id": of("decision", "pk")},
    "admin:cohorts_withdrawalfee_change": {"object_id": of("fee", "pk")},
    "admin:applications_reservelist_change": {"object_id": of("reserve_list", "pk")},
    "admin:applications_release_change": {"object_id": of("release", "pk")},
    "admin:applications_windowextension_change": {"object_id": of("extension", "pk")},
    "admin:applications_latelink_change": {"object_id": of("late_link", "pk")},
    "admin:sessions_app_teachingsession_change": {"object_id": of("session", "pk")},
}


# fmt: off
#                                           anonymous, applicant, fellow, reviewer, judge,
#                                           facilitator, coach, local lead, administrator, owner
TABLE = {
    "home":                                               "..........",
    "healthz":                                            "..........",
    "portal:dashboard":                                   "s.........",
    "portal:graduation":                                  "sxxxxxx...",
    "portal:make_feed":                                   "s>>>>>>>>>",
    "portal:replace_feed":                                "s>>>>>>>>>",
    "portal:revoke_feed":                                 "s>>>>>>>>>",
    "portal:feed":                                        "----------",
    "account":                                            "s.........",
    "account_details":                                    "s.........",
    "account_change_email":                               "s.........",
    "account_change_email_codes":                         "s>>>>>>>>>",
    "account_sign_out_everywhere":                        "ssssssssss",
    "account_login":                                      ".>>>>>>>>>",
    "account_request_login_code":                         ".>>>>>>>>>",
    "account_confirm_login_code":                         "s>>>>>>>>>",
    "account_logout":                                     ">.........",
    "account_inactive":                                   "..........",
    "second_factor_needed":                               "s>>>>>>>>>",
    "mfa_activate_totp":                                  "s.........",
    "mfa_add_webauthn":                                   "s.........",
    "mfa_index":                                          "s.........",
    "mfa_authenticate":                                   "s>>>>>>>>>",
    "mfa_reauthenticate":                                 "sxxxxxxxxx",
    "mfa_deactivate_totp":                                "s---------",
    "mfa_view_recovery_codes":                            "s---------",
    "mfa_generate_recovery_codes":                        "s.........",
    "mfa_download_recovery_codes":                        "s---------",
    "mfa_list_webauthn":                                  "s.........",
    "mfa_reauthenticate_webauthn":                        "sxxxxxxxxx",
    "mfa_remove_webauthn":                                "s---------",
    "mfa_edit_webauthn":                                  "s---------",
    "unsent":                                             "s---------",
    "unsent_send":                                        "s>>>>>>>>>",
    "unsent_delete":                                      "s>>>>>>>>>",
    "privacy":                                            "..........",
    "accessibility":                                      "..........",
    "cookies":                                            "..........",
    "help":                                               "..........",
    "sessions_app:session":                               "sx.x......",
    "sessions_app:session_calendar":                      "sx.x......",
    "qip:projects":                                       "s.>.......",
    "qip:project":                                        "s-.-------",
    "qip:judging":                                        "s...>.....",
    "qip:panel":                                          "s---.-----",
    "qip:score":                                          "s---.-----",
    "qip:conflict":                                       "s---.-----",
    "qip:results_list":                                   "sxxxxxx...",
    "qip:results":                                        "sxxxxxx...",
    "qip:open":                                           "sxxxxxx...",
    "qip:tie":                                            "sxxxxxx---",
    "qip:award":                                          "sxxxxxx---",
    "qip:give_up":                                        "sxxxxxx---",
    "attendance:own":                                     "s.........",
    "attendance:standings":                               "sxxxxxx...",
    "attendance:registers":                               "sxxxx.x...",
    "attendance:all_registers":                           "sxxxx.x...",
    "attendance:register":                                "sxxxx.x...",
    "attendance:close":                                   "sxxxx.x...",
    "attendance:reopen":                                  "sxxxxxx>>>",
    "attendance:mark":                                    "sxxxx>x>>>",
    "attendance:person":                                  "sxxxx.x...",
    "attendance:minutes":                                 "sxxxx.x...",
    "attendance:excuse":                                  "sxxxxxx...",
    "attendance:withdraw":                                "sxxxxxx---",
    "admin:index":                                        "sxxxxxx...",
    "admin:login":                                        "sxxxxxx>>>",
    "admin:logout":                                       "sxxxxxx>>>",
    "admin:autocomplete":                                 "sxxxxxxxxx",
    "admin:jsi18n":                                       "sxxxxxx...",
    "admin:cohorts_place_changelist":                     "sxxxxxx...",
    "admin:cohorts_place_add":                            "sxxxxxxxxx",
    "admin:cohorts_withdrawalfee_changelist":             "sxxxxxx...",
    "admin:cohorts_withdrawalfee_add":                    "sxxxxxxxxx",
    "admin:cohorts_seat_changelist":                      "sxxxxxx...",
    "admin:cohorts_seat_add":                             "sxxxxxxxxx",
    "admin:cohorts_programme_changelist":                 "sxxxxxx...",
    "admin:cohorts_programme_add":                        "sxxxxxxxxx",
    "admin:cohorts_cohort_changelist":                    "sxxxxxx...",
    "admin:cohorts_cohort_add":                           "sxxxxxxxxx",
    "admin:cohorts_teamrole_changelist":                  "sxxxxxx...",
    "admin:cohorts_teamrole_add":                         "sxxxxxx...",
    "admin:applications_application_changelist":          "sxxxxxx...",
    "admin:applications_application_add":                 "sxxxxxxxxx",
    "admin:applications_review_changelist":               "sxxxxxx...",
    "admin:applications_review_add":                      "sxxxxxxxxx",
    "admin:applications_reviewround_changelist":          "sxxxxxx...",
    "admin:applications_reviewround_add":                 "sxxxxxx...",
    "admin:applications_reviewcriterion_changelist":      "sxxxxxx...",
    "admin:applications_reviewcriterion_add":             "sxxxxxx...",
    "admin:applications_decision_changelist":             "sxxxxxx...",
    "admin:applications_decision_add":                    "sxxxxxxxxx",
    "admin:applications_release_changelist":              "sxxxxxx...",
    "admin:applications_release_add":                     "sxxxxxxxxx",
    "admin:applications_reservelist_changelist":          "sxxxxxx...",
    "admin:applications_reservelist_add":                 "sxxxxxx...",
    "admin:applications_windowextension_changelist":      "sxxxxxx...",
    "admin:applications_windowextension_add":             "sxxxxxx...",
    "admin:applications_latelink_changelist":             "sxxxxxx...",
    "admin:applications_latelink_add":                    "sxxxxxx...",
    "admin:attendance_mark_changelist":                   "sxxxxxx...",
    "admin:attendance_mark_add":                          "sxxxxxxxxx",
    "admin:attendance_excusal_changelist":                "sxxxxxx...",
    "admin:attendance_excusal_add":                       "sxxxxxxxxx",
    "admin:qip_panel_changelist":                         "sxxxxxx...",
    "admin:qip_panel_add":                                "sxxxxxx...",
    "admin:qip_judge_changelist":                         "sxxxxxx...",
    "admin:qip_judge_add":                                "sxxxxxx...",
    "admin:qip_assessment_changelist":                    "sxxxxxx...",
    "admin:qip_assessment_add":                           "sxxxxxxxxx",
    "admin:qip_project_changelist":                       "sxxxxxx...",
    "admin:qip_project_add":                              "sxxxxxxxxx",
    "admin:qip_rubric_changelist":                        "sxxxxxx...",
    "admin:qip_rubric_add":                               "sxxxxxxxxx",
    "admin:qip_criterion_changelist":                     "sxxxxxx...",
    "admin:qip_criterion_add":                            "sxxxxxx...",
    "admin:sessions_app_teachingsession_changelist":      "sxxxxxx...",
    "admin:sessions_app_teachingsession_add":             "sxxxxxx...",
    "admin:sessions_app_actionlearningtopic_changelist":  "sxxxxxx...",
    "admin:sessions_app_actionlearningtopic_add":         "sxxxxxxxxx",
    "admin:sessions_app_actionlearningterms_changelist":  "sxxxxxx...",
    "admin:sessions_app_actionlearningterms_add":         "sxxxxxxxxx",
    "admin:audit_event_changelist":                       "sxxxxxxxx.",
    "admin:audit_event_add":                              "sxxxxxxxxx",
    "admin:notifications_message_changelist":             "sxxxxxxxx.",
    "admin:notifications_message_add":                    "sxxxxxxxxx",
    "admin:jobs_periodicrun_changelist":                  "sxxxxxxxx.",
    "admin:jobs_periodicrun_add":                         "sxxxxxxxxx",
    "admin:accounts_contentpage_changelist":              "sxxxxxxxx.",
    "admin:accounts_contentpage_add":                     "sxxxxxxxxx",
    "admin:accounts_user_duplicates":                     "sxxxxxx...",
    "admin:accounts_user_changelist":                     "sxxxxxx...",
    "admin:accounts_user_add":                            "sxxxxxx...",
    "design:gallery":                                     "----------",
    "applications:application":                           "s.--------",
    "applications:sent":                                  "s.--------",
    "applications:copy":                                  "s.-----...",
    "applications:copy_pdf":                              "s.-----...",
    "applications:withdraw":                              "s.--------",
    "applications:reopen":                                "s>--------",
    "applications:undo":                                  "s>--------",
    "applications:monitoring":                            "s.--------",
    "applications:monitoring_report":                     "sxxxxxx...",
    "applications:document":                              "s.-----...",
    "applications:document_text":                         "s.-----...",
    "applications:remove_document":                       "s.--------",
    "applications:offer":                                 "s.--------",
    "applications:decline_offer":                         "s.--------",
    "applications:undo_decline":                          "s>--------",
    "applications:statement":                             "..........",
    "applications:decline_request":                       "..........",
    "applications:withdraw_request":                      "s.--------",
    "applications:reviewing":                             "s..>......",
    "applications:review_round":                          "s--.------",
    "applications:interests":                             "s--.------",
    "applications:next_review":                           "s-->------",
    "applications:review":                                "s--.------",
    "applications:review_conflict":                       "s--.------",
    "applications:review_document":                       "s--.------",
    "applications:review_document_text":                  "s--.------",
    "applications:check":                                 "..........",
    "applications:start":                                 "..........",
    "applications:begin":                                 "s>>>>>>>>>",
    "applications:tasks":                                 "s>>>>>>>>>",
    "applications:documents":                             "s>>>>>>>>>",
    "applications:upload":                                "s>>>>>>>>>",
    "applications:ask":                                   "s>>>>>>>>>",
    "applications:answers":                               "s>>>>>>>>>",
    "applications:topic":                                 "s>>>>>>>>>",
    "cohort_page":                                        "..........",
    "admin:accounts_user_recover":                        "sxxxxxx...",
    "admin:accounts_user_make_owner":                     "sxxxxxxxx.",
    "admin:accounts_user_end_ownership":                  "sxxxxxxxx.",
    "admin:accounts_user_close":                          "sxxxxxxxx.",
    "admin:accounts_user_reopen":                         "sxxxxxxxx.",
    "admin:accounts_user_change":                         "sxxxxxx...",
    "admin:accounts_contentpage_change":                  "sxxxxxxxx.",
    "admin:applications_application_change":              "sxxxxxx...",
    "admin:applications_decision_change":                 "sxxxxxx...",
    "admin:applications_release_change":                  "sxxxxxx...",
    "admin:applications_reservelist_change":              "sxxxxxx...",
    "admin:applications_windowextension_change":          "sxxxxxx...",
    "admin:applications_latelink_change":                 "sxxxxxx...",
    "admin:cohorts_withdrawalfee_change":                 "sxxxxxx...",
    "admin:cohorts_place_change":                         "sxxxxxx...",
    "admin:qip_panel_change":                             "sxxxxxx...",
    "admin:qip_project_change":                           "sxxxxxx...",
    "admin:sessions_app_teachingsession_change":          "sxxxxxx...",
}
# fmt: on

# The one trace that a GET leaves: who opened an applicant's document or copy, and when, is in the audit. Nothing else
# comes of it, so a browser may ask again and a scanner does no harm.
TEAM, REVIEWER = ROLES[-3:], ("reviewer",)
LOGGED = {
    "applications:document": TEAM,
    "applications:document_text": TEAM,
    "applications:copy": TEAM,
    "applications:copy_pdf": TEAM,
    "applications:review_document": REVIEWER,
    "applications:review_document_text": REVIEWER,
}


def named() -> dict[str, URLPattern]:
    """Every route that has a name."""
    return {":".join([*spaces, part.name]): part for _, spaces, part in checks.patterns() if part.name}


def is_of_one_object_in_the_admin(name: str, part: URLPattern) -> bool:
    return name.startswith("admin:") and bool(part.pattern.regex.groups)


@pytest.fixture
def portal() -> Portal:
    return made_portal()


def test_every_address_has_its_row() -> None:
    wanted = {name for name, part in named().items() if not is_of_one_object_in_the_admin(name, part)}

    assert sorted(wanted - TABLE.keys()) == []
    assert sorted(TABLE.keys() - named().keys()) == []


def room_of(name: str) -> str:
    """The part of the table that is walked in one go."""
    return name.partition("_")[0] if name.startswith("admin:") else name.rpartition(":")[0]


@pytest.mark.parametrize("room", sorted({room_of(name) for name in TABLE}))
def test_every_address_answers_every_role_as_its_row_says_and_a_get_writes_nothing(portal: Portal, room: str) -> None:
    rows = {name: row for name, row in TABLE.items() if room_of(name) == room}
    with clock.at(NOW):
        found = {name: answers(portal, address(portal, name, ARGUMENTS.get(name, {}))) for name in rows}

    assert found == rows
    assert {key: tables for key, tables in portal.written.items() if tables} == {
        (address(portal, name, ARGUMENTS[name]), role): {"audit_event"}
        for name in LOGGED.keys() & rows.keys()
        for role in LOGGED[name]
    }


def test_the_watch_over_writes_sees_what_it_looks_for(portal: Portal) -> None:
    with watched() as written:
        portal.people["owner"].save()
        portal.browser_of("judge").get("/home/")

    assert written == {"accounts_user"}


def test_where_a_second_factor_is_demanded_no_page_behind_sign_in_opens_without(portal: Portal, settings: Any) -> None:
    """But the pages of one's own account, where it is set up and given."""
    settings.SECOND_FACTOR_DEMANDED_OF = ["owner"]
    closed = {name: address(portal, name, ARGUMENTS.get(name, {})) for name, row in TABLE.items() if row[0] == "s"}
    own = {name: path for name, path in closed.items() if name.startswith(("account", "mfa_", "unsent", "second_"))}

    led = {name for name, path in closed.items() if _asks_for_second_factor(portal, path, posting=name not in own)}

    assert led == closed.keys() - own.keys()


def _asks_for_second_factor(portal: Portal, path: str, *, posting: bool) -> bool:
    browser = portal.browser_of("owner")
    answer = browser.get(path)
    if answer.status_code == 405 and posting:
        answer = browser.post(path)
    return answer.get("Location", "").startswith("/account/second-factor/needed/")


def test_no_page_of_the_admin_opens_without_a_role_that_administers(portal: Portal) -> None:
    paths = {
        name: address(portal, name, dict.fromkeys(part.pattern.regex.groupindex, 1))
        for name, part in named().items()
        if is_of_one_object_in_the_admin(name, part) and name != "admin:app_list"
    }

    found = {name: answers(portal, path, ROLES[:7]) for name, path in paths.items()}

    assert found == dict.fromkeys(paths, "sxxxxxx")
