"""The pages of cohorts. Included last: any two words would match."""

from django.urls import path

from nextstep.portal.views import public

urlpatterns = [path("<slug:programme>/<slug:cohort>/", public.cohort_page, name="cohort_page")]
