"""The roof's own addresses: the public ones by plain names, a signed-in person's under `portal:`."""

from django.urls import include, path

from nextstep.portal.views import dashboard, feeds, graduation, public

_own = [
    path("home/", dashboard.dashboard, name="dashboard"),
    path("graduation/<slug:programme>/<slug:cohort>/", graduation.graduation, name="graduation"),
    path("calendar/make/", feeds.make, name="make_feed"),
    path("calendar/replace/", feeds.replace, name="replace_feed"),
    path("calendar/revoke/", feeds.revoke, name="revoke_feed"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
]

urlpatterns = [
    path("", public.home, name="home"),
    path("healthz", public.healthz, name="healthz"),
    path("", include((_own, "portal"))),
]
