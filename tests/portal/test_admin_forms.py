"""What every form of the administration does alike: it says what is wrong in one place, and leads to each field."""

import re

import pytest

from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import CohortFactory

pytestmark = pytest.mark.django_db


def test_a_refused_form_lists_each_problem_with_the_way_to_its_field(client):
    client.force_login(OwnerFactory())
    page = client.post("/admin/sessions_app/teachingsession/add/", {"version_seen": 1}).content.decode()
    summary = page.partition('role="alert"')[2].partition("</div>")[0]
    problems = re.findall(r'<a href="#(\w+)">(.+?)</a>', summary)
    assert [words.partition(":")[0] for _, words in problems] == [
        "Cohort", "Kind", "Title", "Starts (London time)", "Ends (London time)",
    ]  # fmt: skip
    for field, _ in problems:
        assert page.count(f'id="{field}"') == 1


def test_a_form_without_a_mistake_has_no_summary_and_no_second_history(client):
    client.force_login(OwnerFactory())
    page = client.get(f"/admin/cohorts/cohort/{CohortFactory().pk}/change/").content.decode()
    assert 'role="alert"' not in page
    assert "historylink" not in page
    assert page.count("What happened") == 1
