"""The pages of words, at the root of the site."""

from django.urls import path

from nextstep.accounts.views.content import content_page

SLUGS = ("privacy", "accessibility", "cookies", "help")

urlpatterns = [path(f"{slug}/", content_page(slug), name=slug) for slug in SLUGS]
