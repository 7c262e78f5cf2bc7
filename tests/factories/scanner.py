"""A stand-in for clamd: a real socket server that speaks INSTREAM and checks what it is sent."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# What every scanner finds, by agreement; harmless.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """What it was sent, piece by piece, and how it shall answer: by what it finds unless `answer` is set."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.answer: bytes | None = None
        self.most: int | None = None

    @property
    def received(self) -> bytes:
        return b"".join(self.pieces)

    def answers(self, connection: socket.socket) -> None:
        file = connection.makefile("rb")
        assert file.read(10) == b"zINSTREAM\0"
        self.pieces = []
        while size := struct.unpack("!L", file.read(4))[0]:
            piece = file.read(size)
            assert len(piece) == size
            self.pieces.append(piece)
            if self.most is not None and len(self.received) > self.most:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if self.answer is not None:
            connection.sendall(self.answer)
        elif EICAR in self.received:
            connection.sendall(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            connection.sendall(b"stream: OK\0")


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def handler_of(clamd: Clamd) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            clamd.answers(self.request)

    return Handler
