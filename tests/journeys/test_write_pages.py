"""Every page that writes, in every mishap: nothing lost, nothing doubled, a message that a person understands.

The pages are a table by address (`writes.py`); that no address is missing from it is tested too.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from nextstep import clock
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import NOW
from tests.journeys.scenes import Made, Scene, browser_of, counts, done_once, opened, send, words_of
from tests.journeys.writes import TRIED_ELSEWHERE, WRITES, addresses_that_take_a_post
from tests.journeys.writes_admin import ADMINISTRATION, pages_of_the_administration

pytestmark = pytest.mark.django_db

# A page, a thing or a choice that is not there for them; or a list of the administration in which nothing is.
NOT_FOR_YOU = (
    "You cannot see this page", "Page not found", "doesn’t exist. Perhaps it was deleted?",
    "That choice is not one of the available choices", " 0 applications", " 0 sessions", " 0 criteria",
    " 0 review criteria",
    " 0 pending decisions", " 0 releases of decisions", " 0 reserve lists", " 0 places",
    " 0 withdrawal fees",
)  # fmt: skip
PAGES = {**WRITES, **ADMINISTRATION}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    cache.clear()
    with clock.at(NOW):
        yield


@pytest.fixture
def scene(made: Made) -> Scene:
    return made()


# A session and a project of one's own, say, are nobody else's business: another person gets theirs at the same address.
ONES_OWN = {
    "applications:begin", "applications:topic", "applications:upload", "applications:answers", "portal:make_feed",
    "portal:replace_feed", "portal:revoke_feed", "account_details", "applications:ask",
}  # fmt: skip
# Adding, and doing once more what was done, do not depend on what the page showed.
NEVER_STALE = {
    "applications:upload", "applications:remove_document", "applications:reopen", "qip:conflict",
    "applications:review_conflict", "portal:replace_feed",
    "account_details", "cohorts.TeamRole add", "sessions_app.TeachingSession add", "qip.Panel add", "qip.Judge add",
    "qip.Criterion add", "qip.Criterion remove", "accounts.User add", "accounts_user_recover",
    "accounts_user_make_owner", "accounts_user_end_ownership", "accounts_user_close", "accounts_user_reopen",
    "notifications.Message send_given_up_again", "applications.ReviewRound add", "applications.ReviewCriterion add",
    "applications.ReviewCriterion remove", "applications.ReserveList add",
}  # fmt: skip


def pages_but(names: set[str]) -> pytest.MarkDecorator:
    chosen = {name: made for name, made in PAGES.items() if name not in names}
    return pytest.mark.parametrize("made", chosen.values(), ids=chosen)


each_page = pytest.mark.parametrize("made", PAGES.values(), ids=PAGES)


def test_no_page_that_writes_is_missing() -> None:
    assert addresses_that_take_a_post() == set(WRITES) | set(TRIED_ELSEWHERE)


def test_no_page_of_the_administration_is_missing() -> None:
    assert pages_of_the_administration(OwnerFactory()) == set(ADMINISTRATION)


@each_page
def test_once_is_done(scene: Scene) -> None:
    before = scene.stored()
    browser = browser_of(scene.by)
    answer = send(scene, browser, opened(scene, browser))

    assert answer.status_code == 200
    assert scene.stored() != before


@each_page
def test_sent_twice_is_done_once(scene: Scene) -> None:
    browser = browser_of(scene.by)
    fields = opened(scene, browser)
    send(scene, browser, fields)
    once = scene.stored(), counts()
    answer = send(scene, browser, fields)

    assert scene.twice in words_of(answer)
    if not scene.may_be_repeated:
        assert (scene.stored(), counts()) == once


@pages_but(NEVER_STALE)
def test_on_a_stale_page_nothing_of_others_is_lost(scene: Scene) -> None:
    assert scene.meanwhile is not None
    browser = browser_of(scene.by)
    fields = opened(scene, browser)
    scene.meanwhile()
    others = scene.stored()
    answer = send(scene, browser, fields)

    assert scene.stored() == others or scene.last_one_counts
    assert scene.stale in words_of(answer)
    assert scene.typed in words_of(answer)


@pages_but(ONES_OWN)
def test_others_may_not(scene: Scene) -> None:
    assert scene.others
    before = scene.stored(), counts()
    fields = opened(scene, browser_of(scene.by))
    for other in scene.others:
        told = words_of(send(scene, browser_of(other), fields))
        assert [words for words in NOT_FOR_YOU if words in told] != [], told
        assert (scene.stored(), counts()) == before


@each_page
def test_after_the_session_ended_it_is_kept_until_sign_in(scene: Scene) -> None:
    before, done = scene.stored(), done_once(scene)
    browser = browser_of(scene.by)
    fields = opened(scene, browser)
    del browser.cookies["sessionid"]
    answer = send(scene, browser, fields)

    assert "Send me a code" in words_of(answer)
    assert scene.stored() == before
    browser.force_login(scene.by)
    _sent_from_where_it_was_kept(scene, browser, answer, done)


@each_page
def test_after_signing_in_again_in_another_tab_it_is_kept(scene: Scene) -> None:
    before, done = scene.stored(), done_once(scene)
    browser = browser_of(scene.by, enforce_csrf_checks=True)
    fields = opened(scene, browser)
    browser.cookies["csrftoken"] = "another" + "x" * 25
    answer = send(scene, browser, fields)

    assert scene.stored() == before
    if not scene.held:
        assert answer.status_code == 403
        assert "Your page was out of date" in words_of(answer)
        return
    assert "You have not lost what you typed" in words_of(answer)
    _sent_from_where_it_was_kept(scene, browser, answer, done)


def _sent_from_where_it_was_kept(scene: Scene, browser: Client, answer, done) -> None:
    """Open what was kept, send it, and see that it did what it would have done at first."""
    kept = re.search(r"/account/unsent/[0-9a-f-]+/", str(answer.redirect_chain))
    assert (kept is not None) == scene.held
    if kept is None:
        return
    again = Scene(scene.by, f"{kept[0]}send/", scene.stored, page=kept[0], others=[])
    page = words_of(browser.get(kept[0]))
    assert scene.typed in page
    sent = send(again, browser, opened(again, browser))
    if scene.files:
        assert "Add your files again" in page
        assert all(f"{name}.pdf" in page for name in scene.files)
        assert "Select a file" in words_of(sent)
    else:
        assert (scene.stored(), counts()) == done
