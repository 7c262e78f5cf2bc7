from django.urls import path

from nextstep.demo import views

urlpatterns = [
    path("", views.people, name="demo_people"),
    path("sign-in/", views.sign_in, name="demo_sign_in"),
]
