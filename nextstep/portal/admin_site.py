"""The administrators' side: entered like the rest, with a role and, where it is demanded, a second factor."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from nextstep import clock

# What Django and allauth register for the owner's convenience goes round the services.
_NOT_HERE = frozenset({"auth", "account", "mfa"})
# There are no passwords, so nobody changes one here.
_WITHOUT = frozenset({"password_change", "password_change_done"})


class PortalAdminSite(AdminSite):
    site_header = "Next Step administration"
    site_title = "Next Step administration"
    index_title = "Administration"
    index_template = "admin/portal_index.html"
    # The menu beside each page cost its queries on each page, and stood in the way of those who zoom in.
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([model for model in models if model._meta.app_label not in _NOT_HERE], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return self._administers(request) and not self._lacks_second_factor(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        """Every page of the admin: 403 without a role, and first the second factor where it is demanded."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self._administers(request):
                raise PermissionDenied
            if request.user.is_authenticated and self._lacks_second_factor(request):
                return _ask_for_second_factor(request.get_full_path())
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way to sign in; whoever comes here signed in goes on to where they wanted to be."""
        following = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
            following = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: following})}")
        if not self._administers(request):
            raise PermissionDenied
        return _ask_for_second_factor(following) if self._lacks_second_factor(request) else redirect(following)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """First what waits for the person, then the list of everything."""
        # Imported here, as the permissions below.
        from nextstep.portal.presenters.waiting import tasks  # noqa: PLC0415
        from nextstep.portal.selectors.waiting import waiting_for  # noqa: PLC0415

        now = clock.now()
        waiting = tasks(waiting_for(request.user, now), now)  # type: ignore[arg-type]
        return super().index(request, {"waiting": waiting, **(extra_context or {})})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in _WITHOUT]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # Only the index shows the list of models; the other pages need not ask every admin for it.
        lazily = SimpleLazyObject(lambda: self.get_app_list(request))
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "available_apps": lazily,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": (),
        }

    @staticmethod
    def _administers(request: HttpRequest) -> bool:
        # Imported here: Django makes the site before the apps' models are there.
        from cohorts.admin.scoped import administers  # noqa: PLC0415

        return administers(request)

    @staticmethod
    def _lacks_second_factor(request: HttpRequest) -> bool:
        from nextstep.accounts import second_factor  # noqa: PLC0415 - likewise

        return _once(request, "_lacks_second_factor", lambda: second_factor.is_missing(request))


def _once(request: HttpRequest, name: str, answer: Callable[[], bool]) -> bool:
    """Ask each question once a request: Django asks for the permission again and again."""
    known: dict[str, Any] = request.__dict__
    if name not in known:
        known[name] = answer()
    return bool(known[name])


def _ask_for_second_factor(following: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('second_factor_needed')}?{urlencode({'next': following})}")
