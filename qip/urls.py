"""A fellow's project, a judge's list and score page, and the results of a panel."""

from django.urls import path

from qip import views

app_name = "qip"

urlpatterns = [
    path("qip/", views.projects, name="projects"),
    path("qip/<uuid:project_id>/", views.project, name="project"),
    path("judging/", views.judging, name="judging"),
    path("judging/<uuid:panel_id>/", views.panel, name="panel"),
    path("judging/<uuid:panel_id>/<uuid:project_id>/", views.score, name="score"),
    path("judging/<uuid:panel_id>/<uuid:project_id>/conflict/", views.conflict, name="conflict"),
    path("results/", views.results_list, name="results_list"),
    path("results/<uuid:panel_id>/", views.results, name="results"),
    path("results/<uuid:panel_id>/open/", views.open_panel, name="open"),
    path("results/<uuid:panel_id>/tie/", views.tie, name="tie"),
    path("results/<uuid:panel_id>/award/", views.award, name="award"),
    path("results/<uuid:panel_id>/awards/<int:award_id>/", views.give_up, name="give_up"),
]
