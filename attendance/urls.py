from django.urls import path

from attendance.views import people, registers, standings

app_name = "attendance"

urlpatterns = [
    path("attendance/", standings.own_attendance, name="own"),
    path("standings/<slug:programme>/<slug:cohort>/", standings.cohort_standings, name="standings"),
    path("registers/", registers.register_list, name="registers"),
    path("registers/all/", registers.all_registers, name="all_registers"),
    path("registers/<uuid:public_id>/", registers.register, name="register"),
    path("registers/<uuid:public_id>/close/", registers.close, name="close"),
    path("registers/<uuid:public_id>/reopen/", registers.reopen, name="reopen"),
    path("registers/<uuid:public_id>/mark/<uuid:place_id>/", registers.mark_person, name="mark"),
    path("registers/<uuid:public_id>/person/<uuid:place_id>/", people.person, name="person"),
    path("registers/<uuid:public_id>/person/<uuid:place_id>/minutes/", people.minutes, name="minutes"),
    path("registers/<uuid:public_id>/person/<uuid:place_id>/excuse/", people.excuse, name="excuse"),
    path("registers/<uuid:public_id>/person/<uuid:place_id>/withdraw/", people.withdraw_excusal, name="withdraw"),
]
