"""Worker and beat as they really run, on a real Redis."""

import threading
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection

from nextstep.jobs.models import PeriodicRun
from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_message
from tests.factories.accounts import UserFactory
from tests.jobs.running import CELERY, eventually, running

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]

LOCK = "nextstep-test-has-this-database"


@pytest.fixture
def own_redis(redis_url) -> Iterator[str]:
    """The address of a database of Redis that was empty, and is left so."""
    server = redis_url.rsplit("/", 1)[0] if redis_url.count("/") == 3 else redis_url
    for number in range(15, 0, -1):
        address = f"{server}/{number}"
        client = redis.Redis.from_url(address)
        if client.set(LOCK, 1, nx=True, ex=600):
            if client.dbsize() == 1:
                yield address
                for key in client.scan_iter():
                    client.delete(key)
                client.close()
                return
            client.delete(LOCK)
        client.close()
    pytest.skip("NO EMPTY DATABASE in Redis: all fifteen hold keys")


@pytest.fixture
def environment(own_redis, mail_server):
    """What worker and beat are started with: the test's own database, Redis and mail server."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{database['NAME']}"
    else:
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    return {
        "DJANGO_SETTINGS_MODULE": "nextstep.settings.local",
        "DATABASE_URL": address,
        "REDIS_URL": own_redis,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
    }


@pytest.fixture
def sending_app(own_redis, settings):
    """This process sends to the same Redis as a web process would."""
    from nextstep.celery import app

    settings.REDIS_URL = own_redis
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": own_redis,
            "KEY_PREFIX": django_settings.CACHES["default"].get("KEY_PREFIX", "nextstep"),
        }
    }
    app.conf.broker_url = own_redis
    app.set_current()
    yield app
    app.close()


def worker(environment):
    options = ["--concurrency", "1", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return running(CELERY, "-A", "tests.jobs.quick_celery", "worker", *options, environment=environment)


def test_a_message_is_sent_by_the_worker_as_soon_as_it_is_committed(
    environment,
    sending_app,
    greeting,
    mail_server,
):
    with worker(environment) as running_worker:
        running_worker.wait_for("ready.")
        message = queue_message(code="tests.greeting", to=UserFactory(), occasion="greeting:1", context={"name": "A"})
        eventually(Message.objects.sent().exists)
        assert running_worker.end() == 0
    assert mail_server.by_id == {message.message_id: 1}


def test_beat_knocks_and_the_worker_runs_each_period_once(environment):
    with worker(environment) as running_worker:
        running_worker.wait_for("ready.")
        with running(CELERY, "-A", "tests.jobs.quick_celery", "beat", environment=environment) as beat:
            done = PeriodicRun.objects.filter(job="tests.quick", state="done")
            eventually(lambda: done.count() >= 3)
            assert beat.end() == 0
        assert running_worker.end() == 0
    assert set(done.values_list("attempts", flat=True)) == {1}


def test_two_workers_and_a_flood_of_pokes_send_each_message_once(
    environment,
    sending_app,
    greeting,
    mail_server,
):
    with worker(environment) as first, worker({**environment}) as second:
        first.wait_for("ready.")
        second.wait_for("ready.")
        person = UserFactory()

        def queue(start):
            for number in range(start, start + 20):
                queue_message(code="tests.greeting", to=person, occasion=f"greeting:{number}", context={"name": "A"})
                sending_app.send_task("notifications.drain")
            connection.close()

        threads = [threading.Thread(target=queue, args=[start]) for start in (0, 10, 20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        eventually(lambda: Message.objects.sent().count() == 40)
        assert (first.end(), second.end()) == (0, 0)
    assert (len(mail_server.by_id), set(mail_server.by_id.values())) == (40, {1})
