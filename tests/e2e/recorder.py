#!/usr/bin/python3
"""Records how three masters of profile seed live through a fault, and says what it cost. Runs on the machine that carries
the hosts, and looks into each from inside, so that a member that serves clients on loopback alone is seen as any other.

  recorder.py record TIMELINE NAME=FILE…   until TERM; FILE has the number of the host's first process, while it runs
  recorder.py mark TIMELINE WORD           a moment that counts, such as the fault
  recorder.py figures TIMELINE [FROM [TO]]  what happened between two marks (the first one, and the end where TO never came), as JSON

Ten times a second each member is asked for a linearizable read, which it answers only with the consent of a majority. Twice a
second docker, the kubelet and the containers are looked at. No answer within a second is none.
"""

import base64
import ctypes
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time

READ = json.dumps({"key": base64.b64encode(b"health").decode()})
CONTAINERS = 4
# Without a leader nobody answers until another one is elected: that takes about two seconds, and is no loss of quorum.
ELECTION = 3.0
# From the clock of files to that of this program, once for all, so that one moment stays one.
CLOCKS = time.monotonic() - time.time()
libc = ctypes.CDLL(None, use_errno=True)


def enter(path):
    """This thread, and nobody else, from now on has the network of that process."""
    with open(path) as space:
        if libc.setns(space.fileno(), 0) != 0:
            raise OSError(ctypes.get_errno(), f"setns {path}")


class Inside(http.client.HTTPConnection):
    """A connection made from within a host; the thread is back home when it is made."""

    def __init__(self, leader, port):
        super().__init__("127.0.0.1", port, timeout=1)
        self.leader = leader

    def connect(self):
        enter(f"/proc/{self.leader}/ns/net")
        try:
            super().connect()
        finally:
            enter("/proc/self/ns/net")


class Docker(http.client.HTTPConnection):
    def __init__(self, leader):
        super().__init__("docker", timeout=1)
        self.leader = leader

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(1)
        self.sock.connect(f"/proc/{self.leader}/root/run/docker.sock")


class Host:
    def __init__(self, name, file, write):
        self.name, self.file, self.write = name, file, write
        self.etcd, self.etcd_of = None, None

    def leader(self):
        try:
            with open(self.file) as file:
                return file.read().strip()
        except OSError:
            return None

    def tell(self, began, **what):
        self.write({"at": began, "took": round(time.monotonic() - began, 4), "host": self.name, **what})

    def read(self):
        began, leader = time.monotonic(), self.leader()
        if self.etcd and self.etcd_of != leader:
            self.etcd.close()
            self.etcd = None
        if not leader or not os.path.exists(f"/proc/{leader}"):
            return self.tell(began, read="gone")
        if not self.etcd:
            self.etcd, self.etcd_of = Inside(leader, 4001), leader
        try:
            self.etcd.request("POST", "/v3/kv/range", READ)
            answer = self.etcd.getresponse()
            answer.read()
            self.tell(began, read="ok" if answer.status == 200 else "error")
        except (ConnectionError, http.client.HTTPException, FileNotFoundError):
            self.etcd.close()
            self.tell(began, read="refused")
        except OSError:
            self.etcd.close()
            self.tell(began, read="silent")

    def look(self):
        began, leader = time.monotonic(), self.leader()
        if leader:
            self.tell(began, docker=self.started(leader), containers=self.containers(leader), kubelet=self.kubelet(leader))

    def started(self, leader):
        """When docker's daemon began: it writes its pidfile then."""
        try:
            written = os.stat(f"/proc/{leader}/root/run/docker.pid").st_mtime
            return round(written + CLOCKS, 1)
        except OSError:
            return None

    def containers(self, leader):
        """How many run; none where docker does not answer."""
        docker = Docker(leader)
        try:
            docker.request("GET", "/containers/json")
            return len(json.loads(docker.getresponse().read()))
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            docker.close()

    def kubelet(self, leader):
        connection = Inside(leader, 10248)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def repeat(what, period):
    """At a steady pace; what is late leaves out turns."""
    due = time.monotonic()
    while True:
        what()
        due = max(due + period, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))


def record(path, hosts):
    # By lines, for marks are written into the same file.
    file, lock = open(path, "a", buffering=1), threading.Lock()

    def write(line):
        with lock:
            file.write(json.dumps(line) + "\n")

    # Before the threads, so that none of them is sent it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    for name, where in (host.split("=", 1) for host in hosts):
        host = Host(name, where, write)
        threading.Thread(target=repeat, args=(host.read, 0.1), daemon=True).start()
        threading.Thread(target=repeat, args=(host.look, 0.5), daemon=True).start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    with lock:
        os._exit(0)


def mark(path, word):
    with open(path, "a") as file:
        file.write(json.dumps({"at": time.monotonic(), "mark": word}) + "\n")


def longest(ends, since, until):
    """The longest time between two answers, and how much of such times is beyond what an election takes."""
    moments = [since, *sorted(end for end in ends if since < end < until), until]
    gaps = [later - sooner for sooner, later in zip(moments, moments[1:])]
    return round(max(gaps), 2), round(sum(gap for gap in gaps if gap > ELECTION), 1)


def dead_together(reads, hosts, since, until):
    """Seconds in which fewer members than a majority had a process that takes connections."""
    majority, dead, total, last = len(hosts) // 2 + 1, set(), 0.0, since
    for line in reads:
        at = min(max(line["at"], since), until)
        if len(hosts) - len(dead) < majority:
            total += at - last
        last = at
        (dead.add if line["read"] in ("refused", "gone") else dead.discard)(line["host"])
    return round(total + (until - last if len(hosts) - len(dead) < majority else 0), 1)


def deaths(reads, host, since, until):
    """How often the member ended."""
    states = [line["read"] in ("refused", "gone") for line in reads if line["host"] == host and since <= line["at"] <= until]
    return sum(dead and not before for before, dead in zip([False, *states], states))


def starts(looks, since, until):
    """Seconds after the fault at which a docker daemon began, and whose."""
    found = {(line["docker"], line["host"]) for line in looks if line["docker"] and since < line["docker"] < until}
    return [[round(at - since, 1), host] for at, host in sorted(found)]


def well_from(reads, looks, since, until):
    """Seconds after the fault from when on every host was whole; none where that never came."""
    bad = [since]
    bad += [line["at"] for line in reads if line["read"] != "ok"]
    bad += [line["at"] for line in looks if not line["docker"] or (line["containers"] or 0) < CONTAINERS or not line["kubelet"]]
    last = max(at for at in bad if at <= until)
    return None if last > until - 2 else round(last - since, 1)


def figures(path, since="", until=""):
    with open(path) as file:
        lines = sorted((json.loads(line) for line in file), key=lambda line: line["at"])
    marks = {line["mark"]: line["at"] for line in lines if "mark" in line}
    begin = marks[since] if since else min(marks.values(), default=lines[0]["at"])
    end = marks.get(until, lines[-1]["at"])
    reads = [line for line in lines if "read" in line]
    looks = [line for line in lines if "docker" in line]
    hosts = sorted({line["host"] for line in reads})
    answers = {host: [line["at"] + line["took"] for line in reads if line["host"] == host and line["read"] == "ok"] for host in hosts}
    gap, unanswered = longest([end for ends in answers.values() for end in ends], begin, end)
    began = starts(looks, begin, end)
    return {
        "seconds": round(end - begin, 1), "reads": sum(begin <= line["at"] <= end for line in reads),
        "longest": gap, "unanswered": unanswered, "without majority": dead_together(reads, hosts, begin, end),
        "longest by member": {host: longest(ends, begin, end)[0] for host, ends in answers.items()},
        "deaths": {host: deaths(reads, host, begin, end) for host in hosts},
        "docker starts": began,
        "spacing": [round(later[0] - sooner[0], 1) for sooner, later in zip(began, began[1:])],
        "well after": well_from(reads, looks, begin, end),
    }


def main():
    verb, path, *rest = sys.argv[1:]
    if verb == "record":
        record(path, rest)
    elif verb == "mark":
        mark(path, *rest)
    else:
        print(json.dumps(figures(path, *rest)))


main()
