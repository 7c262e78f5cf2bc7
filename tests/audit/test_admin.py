"""The audit in the admin: looked at by owners, written by nobody."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from nextstep.audit.models import Event
from tests.factories.accounts import OwnerFactory, UserFactory


@pytest.fixture
def event_admin():
    return admin.site.get_model_admin(Event)


def request_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "may_look"), [(OwnerFactory, True), (UserFactory, False)])
def test_owners_look_and_nobody_writes(event_admin, factory, may_look):
    request = request_by(factory())
    assert event_admin.get_model_perms(request) == {"view": may_look, "add": False, "change": False, "delete": False}
    assert event_admin.has_module_permission(request) == may_look


@pytest.mark.django_db
def test_an_owner_whose_account_is_closed_sees_nothing(event_admin):
    assert not event_admin.has_view_permission(request_by(OwnerFactory(is_active=False)))
