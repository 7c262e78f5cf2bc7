"""A server: everything that must be secret or secure is demanded."""

from nextstep.settings.base import *  # noqa: F403
from nextstep.settings.base import env
from nextstep.settings.environment import demand_for_production

demand_for_production(env)

CLAMD_URL = env.clamd_url

# Whoever administers must have one; the environment may name further roles.
SECOND_FACTOR_DEMANDED_OF = ["owner", "administrator", "local_lead", *env.second_factor_demanded_of]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# Whatever watches the server asks it directly, without the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
