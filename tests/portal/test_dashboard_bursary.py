"""What a fellow's home says of the project that won."""

import pytest

from qip.services import award_bursaries, give_up_award, open_results
from tests.factories.accounts import OwnerFactory
from tests.factories.qip import JudgeFactory, PanelFactory, ProjectFactory, QipTermsFactory, give_final_scores

pytestmark = pytest.mark.django_db


def test_a_fellow_sees_the_bursary_until_it_is_given_up(client, set_clock):
    set_clock(2026, 7, 3, 12)
    panel, owner = PanelFactory(), OwnerFactory()
    QipTermsFactory(cohort=panel.cohort)
    winner = ProjectFactory(place__cohort=panel.cohort)
    give_final_scores(JudgeFactory(panel=panel), winner, all=4)
    results = open_results(panel=panel, by=owner)
    client.force_login(winner.place.fellow)

    opened = client.get("/home/").content.decode()
    [award] = award_bursaries(results=results, version=results.version, by=owner)
    awarded = client.get("/home/").content.decode()
    results.refresh_from_db()
    give_up_award(award=award, reason="Pays it from elsewhere.", version=results.version, by=owner)
    given_up = client.get("/home/").content.decode()

    assert ["Won a bursary" in page for page in (opened, awarded, given_up)] == [False, True, False]
