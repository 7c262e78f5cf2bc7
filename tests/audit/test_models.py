"""Events are added and never changed, not even past the model."""

import pytest
from django.db import IntegrityError, connection, transaction

from cohorts.models import Programme
from nextstep.audit.models import Event
from nextstep.audit.services import record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    person = UserFactory()
    return record("accounts.invited", person, by=None, after={"role": "judge"})


def still_as_written(event):
    return Event.objects.get(pk=event.pk).verb == "accounts.invited"


def test_an_update_of_many_is_refused(event):
    with pytest.raises(TypeError, match="never changed"):
        Event.objects.update(verb="accounts.nothing")
    assert still_as_written(event)


def test_saving_an_event_again_is_refused_by_the_database(event):
    event.verb = "accounts.nothing"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        event.save()
    assert still_as_written(event)


def test_bulk_update_is_refused(event):
    event.verb = "accounts.nothing"
    with pytest.raises(TypeError, match="never changed"), transaction.atomic():
        Event.objects.bulk_update([event], ["verb"])
    assert still_as_written(event)


def test_plain_sql_is_refused_by_the_database(event):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET verb = 'accounts.nothing'")
    assert still_as_written(event)


def test_deleting_one_and_deleting_many_are_refused(event):
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()
    with pytest.raises(TypeError, match="never deleted"):
        Event.objects.all().delete()
    assert still_as_written(event)


@pytest.mark.postgresql
def test_deleting_by_sql_is_refused_by_postgresql(event):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
    assert still_as_written(event)


def test_an_event_rolls_back_with_what_it_tells_of():
    person = UserFactory()
    with transaction.atomic():
        record("accounts.invited", person, by=None)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_a_person_with_a_history_cannot_be_deleted(event):
    actor = UserFactory()
    record("accounts.invited", actor, by=actor)
    with pytest.raises(IntegrityError):
        actor.delete()


def test_the_label_is_cut_to_what_the_column_holds():
    programme = Programme(pk=1, name="N" * 300)
    assert record("cohorts.programme_made", programme, by=None).object_label == "N" * 200


def test_a_persons_event_holds_neither_name_nor_address():
    person = UserFactory(full_name="Ada Abara", email="ada@example.nhs.uk")
    assert record("accounts.renamed", person, by=None).object_label == f"Person {person.pk}"
