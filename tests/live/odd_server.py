# SPDX-License-Identifier: MIT
"""A server that misbehaves, each port in a way of its own. Prints NAME=PORT lines, then
serves until it is killed. One thread a connection; nothing but sockets."""
import os
import random
import re
import socket
import struct
import sys
import threading
import time
from email.utils import formatdate

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: %s\r\n%s\r\nok"


def dated(ahead=0, more=b""):
    return OK % (formatdate(int(time.time() + ahead), usegmt=True).encode(), more)


def request(c):
    """The bytes of one request; nothing when the client has gone."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = c.recv(65536)
        if not more:
            return b""
        head += more
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    while length and len(head.split(b"\r\n\r\n", 1)[1]) < int(length[1]):
        head += c.recv(65536)
    return head


def keep_answering(answer):
    def serve(c):
        while head := request(c):
            c.sendall(answer(head))
    return serve


def after_request(*pieces, pause=0.0):
    def serve(c):
        request(c)
        for piece in pieces:
            c.sendall(piece)
            time.sleep(pause)
    return serve


def reset(c):
    request(c)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def huge(c):
    request(c)
    c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
    for _ in range(1600):
        c.sendall(bytes(65536))


def garbage(c):
    """Answers the first byte of whatever is said."""
    c.recv(65536)
    c.sendall(b"what is this?\r\n\r\n")


def slow(c):
    request(c)
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
        c.sendall(bytes([byte]))
        time.sleep(0.2)


def endless(c):
    request(c)
    c.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        c.sendall(b"X-Endless: " + b"a" * 1000 + b"\r\n")


stall_from = [None]


def stalling(c):
    """From its fifth second on it stands still for two."""
    while request(c):
        now = time.monotonic()
        stall_from[0] = stall_from[0] or now + 2
        if stall_from[0] <= now < stall_from[0] + 2:
            time.sleep(stall_from[0] + 2 - now)
        c.sendall(dated())


told = []
clocks = [0]


def two_clocks(c):
    """Each connection is with one of two machines, whose clocks are 700 ms apart."""
    clocks[0] += 1
    ahead = 0.2 if clocks[0] % 2 else -0.5
    while request(c):
        c.sendall(dated(ahead))


def mixed_clocks(head):
    return dated(random.choice((0.2, -0.5)))


def half(head):
    if random.random() < 0.5:
        return b"HTTP/1.1 500 Oops\r\nContent-Length: 28\r\n\r\npassword=hunter2 was refused\n"[:-1]
    return dated()


def echo(head):
    """Shows what it was asked, as debug pages do."""
    return b"HTTP/1.1 500 Oops\r\nContent-Length: %d\r\n\r\n%s" % (len(head), head)


def keep(head):
    """What it is sent is shown to whoever asks next."""
    told.append(head)
    body = b"\n".join(told)
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def silent(c):
    time.sleep(60)


SERVERS = {
    "good": keep_answering(lambda head: dated()),
    "reset": reset,
    "nothing": after_request(),
    "cut": after_request(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok"),
    "huge": huge,
    "slow": slow,
    "slow_body": after_request(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"x", b"x",
                               pause=5),
    "endless": endless,
    "garbage": garbage,
    "loop": keep_answering(lambda head: b"HTTP/1.1 302 Found\r\nLocation: /again\r\n"
                                        b"Content-Length: 0\r\n\r\n"),
    "bad_date": after_request(OK % (b"Sun, 31 Feb 2026 25:00:00 GMT", b"")),
    "aged": keep_answering(lambda head: dated(-3600, b"Age: 3600\r\n")),
    "no_date": keep_answering(lambda head: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "unavailable": keep_answering(lambda head: b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n"),
    "half": keep_answering(half),
    "stalling": stalling,
    "two_clocks": two_clocks,
    "mixed_clocks": keep_answering(mixed_clocks),
    "hook": keep_answering(keep),
    "echo": keep_answering(echo),
    "silent": silent,
}


def serve_one(serve, c):
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        serve(c)
    except OSError:
        pass
    c.close()


def accept_all(s, serve):
    while True:
        c, _ = s.accept()
        threading.Thread(target=serve_one, args=(serve, c), daemon=True).start()


def main():
    for name, serve in SERVERS.items():
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        s.listen(128)
        print(f"{name}={s.getsockname()[1]}")
        threading.Thread(target=accept_all, args=(s, serve), daemon=True).start()
    # A full queue: connections to it are neither taken nor refused.
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    waiting = []
    for _ in range(8):
        c = socket.socket()
        c.setblocking(False)
        c.connect_ex(full.getsockname())
        waiting.append(c)
    print(f"full={full.getsockname()[1]}")
    print("ready=1", flush=True)
    # Gone with whoever started it.
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.2)


sys.exit(main())
