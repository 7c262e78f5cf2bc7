"""The pages of words that owners edit."""

from django.db import transaction

from nextstep import clock
from nextstep.accounts.models import ContentPage, User
from nextstep.accounts.permissions import check_may_manage_owners
from nextstep.audit.services import record


@transaction.atomic
def edit_page(*, page: ContentPage, title: str, body: str, by: User) -> None:
    """Put new words on a page. The audit keeps the words before and after: they are public anyway.

    Raises Refused where `by` is no owner.
    """
    check_may_manage_owners(by)
    stored = ContentPage.objects.get(pk=page.pk)
    before = {"title": stored.title, "body": stored.body}
    after = {"title": title.strip(), "body": body.strip()}
    if before == after:
        return
    ContentPage.objects.filter(pk=page.pk).update(**after, updated_at=clock.now(), updated_by=by)
    record("accounts.page_edited", page, by=by, before=before, after=after)
