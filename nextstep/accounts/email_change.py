"""Changing one's address: a code to the old one confirms the wish, a code to the new one that it can be reached.

Both codes live in this browser's session as digests for ten minutes and three tries. No link changes anything, so a
mail scanner that opens everything changes nothing.
"""

from typing import Self, TypedDict

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from nextstep import clock
from nextstep.accounts.codes import digest_of, is_code, new_code
from nextstep.accounts.models import User
from nextstep.accounts.sign_in import MINUTES, TRIES, may_try_code

_KEY = "email_change"


class State(TypedDict):
    email: str
    nonce: str
    old: str
    new: str
    at: float
    tries: int


class EmailChange:
    def __init__(self, request: HttpRequest, user: User, state: State) -> None:
        self.request, self.user, self.state = request, user, state

    @classmethod
    def start(cls, request: HttpRequest, user: User, email: str) -> Self | None:
        """Send both codes; None where this person asked too often."""
        if not ratelimit.consume(request, app="allauth.account", action="change_email", user=user):
            return None
        nonce = get_random_string(22)
        change = cls(
            request, user, State(email=email, nonce=nonce, old="", new="", at=clock.now().timestamp(), tries=0)
        )
        change.state["old"] = change._send("account/email/change_old", user.email, "old")
        if User.objects.with_email(email).exists():
            # The owner of that mailbox is told; the person who asked sees the same page as ever.
            get_adapter().send_mail("account/email/address_taken", email, {})
        else:
            change.state["new"] = change._send("account/email/change_new", email, "new")
        change._keep()
        return change

    @classmethod
    def resume(cls, request: HttpRequest, user: User) -> Self | None:
        """The change under way in this browser, unless its ten minutes are over."""
        state = request.session.get(_KEY)
        if state is None or clock.now().timestamp() - state["at"] > MINUTES * 60:
            request.session.pop(_KEY, None)
            return None
        return cls(request, user, state)

    @property
    def email(self) -> str:
        return self.state["email"]

    @property
    def tries_left(self) -> int:
        return TRIES - self.state["tries"]

    def matches(self, *, old: str, new: str) -> dict[str, bool]:
        """Which of the two codes are right. One question is one try for both."""
        allowed = may_try_code(self.request, self.state["nonce"])
        right = {
            "old_code": allowed and is_code(old, self.state["old"], purpose=self._purpose("old")),
            "new_code": allowed and is_code(new, self.state["new"], purpose=self._purpose("new")),
        }
        if not all(right.values()):
            self.state["tries"] += 1
            self._keep()
        return right

    def end(self) -> None:
        self.request.session.pop(_KEY, None)

    def _send(self, template: str, to: str, which: str) -> str:
        code = new_code()
        get_adapter().send_mail(template, to, {"code": code, "minutes": MINUTES, "new_email": self.email})
        return digest_of(code, purpose=self._purpose(which))

    def _keep(self) -> None:
        self.request.session[_KEY] = self.state

    def _purpose(self, which: str) -> str:
        return f"email-change:{self.user.pk}:{self.email}:{which}:{self.state['nonce']}"
