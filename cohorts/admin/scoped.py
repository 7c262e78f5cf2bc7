"""An admin in which administrators see, choose and change only what their roles give them."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cohorts.models import Cohort, Programme
from cohorts.permissions import administers_anything, is_owner
from cohorts.selectors import cohorts_administered_by, programmes_administered_by
from nextstep.accounts.models import User
from nextstep.accounts.people import people_visible_to
from nextstep.audit.presenters import rendered_timeline
from nextstep.refusals import Refused

Answer = TypeVar("Answer")
# What filters, columns and pages say of a cohort.
_READ = ("name", "programme__name", "programme__disciplines")


def cohorts_of(request: HttpRequest) -> list[Cohort]:
    """The cohorts that the person administers with their programmes, read once a request."""
    return _once(
        request, "cohorts", lambda: list(cohorts_administered_by(request.user).select_related("programme").only(*_READ))
    )


def administers(request: HttpRequest) -> bool:
    """`administers_anything`, which the cohorts mostly tell: nearly every page of the admin reads them anyway."""
    if is_owner(request.user):
        return True
    return _once(request, "administers", lambda: bool(cohorts_of(request)) or administers_anything(request.user))


def _once(request: HttpRequest, question: Any, answer: Callable[[], Answer]) -> Answer:
    """Ask each question once a request: the admin asks it for every model in its menu."""
    answers: dict[Any, Any] = request.__dict__.setdefault("_scope_answers", {})
    if question not in answers:
        answers[question] = answer()
    known: Answer = answers[question]
    return known


def _several_programmes(request: HttpRequest) -> bool:
    return len({cohort.programme_id for cohort in cohorts_of(request)}) > 1


class CohortFilter(admin.SimpleListFilter):
    """Narrows a list to one of the cohorts that the person administers, with their programme if that is not one."""

    title = "cohort"
    parameter_name = "cohort"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        several = _several_programmes(request)
        return [(str(cohort.pk), str(cohort) if several else cohort.name) for cohort in cohorts_of(request)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None or not chosen.isdigit():
            return queryset
        return queryset.filter(**{self.cohort_path: chosen})

    # Set by `for_path` for models that reach their cohort another way.
    cohort_path = "cohort"

    @classmethod
    def for_path(cls, path: str) -> type["CohortFilter"]:
        return type("CohortFilter", (cls,), {"cohort_path": path})


SHORT_NAME = "cohort_name"


class ScopedAdmin(admin.ModelAdmin):
    """The base of every admin of things that belong to a cohort.

    A subclass sets `cohort_path`, the ORM path from its model to Cohort, and hands saving to a service in
    `save_through`. Nothing is deleted here, and nothing added or changed unless `may_add` or `may_change` say so.
    A service's refusal is shown on the form, with what was typed still in it.
    """

    cohort_path = "cohort"
    may_add = False
    may_change = True
    list_per_page = 50
    list_max_show_all = 200
    # A count of the whole table beside the filtered one would cost a query and tell nothing.
    show_full_result_count = False
    # Counts beside each filter would cost a query each.
    show_facets = admin.ShowFacets.NEVER

    # --- what is seen

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        """The rows of `queryset` that belong to what the person administers."""
        if is_owner(request.user):
            return queryset
        return queryset.filter(**{f"{self.cohort_path}__in": cohorts_of(request)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.in_scope(super().get_queryset(request), request)

    def get_list_display(self, request: HttpRequest) -> Any:
        """A column `cohort` names the programme only to those who administer several: it leaves room for the rest."""
        columns = super().get_list_display(request)
        if "cohort" not in columns or _several_programmes(request):
            return columns
        return [SHORT_NAME if column == "cohort" else column for column in columns]

    @admin.display(description="Cohort", ordering="cohort")
    def cohort_name(self, obj: Any) -> str:
        return str(obj.cohort.name)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return administers(request)
        return _once(request, ("scope", type(obj), obj.pk), lambda: self._holds(obj, request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _holds(self, obj: Model, request: HttpRequest) -> bool:
        rows = self.in_scope(type(obj)._default_manager.filter(pk=obj.pk), request)
        return is_owner(request.user) or rows.exists()

    @admin.display(description="Select")
    def action_checkbox(self, obj: Model) -> SafeString:
        """As Django's, which goes through two templates for each row."""
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="Select {}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, obj)

    # --- what can be chosen

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_of(db_field.remote_field.model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_of(db_field.remote_field.model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_of(self, model: type[Model], request: HttpRequest) -> QuerySet[Any]:
        """The rows of another model that this person may point to; none of a model that nobody scoped."""
        user: Any = request.user
        if model is Cohort:
            return cohorts_administered_by(user).select_related("programme")
        if model is Programme:
            return programmes_administered_by(user)
        if model is User:
            return people_visible_to(user)
        if self.admin_site.is_registered(model):
            other = self.admin_site.get_model_admin(model)
            if isinstance(other, ScopedAdmin):
                return other.get_queryset(request)
        return model._default_manager.all() if is_owner(user) else model._default_manager.none()

    # --- what is saved

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        self.save_through(request, obj, form)

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Call the service that writes what the form says."""
        raise NotImplementedError(f"{type(self).__name__} hands nothing to a service.")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The service wrote everything."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST" and object_id is not None and self._came_too_late(request, object_id):
            messages.warning(request, "This could not be saved: it was ended or closed after you opened the page.")
            return HttpResponseRedirect(request.path)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            # The transaction is undone; the same form once more, this time with the refusal in it.
            request.__dict__["_refusal"] = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _came_too_late(self, request: HttpRequest, object_id: str) -> bool:
        """Whether the person could change things of this kind, and this one has become history."""
        obj = self.get_object(request, unquote(object_id))
        return (
            obj is not None
            and self.may_change
            and self.has_view_permission(request, obj)
            and not self.has_change_permission(request, obj)
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form = super().get_form(request, obj, change, **kwargs)
        refusal = request.__dict__.get("_refusal")
        return with_refusal(form, refusal) if refusal else form

    # --- what happened

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "what_happened")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in super().get_fields(request, obj) if name != "what_happened"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None else [*fieldsets, ("History", {"fields": ["what_happened"]})]

    @admin.display(description="What happened")
    def what_happened(self, obj: Model) -> SafeString:
        return rendered_timeline(obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponseRedirect:
        """The page itself shows what happened, from the audit."""
        return HttpResponseRedirect(
            reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id])
        )

    # The services write the audit; Django's own log would say the same again, without the reasons.

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
        return []

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing."""


class ReadOnlyInline(admin.TabularInline):
    """Rows of the object that come from its file or from a service, to be looked at."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def with_refusal(form: Any, refusal: str) -> Any:
    """The same form, wrong for the reason that a service gave."""

    def clean(self: Any) -> Any:
        form.clean(self)
        raise ValidationError(refusal)

    return type(form.__name__, (form,), {"clean": clean})


def changed_values(form: Any, names: Iterable[str]) -> dict[str, Any]:
    """What the person changed, of the fields `names`."""
    return {name: form.cleaned_data[name] for name in names if name in form.changed_data}
