#!/usr/bin/python3
"""A client of the load balancer: it asks 20 times a second, each time on a connection of its own, and looks besides at what
every master's /ready says. Which master a request was sent to is told by haproxy's log, whose lines are "PORT SERVER …" with
the client's port. Prints one line of figures; exits 1 where a request was sent to a master so long after its /ready had
begun to say 503 that the balancer must have known, and where no /ready ever said it.

Use: requests.py URL SECONDS KNOWN_AFTER LOG AUTHORITY (CERTIFICATE KEY | TOKEN) NAME=READY_URL…
"""

import collections
import concurrent.futures
import http.client
import os
import socket
import ssl
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PER_SECOND, LIMIT = 20, 5


class Ready:
    """What one master's /ready says, from its first look on."""

    def __init__(self, url):
        self.url, self.denials, self.said = url, [], None  # denials: [begin, end], the last one open while it holds
        threading.Thread(target=self.look, daemon=True).start()

    def look(self):
        while True:
            try:
                with urllib.request.urlopen(self.url, timeout=2) as answer:
                    self.said = answer.status
            except urllib.error.HTTPError as e:
                self.said = e.code
            except OSError:
                self.said = None
            now, denies = time.monotonic(), self.said == 503
            if denies and (not self.denials or self.denials[-1][1]):
                self.denials.append([now, None])
            elif not denies and self.denials and not self.denials[-1][1]:
                self.denials[-1][1] = now
            time.sleep(0.1)

    def denied_for(self, at):
        return max((at - begin for begin, end in self.denials if begin <= at and (end is None or at < end)), default=0)


def ask(url, context, headers):
    """(begin, seconds, own port, what was wrong or None)"""
    begin, port, wrong = time.monotonic(), 0, None
    connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=LIMIT, context=context)
    try:
        raw = connection.sock = socket.create_connection((url.hostname, url.port), LIMIT)
        port = raw.getsockname()[1]
        connection.sock = context.wrap_socket(raw, server_hostname=url.hostname)
        connection.request("GET", url.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            wrong = str(answer.status)
    except (OSError, http.client.HTTPException) as e:
        wrong = type(e).__name__
    finally:
        connection.close()
    return begin, time.monotonic() - begin, port, wrong


def main():
    url, seconds, known_after, log = urllib.parse.urlsplit(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    context, rest, headers = ssl.create_default_context(cafile=sys.argv[5]), sys.argv[6:], {}
    if os.path.exists(rest[0]):
        context.load_cert_chain(rest.pop(0), rest.pop(0))
    else:
        headers["Authorization"] = "Bearer " + rest.pop(0)
    ready = {name: Ready(where) for name, where in (each.split("=", 1) for each in rest)}
    with concurrent.futures.ThreadPoolExecutor(PER_SECOND * (LIMIT + 1)) as pool:
        began, asked = time.monotonic(), []
        for n in range(int(seconds * PER_SECOND)):
            time.sleep(max(0, began + n / PER_SECOND - time.monotonic()))
            asked.append(pool.submit(ask, url, context, headers))
        done = [each.result() for each in asked]
    time.sleep(1)  # haproxy writes a line when a connection has ended
    with open(log) as file:
        sent = {int(words[0]): words[1] for words in (line.split() for line in file) if len(words) > 1 and words[0].isdigit()}
    to = [sent.get(port, "nobody") for _, _, port, _ in done]
    lost = collections.Counter(f"{wrong} of {name}" for (_, _, _, wrong), name in zip(done, to) if wrong)
    when = [begin - began for begin, _, _, wrong in done if wrong]
    late = sum(name in ready and ready[name].denied_for(begin) > known_after for (begin, _, _, _), name in zip(done, to))
    times = sorted(took for _, took, _, wrong in done if not wrong)
    denied = sum((end or time.monotonic()) - begin for each in ready.values() for begin, end in each.denials)
    print(f"{len(done)} requests, {len(when)} lost"
          + (f" ({', '.join(f'{count} {what}' for what, count in lost.items())}, from {when[0]:.1f} s to {when[-1]:.1f} s)" if when else "")
          + f"; sent {', '.join(f'{to.count(name)} to {name}' for name in ready)}"
          + (f"; 99 % of the rest within {times[len(times) * 99 // 100] * 1000:.0f} ms" if times else "")
          + f"; /ready denied for {denied:.0f} s, {late} sent there over {known_after:g} s after that began")
    sys.exit(1 if late or not times or not denied else 0)


main()
