from django.urls import path

from sessions_app import views

app_name = "sessions_app"

urlpatterns = [
    path("sessions/<uuid:public_id>/", views.session_page, name="session"),
    path("sessions/<uuid:public_id>/session.ics", views.session_calendar, name="session_calendar"),
]
