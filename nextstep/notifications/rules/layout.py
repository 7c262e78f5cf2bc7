"""A mail's HTML, made from the same words as its text."""

import re
from html import escape

_FONT = "font-family:Arial,Helvetica,sans-serif;"
_BODY = f"{_FONT}font-size:19px;line-height:1.5;color:#212b32;"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?')\]]")
_HEADING = re.compile(r"^# ", re.MULTILINE)
_BULLET = ("* ", "- ")


def mail_html(subject: str, text: str, service: str) -> str:
    """Wrap the paragraphs of `text` in a layout that looks like the NHS website, on inline styles as mail demands.

    Blocks are parted by an empty line. `# ` begins a heading, `* ` or `- ` the items of a list, and a line that is
    an address becomes a link.
    """
    blocks = "\n".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())
    return _LAYOUT.format(subject=escape(subject), service=escape(service), blocks=blocks)


def mail_text(text: str) -> str:
    """The same words for those who read mail without HTML: a heading is a line of its own, without its sign."""
    return _HEADING.sub("", text)


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if lines[0].startswith("# "):
        heading = f'<h1 style="{_FONT}font-size:26px;line-height:1.3;margin:0 0 20px;">{_inline(lines[0][2:])}</h1>'
        return heading + ("\n" + _block("\n".join(lines[1:])) if len(lines) > 1 else "")
    if all(line.startswith(_BULLET) for line in lines):
        items = "".join(f'<li style="margin:0 0 8px;">{_inline(line[2:])}</li>' for line in lines)
        return f'<ul style="{_BODY}margin:0 0 20px;padding-left:20px;">{items}</ul>'
    return f'<p style="{_BODY}margin:0 0 20px;">{"<br>".join(map(_inline, lines))}</p>'


def _inline(line: str) -> str:
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = escape(found.group())
        parts += [escape(line[end : found.start()]), f'<a href="{address}" style="color:#005eb8;">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(line[end:])])


_LAYOUT = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{subject}</title>
</head>
<body style="margin:0;padding:0;background:#f0f4f5;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f0f4f5;">
<tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;background:#ffffff;">
<tr><td style="font-family:Arial,Helvetica,sans-serif;background:#005eb8;color:#ffffff;font-size:22px;\
font-weight:bold;padding:20px 24px;">{service}</td></tr>
<tr><td style="padding:32px 24px 12px;">
{blocks}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""
