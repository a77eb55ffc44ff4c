"""etcd under ha-supervisor's eyes: real members on this host, each at an address of its own, and what is measured there."""
import json
import os
import random
import signal
import statistics
import subprocess
import threading
import time
from pathlib import Path

from peers import Ours

HOME = Path("/usr/lib/ha-supervisor")
DATA = Path("/var/lib/bench")  # on disk, which /run is not
ADDRESSES = ["192.0.2.21", "192.0.2.22", "192.0.2.23"]
# The daemon's own runtime and limits; a cache of classes fits one class path only.
JAVA = [f"{HOME}/runtime/bin/java", "-XX:+UseSerialGC", "-Xms4m", "-Xmx32m", "-Xss256k", "-XX:+UseCompactObjectHeaders",
        "-XX:TieredStopAtLevel=1", "-XX:TrimNativeHeapInterval=60000", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
        f"-Djffi.boot.library.path={HOME}/native", "-Djnr.ffi.asm.enabled=false", "-Djdk.virtualThreadScheduler.parallelism=4",
        "-cp", f"{HOME}/ha-supervisor.jar:{Path(__file__).resolve().parent}/classes", "EtcdRounds"]


class Cluster:
    """Members that run one process each; their data goes with them."""

    def __init__(self, label, port, size=3, *flags, own_host=False):
        """own_host: clients are served on the member's own loopback address only, as in the manifests of 2016."""
        self.folder = DATA / label
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port, self.flags, self.own_host = port, flags, own_host
        self.members = [f"m{n + 1}" for n in range(size)]
        self.processes = [None] * size
        for n in range(size):
            self.start(n)
        self.await_reads()

    def advertised(self, n):
        return f"http://{ADDRESSES[n]}:{self.port}"

    def client(self, n):
        """Where its own host asks it."""
        return f"http://127.0.0.{n + 1}:{self.port}" if self.own_host else self.advertised(n)

    def peer(self, n):
        return f"http://{ADDRESSES[n]}:{self.port + 1}"

    def data(self, n):
        return self.folder / self.members[n]

    def start(self, n):
        with open(self.folder / f"{self.members[n]}.log", "ab") as log:
            self.processes[n] = subprocess.Popen(
                ["etcd", f"--name={self.members[n]}", f"--data-dir={self.data(n)}", "--logger=zap",
                 f"--listen-client-urls={self.client(n)}", f"--advertise-client-urls={self.advertised(n)}",
                 f"--listen-peer-urls={self.peer(n)}", f"--initial-advertise-peer-urls={self.peer(n)}",
                 "--initial-cluster=" + ",".join(f"{name}={self.peer(m)}" for m, name in enumerate(self.members)),
                 "--initial-cluster-token=" + self.folder.name, *self.flags], stdout=log, stderr=log)

    def signal(self, n, what):
        self.processes[n].send_signal(what)

    def kill(self, n):
        self.signal(n, signal.SIGKILL)
        self.processes[n].wait()

    def ctl(self, *words, n=0, check=True):
        done = subprocess.run(["etcdctl", "--endpoints", self.client(n), *words], capture_output=True, text=True,
                              env={**os.environ, "ETCDCTL_API": "3"})
        if check and done.returncode != 0:
            raise RuntimeError(f"etcdctl {words}: {done.stderr.strip()[:300]}")
        return done

    def await_reads(self, limit=60):
        end = time.monotonic() + limit
        for n in range(len(self.members)):
            while self.ctl("get", "health", n=n, check=False).returncode != 0:
                if time.monotonic() > end:
                    raise RuntimeError(f"{self.members[n]} does not serve")

    def leader(self):
        for n in range(len(self.members)):
            status = self.ctl("endpoint", "status", n=n, check=False)
            if status.returncode == 0 and status.stdout.split(", ")[4] == "true":
                return n
        raise RuntimeError("nobody leads")

    def configuration(self, more="", n=0):
        """Of the master of a member; services are left out."""
        masters = ", ".join(f"{name}: {ADDRESSES[m]}" for m, name in enumerate(self.members))
        others = ", ".join(f'"{self.advertised(m)}"' for m in range(len(self.members)) if m != n)
        return (f"node: {{name: {self.members[n]}, address: {ADDRESSES[n]}}}\n"
                f"cluster: {{masters: {{{masters}}}, load-balancer: 192.0.2.10, etcd: {{data-directory: {self.data(n)}, token: bench}}}}\n"
                f"manifests: {{profile: seed, directory: {self.folder}/kubelet}}\n"
                f'etcd: {{client-url: "{self.client(n)}", endpoints: [{others}]}}\n{more}')

    def program(self, mode, many):
        """The lines that EtcdRounds prints on this cluster, as they come."""
        config = self.folder / "rounds.yaml"
        config.write_text(self.configuration())
        templates = self.folder / "manifests"  # templates are looked for beside the configuration
        if not templates.exists():
            templates.symlink_to("/etc/ha-supervisor/manifests")
        with subprocess.Popen([*JAVA, mode, str(config), str(many)], stdout=subprocess.PIPE, text=True) as program:
            for line in program.stdout:
                yield json.loads(line)
        if program.returncode != 0:
            raise RuntimeError(f"EtcdRounds {mode}: exit {program.returncode}")

    def stop(self):
        for process in self.processes:
            if process:
                process.kill()
                process.wait()
        subprocess.run(["rm", "-rf", str(self.folder)], check=False)


def figures(text, unit="ms"):
    return f"{statistics.median(text):.1f} {unit} (max {max(text):.1f})"


def plane(ours):
    """The control plane in the daemon's status."""
    try:
        return json.loads(ours.status())["controlPlane"] or {}
    except (ValueError, KeyError):
        return {}


def observed(ours):
    """etcd in the daemon's status."""
    return plane(ours).get("etcd") or {}


def until(ours, limit, holds):
    """Seconds until it holds of the status; None when it does not within the limit."""
    began = time.monotonic()
    while time.monotonic() < began + limit:
        if holds(observed(ours)):
            return time.monotonic() - began
        time.sleep(0.05)
    return None


def is_in(state):
    return lambda etcd: etcd.get("state") == state


def round_time():
    """A round's length, healthy and with one of three stopped, and the others' reads meanwhile."""
    cluster = Cluster("etcd-round", 21800)
    try:
        healthy = [each["ms"] for each in list(cluster.program("paced", 20))[2:]]
        cluster.signal(2, signal.SIGSTOP)
        seen = list(cluster.program("paced", 8))
        stopped = [each["ms"] for each in seen]
        others = [read for each in seen[1:] for read in each["reads"] if read is not None]
        return {"healthy": figures(healthy), "one of three SIGSTOPped": figures(stopped),
                "the others' reads meanwhile": figures(others)}
    finally:
        cluster.stop()


def quorum_lost(runs):
    """Seconds from the death of two of three to QUORUM_LOST in /status, and of a leader alone: what is said then."""
    cluster = Cluster("etcd-lost", 21810)
    ours = Ours("ours-lost")
    try:
        ours.start([], more=cluster.configuration("backup: {enabled: false}"))
        if until(ours, 60, is_in("QUORUM_FULL")) is None:
            raise RuntimeError(f"not full: {observed(ours)}")
        taken, back = [], []
        for _ in range(runs):
            time.sleep(random.uniform(0, 10))  # anywhere between two rounds
            for n in (1, 2):
                cluster.kill(n)
            lost = until(ours, 60, is_in("QUORUM_LOST"))
            taken.append(lost if lost is not None else float("inf"))
            for n in (1, 2):
                cluster.start(n)
            full = until(ours, 120, is_in("QUORUM_FULL"))
            back.append(full if full is not None else float("inf"))
        named = 0
        for _ in range(2 * runs):
            leader = cluster.leader()
            cluster.kill(leader)
            if until(ours, 12, is_in("QUORUM_LOST")) is not None:
                named += 1
            cluster.start(leader)
            until(ours, 120, is_in("QUORUM_FULL"))
        return {"two of three killed, to the name": f"{min(taken):.1f} to {max(taken):.1f} s ({runs} runs)",
                "started again, to full": figures(back, "s"),
                "leader killed, named lost": f"{named} of {2 * runs}"}
    finally:
        ours.stop()
        cluster.stop()


def rounds(many):
    """What the process holds over many rounds without a pause, while members die, hang and return."""
    cluster = Cluster("etcd-rounds", 21820)
    try:
        done = threading.Event()

        def trouble():
            while not done.wait(random.uniform(0.5, 2)):
                n = random.randrange(1, 3)
                if random.random() < 0.1:
                    cluster.signal(n, signal.SIGSTOP)
                    done.wait(3)
                    cluster.signal(n, signal.SIGCONT)
                else:
                    cluster.kill(n)
                    done.wait(random.uniform(0.2, 1))
                    cluster.start(n)

        maker = threading.Thread(target=trouble)
        maker.start()
        try:
            seen = list(cluster.program("hurried", many))
        finally:
            done.set()
            maker.join()
        first, last = seen[1], seen[-1]  # the first twentieth is warming up
        shown = {key: f"{first[key]} → {last[key]} (max {max(each[key] for each in seen[1:])})" for key in ("fds", "threads")}
        return {"rounds": f"{last['round']}, {last['round'] - last['clean']} not clean", **shown,
                "RSS": f"{first['rss'] / 1024:.1f} → {last['rss'] / 1024:.1f} MiB (max {max(each['rss'] for each in seen) / 1024:.1f})"}
    finally:
        cluster.stop()


class WayIn:
    """Stand-ins of three masters' apiservers on the members of a cluster, and of what elects leaders on the first master."""

    def __init__(self, cluster):
        self.folder, self.processes = cluster.folder / "credentials", []
        self.folder.mkdir()
        names = ",".join(f"IP:{address}" for address in ADDRESSES)
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bench", "-keyout", "ca.key", "-out", "ca.crt")
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=kube-apiserver", "-keyout", "server.key", "-out", "server.csr")
        (self.folder / "names").write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
        self.openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                     "-extfile", "names", "-out", "server.crt")
        for n, address in enumerate(ADDRESSES):
            self.start("kube-apiserver", f"--etcd-servers={cluster.client(n)}", f"--bind-address={address}", f"--advertise-address={address}",
                       "--secure-port=443", f"--tls-cert-file={self.folder}/server.crt", f"--tls-private-key-file={self.folder}/server.key",
                       *(["--insecure-bind-address=127.0.0.1", "--insecure-port=8080"] if n == 0 else []))
        for name in ("kube-scheduler", "kube-controller-manager"):
            self.start(name, "--master=127.0.0.1:8080", "--leader-elect=true")

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def start(self, name, *flags):
        program = self.folder / name
        if not program.exists():
            program.symlink_to("/mnt/standins/component")
        with open(self.folder / f"{name}.log", "ab") as log:
            self.processes.append(subprocess.Popen([str(program), *flags], stdout=log, stderr=log))

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()


def entry_idle(seconds, processor_seconds):
    """Per cent of a core of a whole master: etcd, three apiservers with TLS and two elections watched, and no service."""
    cluster, ours = Cluster("entry-idle", 21870), Ours("ours-entry")
    way = WayIn(cluster)
    try:
        ours.start([], more=cluster.configuration(f"backup: {{enabled: false}}\ncredentials: {{directory: {way.folder}}}"))

        def well(seen):
            states = [each["state"] for each in seen.get("apiservers", []) + seen.get("leaders", [])]
            # The elected ones bear this host's name, which is none of the masters'.
            return len(states) == 5 and all(state in ("HEALTHY", "UP", "HELD", "FOREIGN_HOLDER") for state in states)

        end = time.monotonic() + 120
        while not well(plane(ours)):
            if time.monotonic() > end:
                raise RuntimeError(f"not well: {json.dumps(plane(ours))[:2000]}")
            time.sleep(1)
        time.sleep(60)
        before, began = processor_seconds(ours.process.pid), time.monotonic()
        time.sleep(seconds)
        return {"etcd, apiservers and elections watched": f"{(processor_seconds(ours.process.pid) - before) / (time.monotonic() - began) * 100:.3f} %"}
    finally:
        ours.stop()
        way.stop()
        cluster.stop()


def idle(seconds, processor_seconds):
    """Per cent of a core with etcd watched and no service: where all members can be asked, by attestation, and on no master."""
    asked, attested = Cluster("etcd-idle", 21830), Cluster("etcd-attest", 21850, own_host=True)
    watching, plain = Ours("ours-etcd"), Ours("ours-plain")
    attesting = [Ours(f"ours-attest{n}") for n in range(3)]
    try:
        off = "backup: {enabled: false}"
        watching.start([], more=asked.configuration(off))
        for n, each in enumerate(attesting):
            each.start([], more=attested.configuration(off, n))
        plain.start([])
        for each in (watching, attesting[0]):
            if until(each, 120, is_in("QUORUM_FULL")) is None:
                raise RuntimeError(f"not full: {observed(each)}")
        time.sleep(60)
        pids = {"etcd watched": watching.process.pid, "by attestation": attesting[0].process.pid, "nothing watched": plain.process.pid}
        before, began = {label: processor_seconds(pid) for label, pid in pids.items()}, time.monotonic()
        time.sleep(seconds)
        span = time.monotonic() - began
        return {label: f"{(processor_seconds(pid) - before[label]) / span * 100:.3f} %" for label, pid in pids.items()}
    finally:
        for each in (watching, plain, *attesting):
            each.stop()
        asked.stop()
        attested.stop()


def anonymous(pid):
    """MiB that are no clean pages of files: what other processes cannot have."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) / 1024
    return 0.0


def backup(mebibytes):
    """The daemon's own backup of a large database, beside etcdctl's of the same one before and after."""
    cluster = Cluster("etcd-backup", 21840, 1, f"--quota-backend-bytes={8 << 30}", "--snapshot-count=100")
    ours = Ours("ours-backup")
    folder = cluster.folder / "backups"
    try:
        list(cluster.program("fill", mebibytes))
        # Without the log of the filling in its memory.
        cluster.kill(0)
        cluster.start(0)
        cluster.await_reads(300)

        def theirs():
            file = cluster.folder / "theirs.db"
            began = time.monotonic()
            cluster.ctl("snapshot", "save", str(file))
            took = time.monotonic() - began
            size = file.stat().st_size
            file.unlink()
            return size / took / 2**20

        rates = [theirs()]
        ours.start([], more=cluster.configuration(f"backup: {{directory: {folder}, same-device: allow, rate: 16GiB}}"))
        until(ours, 60, lambda etcd: etcd.get("proven"))
        pid, before, most, began, made = ours.process.pid, None, 0.0, None, None
        end = time.monotonic() + 300
        while made is None and time.monotonic() < end:
            parts = list((folder / "etcd").glob("*.db.part")) if folder.exists() else []
            if began is None:
                before = anonymous(pid)
                if parts:
                    began = time.monotonic()
            else:
                most = max(most, anonymous(pid))
                made = next(iter((folder / "etcd").glob("*.db")), None)
            time.sleep(0.01)
        if made is None:
            raise RuntimeError(f"no backup: {ours.status()[:2000]}")
        rate = made.stat().st_size / (time.monotonic() - began) / 2**20
        size = made.stat().st_size / 2**20
        began = time.monotonic()
        subprocess.run(["ha-supervisor", "backup", "now", "--config", str(ours.folder / "config.yaml")], check=True, capture_output=True)
        command = size / (time.monotonic() - began)
        rates.append(theirs())
        plain = statistics.mean(rates)
        return {"database": f"{size:.0f} MiB", "etcdctl snapshot save": f"{plain:.0f} MiB/s",
                "backup now, verified": f"{command:.0f} MiB/s, ratio {command / plain:.2f}",
                "the daemon, verified": f"{rate:.0f} MiB/s, ratio {rate / plain:.2f}",
                "the daemon's memory grew by": f"{most - before:.1f} MiB"}
    finally:
        ours.stop()
        cluster.stop()
