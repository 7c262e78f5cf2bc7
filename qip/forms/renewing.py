"""A form with a version that is shown again after somebody else was first."""

from typing import Any

from nextstep.design.forms import NhsForm, VersionedFormMixin


class RenewableForm(VersionedFormMixin, NhsForm):
    def bring_up_to_date(self, version: int) -> None:
        """Keep what was typed, and let the next save follow upon what is stored now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data
