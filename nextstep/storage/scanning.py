"""Asking a virus scanner about a file: clamd's INSTREAM over TCP or a socket that is a file (clamd(8)).

The portal's own client: a kept library for it is older than Python 3.11, and the protocol is ten lines.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 30
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerFailed(Exception):
    """The scanner did not answer, or not with a verdict. Nothing is known about the file."""


def is_on() -> bool:
    """Whether this portal has a scanner at all."""
    return bool(settings.CLAMD_URL)


def scan(data: bytes) -> str:
    """Give the name of the virus that the scanner found in `data`, or nothing. Raises ScannerFailed."""
    try:
        with _connection(settings.CLAMD_URL) as connection:
            answer = _ask(connection, data)
    except OSError as error:
        raise ScannerFailed("The scanner does not answer.") from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerFailed(f"The scanner answers {answer[:200]!r}.")


def _connection(address: str) -> socket.socket:
    url = urlsplit(address)
    if url.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(_CONNECT_SECONDS)
            connection.connect(url.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((url.hostname or "", url.port or 3310), timeout=_CONNECT_SECONDS)


def _ask(connection: socket.socket, data: bytes) -> str:
    connection.settimeout(_ANSWER_SECONDS)
    try:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It stops reading where a file is too large for it, and may have said so.
        pass
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", errors="replace").strip()
