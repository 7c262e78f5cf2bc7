"""What web, worker and beat ask before they start."""

from django.conf import settings
from django.db import OperationalError, connection

from nextstep.settings.environment import stop


def demand_database() -> None:
    """End this process with one line where the database does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        told = " ".join(str(error).split())
        stop(f"the database of DATABASE_URL does not answer. Start it, or correct DATABASE_URL. It said: {told}")
    # Processes that are forked later must not share it.
    connection.close()


def demand_redis_for_workers() -> None:
    """End this process with one line where a worker or beat has no Redis to listen to."""
    if not settings.REDIS_URL:
        stop("REDIS_URL is missing. Worker and beat need it; without Redis run `manage.py serve`, which needs neither.")
