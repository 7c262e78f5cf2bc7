"""Every address of the portal, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("nextstep.portal.urls")),
    path("account/", include("nextstep.accounts.urls")),
    path("", include("nextstep.accounts.content_urls")),
    path("", include("sessions_app.urls")),
    path("", include("qip.urls")),
    path("", include("attendance.urls")),
    path("admin/", admin.site.urls),
    path("design/", include("nextstep.design.urls")),
    # Last: their addresses begin with the slugs of a programme and a cohort.
    path("", include("applications.urls")),
    path("", include("nextstep.portal.cohort_urls")),
]

if settings.DEMO:
    # First: /<programme>/<cohort>/ would match it too.
    urlpatterns = [
        path("demo/mailbox/", include("nextstep.notifications.urls")),
        path("demo/", include("nextstep.demo.urls")),
        *urlpatterns,
    ]
