"""The serving half of the stand-in: /healthz on a loopback port, optionally late, short-lived or as a daemon."""
import argparse
import os
import socket
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("name")
parser.add_argument("port", type=int)
parser.add_argument("--delay", type=float, default=0, help="seconds before it listens")
parser.add_argument("--live", type=float, default=0, help="seconds until it exits by itself; 0: never")
parser.add_argument("--pidfile")
parser.add_argument("--fork", action="store_true", help="leave the caller, as an init script's daemon does")
options = parser.parse_args()

if options.fork:
    if os.fork():
        sys.exit(0)
    os.setsid()
if options.pidfile:
    with open(options.pidfile + ".new", "w") as file:
        file.write(f"{os.getpid()}\n")
    os.rename(options.pidfile + ".new", options.pidfile)

started = time.monotonic()
if options.live:
    time.sleep(options.live)
    sys.exit(1)
time.sleep(options.delay)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", options.port))
server.listen(64)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
while True:
    client, _ = server.accept()
    try:
        client.settimeout(2)
        client.recv(4096)
        client.sendall(ANSWER)
    except OSError:
        pass
    finally:
        client.close()
