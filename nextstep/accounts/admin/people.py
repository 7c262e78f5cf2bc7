"""People: an owner sees everybody, other administrators those of their programmes and cohorts."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from nextstep.accounts import permissions, second_factor, services
from nextstep.accounts.admin.base import AuditedAdmin
from nextstep.accounts.admin.forms import InviteForm, PersonForm, ReasonForm, RecoverForm
from nextstep.accounts.models import User
from nextstep.accounts.people import people_visible_to
from nextstep.accounts.selectors import likely_duplicates, likely_duplicates_of
from nextstep.refusals import Refused


@admin.register(User)
class PersonAdmin(AuditedAdmin):
    list_display = ["full_name", "email", "registration", "is_active", "joined_at"]
    list_display_links = ["full_name", "email"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["full_name", "email", "registration_number"]
    search_help_text = "Name, email address or registration number"
    ordering = ["full_name", "email"]
    readonly_fields = [
        "email",
        "can_sign_in",
        "owner",
        "joined_at",
        "last_login",
        "second_factor",
        "duplicates",
        "what_happened",
    ]
    change_form_template = "admin/accounts/user/change_form.html"
    change_list_template = "admin/accounts/user/change_list.html"

    # --- who

    def has_module_permission(self, request: HttpRequest) -> bool:
        # Asked many times a page, answered by a query: once is enough.
        known: dict[str, bool] = request.__dict__
        if "_may_invite" not in known:
            known["_may_invite"] = permissions.may_invite(_administrator(request))
        return known["_may_invite"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # The rows are narrowed by `get_queryset` before this is asked of one of them.
        return self.has_module_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return people_visible_to(_administrator(request)).order_by(*self.ordering)

    # --- what is shown

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["email", "full_name"]})]
        return [
            (None, {"fields": ["full_name", "as_seen", "registration_body", "registration_number", "email"]}),
            ("Account", {"fields": ["can_sign_in", "owner", "second_factor", "joined_at", "last_login"]}),
            ("Likely duplicates", {"fields": ["duplicates"]}),
            ("History", {"fields": ["what_happened"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.readonly_fields if obj else []

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        return super().get_form(request, obj, change, form=PersonForm if obj else InviteForm, **kwargs)

    @admin.display(description="Registration", ordering="registration_number")
    def registration(self, person: User) -> str:
        return f"{person.registration_body} {person.registration_number}".strip() or "Not given"

    @admin.display(description="Can sign in")
    def can_sign_in(self, person: User) -> str:
        return "Yes" if person.is_active else "No, the account is closed"

    @admin.display(description="Owner of the portal")
    def owner(self, person: User) -> str:
        return "Yes" if person.is_superuser else "No"

    @admin.display(description="Second factor")
    def second_factor(self, person: User) -> str:
        return "Set up" if second_factor.has_one(person) else "Not set up"

    @admin.display(description="Likely duplicates")
    def duplicates(self, person: User) -> SafeString | str:
        groups = getattr(person, "duplicate_groups", [])
        if not groups:
            return "None found. Accounts are never merged by themselves."
        rows = ((group.why, links_to(person, group.people)) for group in groups)
        return format_html_join("", "<p>{}: {}</p>", rows)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> User | None:
        person = super().get_object(request, object_id, from_field)
        if person is not None:
            person.duplicate_groups = likely_duplicates_of(person, _administrator(request))
        return person

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        person, by = kwargs.get("obj"), _administrator(request)
        if person is not None:
            context["may_recover"] = permissions.may_recover(by, person)
            context["show_save_and_add_another"] = False
            context["may_manage_owners"] = permissions.may_manage_owners(by) and by != person
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what is written

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        by, answers = _administrator(request), form.cleaned_data
        if not change:
            obj.pk = services.invite(email=answers["email"], full_name=answers["full_name"], by=by).pk
            return
        # The form has written its words on `obj` already: the services compare with what is stored.
        person = User.objects.get(pk=obj.pk)
        services.record_name(user=person, full_name=answers["full_name"], by=by)
        services.record_registration(
            user=person, body=answers["registration_body"], number=answers["registration_number"], by=by
        )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("duplicates/", wrap(self.duplicates_view), name="accounts_user_duplicates"),
            path("<int:pk>/recover/", wrap(self.recover_view), name="accounts_user_recover"),
            *(
                path(f"<int:pk>/{name}/", wrap(self._deed_view(name)), name=f"accounts_user_{name.replace('-', '_')}")
                for name in DEEDS
            ),
        ]
        return [*own, *super().get_urls()]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        groups = [(group.why, links_to(None, group.people)) for group in likely_duplicates(_administrator(request))]
        context = {**self._page(request, "Likely duplicates"), "groups": groups}
        return TemplateResponse(request, "admin/accounts/user/duplicates.html", context)

    def recover_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self._person(request, pk)
        if not permissions.may_recover(_administrator(request), person):
            raise PermissionDenied

        def recover(answers: dict[str, Any]) -> None:
            services.recover_account(user=person, by=_administrator(request), **answers)

        explained = "Make sure that this is their account: ask what only they know, and call back on a number you have."
        return self._ask(request, person, RecoverForm, "Recover account", explained, recover)

    def _deed_view(self, name: str) -> Callable[..., HttpResponse]:
        title, explained, deed, form = DEEDS[name]

        def view(request: HttpRequest, pk: int) -> HttpResponse:
            by, person = _administrator(request), self._person(request, pk)
            if not permissions.may_manage_owners(by):
                raise PermissionDenied
            return self._ask(
                request, person, form, title, explained, lambda answers: deed(user=person, by=by, **answers)
            )

        return view

    def _ask(  # noqa: PLR0917 - one place for the five pages that ask before they do
        self,
        request: HttpRequest,
        person: User,
        form_class: type[Any],
        title: str,
        explained: str,
        deed: Callable[[dict[str, Any]], None],
    ) -> HttpResponse:
        """A page that says what will happen, asks, and does it once it is sent."""
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                deed(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"{title}: done for {person}.")
                return redirect("admin:accounts_user_change", person.pk)
        context = {**self._page(request, f"{title}: {person}"), "form": form, "explained": explained, "person": person}
        return TemplateResponse(request, "admin/accounts/user/ask.html", {**context, "button": title})

    def _person(self, request: HttpRequest, pk: int) -> User:
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


class SureForm(ReasonForm):
    """Nothing to give but the press of the button."""

    reason = None  # type: ignore[assignment]


# Address, title, what it does, the service, and what it asks for.
DEEDS: dict[str, tuple[str, str, Callable[..., None], type[ReasonForm]]] = {
    "make-owner": (
        "Make owner",
        "An owner sees and does everything in every programme.",
        services.make_owner,
        SureForm,
    ),
    "end-ownership": (
        "End ownership",
        "They keep their account and their other roles.",
        services.end_ownership,
        SureForm,
    ),
    "close": ("Close account", "They can no longer sign in. What they did stays.", services.close_account, ReasonForm),
    "reopen": ("Reopen account", "They can sign in again.", services.reopen_account, ReasonForm),
}


def links_to(person: User | None, people: tuple[User, ...]) -> SafeString:
    """Links to the accounts, without the one whose page this is."""
    return format_html_join(
        ", ",
        '<a href="{}">{} ({}, since {})</a>',
        (
            (reverse("admin:accounts_user_change", args=[one.pk]), one, one.email, f"{one.joined_at:%d/%m/%Y}")
            for one in people
            if one != person
        ),
    )


def _administrator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
