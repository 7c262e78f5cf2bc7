"""Hostile OpenDocument files, each with what is said of it."""

from collections.abc import Callable

from tests.applications.hostile import sentences as says
from tests.applications.hostile.words import BOMB, FETCHING
from tests.factories.applications import a_zip, an_odt

Build = Callable[[], bytes]
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
DECLARED = " ".join(f'xmlns:{short}="{name}"' for short, name in NAMES.items())
TYPE = "application/vnd.oasis.opendocument.text"


def holding(markup: str, part: str = "styles.xml") -> Build:
    return lambda: an_odt(parts={part: f"<office:document {DECLARED}>{markup}</office:document>"})


def with_part(name: str, content: str = "x") -> Build:
    return lambda: an_odt(parts={name: content})


def of_type(mimetype: str) -> Build:
    return lambda: a_zip({"mimetype": mimetype, "content.xml": "<a/>"})


LISTENER = '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/>'

CASES: dict[str, tuple[Build, str]] = {
    "Basic macros": (with_part("Basic/Standard/Module1.xml"), says.MACROS),
    "Python scripts": (with_part("Scripts/python/evil.py"), says.MACROS),
    "dialogues": (with_part("Dialogs/Standard/Dialog1.xml"), says.MACROS),
    "macros under another spelling": (with_part("BASIC/Module1.xml"), says.MACROS),
    "script in the text": (holding("<office:scripts><office:script/></office:scripts>"), says.MACROS),
    "macro at opening": (holding(f"<office:event-listeners>{LISTENER}</office:event-listeners>"), says.MACROS),
    "macro behind a picture": (holding(f"<draw:frame>{LISTENER}</draw:frame>"), says.MACROS),
    "macro behind a word": (holding("<text:execute-macro>Click</text:execute-macro>"), says.MACROS),
    "embedded object": (with_part("Object 1/content.xml"), says.CARRIES),
    "picture of an embedded object": (with_part("ObjectReplacements/Object 1"), says.CARRIES),
    "object in the text": (holding('<draw:object-ole xlink:href="./x"/>'), says.CARRIES),
    "applet": (holding("<draw:applet/>"), says.CARRIES),
    "page from the web in a frame": (
        holding('<draw:floating-frame xlink:href="https://example.org/"/>'),
        says.CARRIES,
    ),
    "program among its pictures": (with_part("Pictures/1.png", "MZ"), says.CARRIES),
    "picture from the web": (holding('<draw:image xlink:href="https://example.org/x.png"/>'), says.LOADS),
    "picture from outside the file": (holding('<draw:image xlink:href="../../secret.png"/>'), says.LOADS),
    "section from elsewhere": (holding('<text:section-source xlink:href="x.odt"/>'), says.LOADS),
    "values of another program": (holding("<text:dde-connection-decl/>"), says.LOADS),
    "page that loads itself anew": (holding('<meta:auto-reload xlink:href="x"/>', "meta.xml"), says.LOADS),
    "template from the web": (
        holding('<meta:template xlink:href="https://example.org/x.ott"/>', "meta.xml"),
        says.TEMPLATE,
    ),
    "link that is a script": (
        holding('<text:a xlink:href="vnd.sun.star.script:x">a</text:a>'),
        says.a_link("vnd.sun.star.script:x"),
    ),
    "password": (
        with_part("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'),
        says.LOCKED,
    ),
    "entities that multiply": (with_part("settings.xml", BOMB), says.HIDDEN),
    "entity from elsewhere": (lambda: a_zip({"mimetype": TYPE, "content.xml": FETCHING}), says.HIDDEN),
    "kind told after the rest": (lambda: a_zip({"content.xml": "<a/>", "mimetype": TYPE}), says.HIDDEN),
    "spreadsheet": (of_type("application/vnd.oasis.opendocument.spreadsheet"), says.OTHER_ODF),
    "template": (of_type(f"{TYPE}-template"), says.OTHER_ODF),
    "kind that no program knows": (of_type("text/html"), says.OTHER_ODF),
    "no words in it": (lambda: an_odt(""), says.NO_TEXT),
    "nothing but its kind": (lambda: a_zip({"mimetype": TYPE}), says.DAMAGED),
    "broken markup": (lambda: a_zip({"mimetype": TYPE, "content.xml": "<a"}), says.DAMAGED),
}
