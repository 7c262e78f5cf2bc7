"""Hostile Word files, each with what is said of it."""

import io
import zipfile
from collections.abc import Callable

from tests.applications.hostile import sentences as says
from tests.factories.applications import a_docx, a_zip

Build = Callable[[], bytes]
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
BODY = "<w:body>"


def replaced(name: str, old: str, new: str) -> bytes:
    """A Word file in which words of one part are replaced."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(a_docx())) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    assert old.encode() in parts[name], (name, old)
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    return a_zip(parts)


def body(markup: str) -> Build:
    return lambda: replaced("word/document.xml", BODY, BODY + markup)


def related(kind: str, target: str, mode: str = "External") -> Build:
    relation = f'<Relationship Id="r99" Type="{TYPES}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return lambda: replaced("word/_rels/document.xml.rels", "</Relationships>", f"{relation}</Relationships>")


def settings_related(kind: str, target: str) -> Build:
    markup = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{TYPES}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    return lambda: a_zip({"word/_rels/settings.xml.rels": markup}, a_docx())


def with_part(name: str, content: str | bytes = "x") -> Build:
    return lambda: a_zip({name: content}, a_docx())


def of_type(content_type: str) -> Build:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return lambda: replaced("[Content_Types].xml", main, content_type)


def field(instruction: str) -> Build:
    return body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + instruction
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def runs(*pieces: str) -> str:
    return "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<a>&c;</a>"
)
FETCHING = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'

CASES: dict[str, tuple[Build, str]] = {
    "macros": (with_part("word/vbaProject.bin"), says.MACROS),
    "macros under another spelling": (with_part("word/VBAPROJECT.BIN"), says.MACROS),
    "file with macros, renamed": (of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), says.MACROS),
    "macros under another name": (related("vbaProject", "theme/theme9.bin", "Internal"), says.MACROS),
    "toolbar that runs macros": (with_part("customUI/customUI14.xml", "<customUI/>"), says.MACROS),
    "ActiveX control": (with_part("word/activeX/activeX1.bin"), says.MACROS),
    "ActiveX control in its text": (body("<w:p><w:r><w:control/></w:r></w:p>"), says.MACROS),
    "embedded spreadsheet": (with_part("word/embeddings/sheet.xlsx"), says.CARRIES),
    "embedded object": (with_part("word/embeddings/oleObject1.bin"), says.CARRIES),
    "object under another name": (related("oleObject", "media/image9.png", "Internal"), says.CARRIES),
    "object from elsewhere": (related("oleObject", "https://example.org/x.rtf!"), says.CARRIES),
    "object in its text": (
        body('<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:o"/></w:object></w:r></w:p>'),
        says.CARRIES,
    ),
    "embedded package": (related("package", "media/a.bin", "Internal"), says.CARRIES),
    "second document inside": (related("aFChunk", "chunk.html", "Internal"), says.CARRIES),
    "second document in its text": (body('<w:altChunk r:id="r99"/>'), says.CARRIES),
    "program among its pictures": (with_part("word/media/image1.png", b"MZ\x90\x00program"), says.CARRIES),
    "PDF among its pictures": (with_part("word/media/image1.png", b"%PDF-1.7"), says.CARRIES),
    "template from the web": (settings_related("attachedTemplate", "https://example.org/x.dotm"), says.TEMPLATE),
    "template from a network": (settings_related("attachedTemplate", r"\\host\share\x.dotm"), says.TEMPLATE),
    "template from a network, as an address": (
        settings_related("attachedTemplate", "file://host/share/x.dotm"),
        says.TEMPLATE,
    ),
    "picture from the web": (related("image", "https://example.org/seen.png"), says.LOADS),
    "picture from a network": (related("image", "file://host/share/x.png"), says.LOADS),
    "picture of an older kind from the web": (
        body(f'<w:p><w:r><w:pict><v:imagedata {VML} src="https://example.org/x"/></w:pict></w:r></w:p>'),
        says.LOADS,
    ),
    "frame from the web": (related("frame", "https://example.org/"), says.LOADS),
    "letters mailed to a list": (settings_related("mailMergeSource", "file:///C:/list.mdb"), says.LOADS),
    "field that starts a program": (field(runs(" DDEAUTO c:\\windows\\system32\\cmd.exe ")), says.STARTS),
    "field that starts a program, in pieces": (field(runs("D", "DE", "AU", "TO cmd")), says.STARTS),
    "field that starts a program, in one element": (
        body('<w:p><w:fldSimple w:instr="dde cmd"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'),
        says.STARTS,
    ),
    "field spelt in numbers": (field(runs("QUOTE 68 68 69 65 85 84 79")), says.STARTS),
    "field that runs a macro": (field(runs("MACROBUTTON AutoOpen Click")), says.STARTS),
    "field that starts a program, in a heading": (
        with_part("word/header9.xml", '<w:hdr xmlns:w="urn:w"><w:instrText>DDEAUTO x</w:instrText></w:hdr>'),
        says.STARTS,
    ),
    "field that fetches a picture": (field(runs(' INCLUDEPICTURE "https://example.org/x"')), says.LOADS),
    "field that fetches a file": (field(runs(' INCLUDETEXT "C:\\\\secret.txt"')), says.LOADS),
    "link that is a script": (related("hyperlink", "javascript:alert(1)"), says.a_link("javascript:alert(1)")),
    "link that starts a program": (related("hyperlink", "ms-msdt:/id"), says.a_link("ms-msdt:/id")),
    "link in a field": (field(runs(' HYPERLINK "file:///C:/a.exe"')), says.a_link("file:///C:/a.exe")),
    "entities that multiply": (with_part("word/numbering9.xml", BOMB), says.HIDDEN),
    "entity from elsewhere": (with_part("word/comments.xml", FETCHING), says.HIDDEN),
    "entities in another alphabet": (with_part("word/x.xml", b"\xff\xfe" + FETCHING.encode("utf-16-le")), says.HIDDEN),
    "entities under another ending": (with_part("word/header9.bin", BOMB), says.HIDDEN),
    "markup a thousand deep": (with_part("word/x.xml", "<a>" * 1_000 + "</a>" * 1_000), says.BOMB),
    "markup without end": (with_part("word/x.xml", "<a>" + "<b/>" * 250_000 + "</a>"), says.BOMB),
    "a million letters": (body("<w:p><w:r><w:t>" + "word " * 60_001 + "</w:t></w:r></w:p>"), says.TOO_LONG),
    "broken markup": (with_part("word/x.xml", "<a><b></a>"), says.DAMAGED),
    "Word template": (
        of_type("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        says.OTHER_OFFICE,
    ),
    "spreadsheet": (
        of_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        says.OTHER_OFFICE,
    ),
    "no document inside": (
        lambda: replaced("_rels/.rels", "word/document.xml", "word/elsewhere.xml"),
        says.DAMAGED,
    ),
    "no words and no pictures": (lambda: a_docx(""), says.NO_TEXT),
}
