"""A mail server that takes everything and keeps nothing: `python -m benchmarks.sink` prints its port and serves.

As little as SMTP allows, so that what is measured is the sending.
"""

import socketserver


class Session(socketserver.StreamRequestHandler):
    # Each answer leaves at once, as from a real server on the same machine.
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
            self.wfile.write(b"250 ok\r\n")


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
