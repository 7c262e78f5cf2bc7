"""Work that nobody waits for, on a filled database: `python -m benchmarks.background mail 1000` prints mails a second,
`python -m benchmarks.background jobs 3000` jobs a second.
"""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import django

django.setup()

from celery import current_app, shared_task  # noqa: E402
from django.db.models import Max, Min  # noqa: E402

from benchmarks.filling import fresh  # noqa: E402
from nextstep import clock  # noqa: E402
from nextstep.jobs.enums import RunState  # noqa: E402
from nextstep.jobs.models import PeriodicRun  # noqa: E402
from nextstep.notifications.enums import MessageState  # noqa: E402
from nextstep.notifications.models import Message  # noqa: E402
from nextstep.notifications.rules.delivery import BATCH  # noqa: E402
from nextstep.notifications.services import drain  # noqa: E402

JOB = "benchmark"
PATIENCE = timedelta(minutes=2)


def mails_a_second(count: int) -> float:
    """Drain an outbox of `count` messages in text and HTML, after a batch that does not count."""
    pattern = Message.objects.exclude(html="").filter(calendar="")[0]
    Message.objects.all().delete()
    queue(pattern, BATCH)
    drain()
    queue(pattern, count)
    started = time.perf_counter()
    sent = drain()
    if sent != count:
        raise RuntimeError(f"{sent} of {count} mails were sent.")
    return count / (time.perf_counter() - started)


def queue(pattern: Message, count: int) -> None:
    Message.objects.bulk_create(
        fresh(
            pattern,
            dedupe_key=uuid4().hex,
            message_id=f"<{uuid4().hex}@demo.example>",
            state=MessageState.WAITING,
            sent_at=None,
            due_at=clock.now(),
        )
        for _ in range(count)
    )


@shared_task(name="benchmarks.one_write")
def one_write(key: int) -> None:
    PeriodicRun.objects.filter(pk=key).update(state=RunState.DONE, finished_at=datetime.now(tz=UTC))  # noqa: TID251


def jobs_a_second(count: int) -> float:
    """Let a Celery worker with two processes work off `count` tasks that wait for it; counted by what they wrote."""
    # No job of the portal may come into it: a queue of our own.
    queue_name = f"benchmark-{uuid4().hex}"
    start = clock.now()
    rows = PeriodicRun.objects.bulk_create(
        PeriodicRun(
            job=JOB, period=start + timedelta(seconds=n), state=RunState.FAILED, held_until=start, claim=uuid4()
        )
        for n in range(count)
    )
    for row in rows:
        one_write.apply_async([row.pk], queue=queue_name)
    worker = [sys.executable, "-m", "celery", "-A", "nextstep", "worker", "--concurrency", "2", "--queues", queue_name]
    worker += ["--include", "benchmarks.background", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen(worker, stdout=subprocess.DEVNULL)
    try:
        return count / _seconds_of_work(count)
    finally:
        process.terminate()
        process.wait(timeout=30)
        with current_app.connection() as connection:
            connection.default_channel.queue_purge(queue_name)


def _seconds_of_work(count: int) -> float:
    done, deadline = (
        PeriodicRun.objects.filter(job=JOB, state=RunState.DONE),
        time.monotonic() + PATIENCE.total_seconds(),
    )
    while done.count() < count:
        if time.monotonic() > deadline:
            raise RuntimeError(f"The worker did {done.count()} of {count} jobs within {PATIENCE}.")
        time.sleep(0.2)
    ends = done.aggregate(first=Min("finished_at"), last=Max("finished_at"))
    return float((ends["last"] - ends["first"]).total_seconds())


if __name__ == "__main__":
    measured = {"mail": mails_a_second, "jobs": jobs_a_second}[sys.argv[1]]
    print(measured(int(sys.argv[2])))
