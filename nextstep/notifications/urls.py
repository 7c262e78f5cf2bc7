from django.urls import path

from nextstep.notifications import views

# Included by nextstep/urls.py in the demo alone.
urlpatterns = [
    path("", views.show_mailbox, name="demo_mailbox"),
    path("<int:pk>/", views.show_mail, name="demo_mail"),
    path("<int:pk>/html/", views.show_mail_html, name="demo_mail_html"),
]
