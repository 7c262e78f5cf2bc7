"""One page that writes: who may, what they type, what is stored, and what may go wrong meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from nextstep.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.journeys.forms import form_to, read

# Rooms whose rows are counted: sessions of browsers and what is held for an hour come and go.
COUNTED = ("cohorts", "applications", "sessions_app", "attendance", "qip", "notifications", "audit")
HERE = "http://testserver"


@dataclass
class Scene:
    """`path` takes the form that stands on `page`, with `typed` among what `by` filled in, `data`.

    `stored` tells what came of it. `twice`: what is read after sending it a second time. `meanwhile`: what somebody
    else does while the page is open, and `stale`: what is read then. `others` may not do it.
    """

    by: User
    path: str
    stored: Callable[[], Any]
    data: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    # What is pressed on `page` first, where the form stands on the page that this leads to.
    pressed: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    typed: str = ""
    twice: str = ""
    meanwhile: Callable[[], Any] | None = None
    stale: str = ""
    others: list[User] | None = None
    # A tap in a register: the last one counts, and its hand is told whom it wrote over.
    last_one_counts: bool = False
    # Doing it twice is two deeds, as with a new calendar address, of which the last counts.
    may_be_repeated: bool = False
    # Pages of the account itself: a code or an address that came too late is not kept.
    held: bool = True

    def __post_init__(self) -> None:
        self.page = self.page or self.path
        self.others = [UserFactory(full_name="Somebody Else")] if self.others is None else self.others


Made = Callable[[], Scene]


def browser_of(user: User, **options: Any) -> Client:
    browser = Client(**options)
    browser.force_login(user)
    return browser


def opened(scene: Scene, browser: Client) -> dict[str, Any]:
    """Open the page, fill in the form, and give what would be sent."""
    page = browser.get(scene.page)
    assert page.status_code == 200, (scene.page, page.status_code, page.get("Location"))
    if scene.pressed:
        page = browser.post(scene.path, {**form_to(page.content.decode(), scene.page, scene.path), **scene.pressed})
    standing = form_to(page.content.decode(), scene.page, scene.path.split("?")[0])
    return {**standing, **scene.data}


def send(scene: Scene, browser: Client, fields: dict[str, Any]) -> Any:
    """The answer, where the browser ends up."""
    files = {name: SimpleUploadedFile(f"{name}.pdf", data) for name, data in scene.files.items()}
    headers = {"Origin": HERE, "Referer": f"{HERE}{scene.page}"}
    return browser.post(scene.path, {**fields, **files}, headers=headers, follow=True)


def counts() -> dict[str, int]:
    models = (model for app in COUNTED for model in apps.get_app_config(app).get_models())
    return {model._meta.label: model._base_manager.count() for model in models}


def done_once(scene: Scene) -> tuple[Any, dict[str, int]]:
    """What is stored, and how many rows there are, once this is done as it should be; nothing of it stays."""
    with transaction.atomic():
        browser = browser_of(scene.by)
        send(scene, browser, opened(scene, browser))
        came_to = scene.stored(), counts()
        transaction.set_rollback(True)
    return came_to


def words_of(answer: Any) -> str:
    """What a person reads on a page, and finds in its fields."""
    return read(str(answer.content.decode()))
