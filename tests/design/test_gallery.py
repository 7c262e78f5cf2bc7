"""The gallery exists in the demo only."""

import pytest

from nextstep.design.gallery import every_field


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_gallery_exists_in_the_demo_only(client, settings, demo, status):
    settings.DEMO = demo
    assert client.get("/design/").status_code == status


def test_the_gallery_changes_nothing_and_takes_no_post(client, settings):
    settings.DEMO = True
    assert client.post("/design/", {}).status_code == 405


def test_the_refused_form_is_wrong_almost_everywhere():
    form = every_field(refused=True)
    assert sorted(set(form.fields) - set(form.errors)) == ["contact_by", "notes", "oop_now", "version"]
