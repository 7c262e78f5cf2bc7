"""The settings as a table for README: `python -m nextstep.settings.table`."""

from nextstep.settings.catalogue import SETTINGS, Setting


def markdown() -> str:
    """One row for each setting of the catalogue."""
    rows = ["| Setting | Type | Default | In production | What it does |", "| --- | --- | --- | --- | --- |"]
    rows += [f"| {' | '.join(_cells(setting))} |" for setting in SETTINGS]
    return "\n".join(rows) + "\n"


def _cells(setting: Setting) -> list[str]:
    secret = setting.name == "SECRET_KEY"
    default = "for a laptop only" if secret else f"`{setting.default}`" if setting.default else ""
    cells = [f"`{setting.name}`", setting.kind.words, default, "demanded" if setting.demanded else "", setting.about]
    return [cell.replace("|", "\\|") for cell in cells]


if __name__ == "__main__":
    print(markdown(), end="")  # noqa: T201 - what it is for
