"""Measures supervisors on this host and prints one table; run by tests/bench/run inside a test host, as root."""
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import etcd
from peers import RUN, Monit, Ours, Runit, Service, Supervisord

RUNS = int(os.environ.get("BENCH_RUNS", "40"))
IDLE = int(os.environ.get("BENCH_IDLE", "300"))
ONLY = set(filter(None, os.environ.get("BENCH_ONLY", "").split(",")))
# Short memory, so that forty deaths in a row are forty first deaths.
FORGETFUL = "crash: {reset-after: 1s, step-down-every: 1s, budget: 1000}"
rows = []


def say(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def row(measure, **figures):
    rows.append((measure, figures))
    say(f"{measure}: {figures}")


def deaths(service, runs, settle):
    """Milliseconds from kill -9 to the next start call; killed at any moment of a five-second cycle."""
    taken = []
    for _ in range(runs):
        if not service.await_up(60):
            return taken
        time.sleep(settle + random.uniform(0, 5))
        before, pid = len(service.starts()), service.pid()
        killed = time.time()
        os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 60
        while len(service.starts()) == before and time.monotonic() < end:
            time.sleep(0.002)
        if len(service.starts()) > before:
            taken.append((service.starts()[before] - killed) * 1000)
    return taken


def median(figures, unit="ms"):
    return f"{statistics.median(figures):.1f} {unit}" if figures else "never"


def worst(figures):
    return f"{median(figures)} (max {max(figures):.0f})" if figures else "never"


def death_to_start():
    """The supervisors are measured at the same time, each on a service of its own."""
    peers = [
        ("monit 1 s", Monit("monit1", 1), 1.2),
        ("monit 5 s", Monit("monit5", 5), 1.2),
        ("runit", Runit("runit"), 1.3),
        ("supervisord", Supervisord("supervisord"), 1.3),
    ]
    jobs = []
    for n, (label, peer, settle) in enumerate(peers):
        service = Service(f"d{peer.label}", 21001 + n)
        peer.start([service], http=False)
        jobs.append((label, service, settle))
    kinds = ("systemd", "exec", "script")
    ours = Ours("ours-death")
    services = [Service(f"d{kind}", 21010 + n) for n, kind in enumerate(kinds)]
    ours.start(services, kinds=kinds, tuning=FORGETFUL)
    jobs += [(f"ours {kind}", service, 2.5) for kind, service in zip(kinds, services)]
    with ThreadPoolExecutor(len(jobs)) as threads:
        taken = list(threads.map(lambda job: worst(deaths(job[1], RUNS, job[2])), jobs))
    for supervisor in [peer for _, peer, _ in peers] + [ours]:
        supervisor.stop()
    for _, service, _ in jobs:
        end(service)
    row("death to start call", **{label: figure for (label, _, _), figure in zip(jobs, taken)})


def end(service):
    subprocess.run(["systemctl", "stop", f"bench-{service.name}.service"], stderr=subprocess.DEVNULL)
    pid = service.pid()
    if pid:
        os.kill(pid, signal.SIGKILL)


def hung():
    """SIGSTOP; seconds until another process has been started, watched for 150 s."""
    figures = {}
    peers = [
        ("monit 5 s", Monit("monith", 5), "kill -TERM", Service("hmonit", 21101)),
        ("ours exec", Ours("ours-hung"), "", Service("hours", 21102)),
        ("supervisord", Supervisord("supervisordh"), "", Service("hsupervisord", 21103)),
        ("runit", Runit("runith"), "", Service("hrunit", 21104)),
    ]
    for _, peer, stop, service in peers:
        peer.start([service], stop=stop)
    for _, _, _, service in peers:
        service.await_up(60)
    time.sleep(40)
    stopped = {}
    for label, _, _, service in peers:
        stopped[label] = (len(service.starts()), time.time())
        os.kill(service.pid(), signal.SIGSTOP)
    time.sleep(150)
    for label, peer, _, service in peers:
        before, at = stopped[label]
        later = service.starts()[before:]
        figures[label] = f"{later[0] - at:.0f} s" if later else "never (150 s)"
        peer.stop()
        end(service)
    row("hung (SIGSTOP) to replaced", **figures)


def slow_starter():
    """A service that needs 45 s before it answers: starts in 150 s beyond the first are false."""
    figures = {}
    peers = [
        ("monit 5 s", Monit("monits", 5), Service("smonit", 21201, "--delay", "45")),
        ("ours exec", Ours("ours-slow"), Service("sours", 21202, "--delay", "45")),
    ]
    for _, peer, service in peers:
        peer.start([service])
    time.sleep(150)
    for label, peer, service in peers:
        figures[label] = f"{max(0, len(service.starts()) - 1)} false restarts"
        peer.stop()
        end(service)
    row("slow starter (45 s)", **figures)


def neighbour():
    """A's start never works; B is killed: time to B's start call."""
    figures = {}
    for label, peer, kinds in [("monit 1 s", Monit("monitn", 1), ()), ("ours script", Ours("ours-neigh"), ("script",))]:
        broken, well = Service(f"broken{peer.label}", 21301), Service(f"well{peer.label}", 21302)
        broken.argv = lambda *_: ["/bin/sleep", "600"]
        peer.start([broken, well], kinds=kinds, tuning=FORGETFUL, http=False)
        well.await_up(90)
        time.sleep(3)
        figures[label] = worst(deaths(well, 5, 3))
        peer.stop()
        end(well)
        subprocess.run(["pkill", "-f", f"{broken.name}.init"], check=False)
    row("neighbour's start hangs: death to start", **figures)


def reused_pid():
    """The service is dead and its pidfile names another living process: seconds to its start, watched for 30 s."""
    figures = {}
    bystander = subprocess.Popen(["/bin/sleep", "3600"])
    for label, peer, kinds in [("monit 1 s", Monit("monitr", 1), ()), ("ours script", Ours("ours-reuse"), ("script",))]:
        service = Service(f"reuse{peer.label}", 21401)
        peer.start([service], kinds=kinds, http=False)
        service.await_up(60)
        time.sleep(5)
        before, pid = len(service.starts()), service.pid()
        service.pidfile.write_text(f"{bystander.pid}\n")
        os.kill(pid, signal.SIGKILL)
        at = time.time()
        time.sleep(30)
        later = service.starts()[before:]
        figures[label] = f"{later[0] - at:.2f} s" if later else "never (30 s)"
        peer.stop()
        end(service)
    bystander.kill()
    row("reused pid: death to start", **figures)


def storm():
    """A service that lives 0.3 s: starts in the first minute."""
    figures = {}
    peers = [
        ("monit 1 s", Monit("monitc", 1), Service("cmonit", 21501, "--live", "0.3")),
        ("runit", Runit("runitc"), Service("crunit", 21502, "--live", "0.3")),
        ("supervisord", Supervisord("supervisordc"), Service("csupervisord", 21503, "--live", "0.3")),
        ("ours exec", Ours("ours-storm"), Service("cours", 21504, "--live", "0.3")),
    ]
    for _, peer, service in peers:
        peer.start([service], http=False, probes=False)
    time.sleep(75)
    for label, peer, service in peers:
        starts = service.starts()
        figures[label] = f"{len([at for at in starts if at < starts[0] + 60])} starts" if starts else "none"
        peer.stop()
        end(service)
    row("crash storm, first minute", **figures)


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    figures = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        key, value = line.split(":")
        figures[key] = int(value.split()[0]) / 1024
    return figures["Rss"], figures["Pss"], figures["Private_Dirty"]


def idle():
    """Seven HTTP checks each five seconds on healthy services."""
    cpu, rss, pss, dirty = {}, {}, {}, {}
    peers = [
        ("monit 5 s", Monit("moniti", 5), [Service(f"imonit{n}", 21600 + n) for n in range(7)]),
        ("supervisord (no checks)", Supervisord("supervisordi"), [Service(f"isup{n}", 21620 + n) for n in range(7)]),
        ("runit (no checks)", Runit("runiti"), [Service(f"irunit{n}", 21640 + n) for n in range(7)]),
        ("ours exec", Ours("ours-idle"), [Service(f"iours{n}", 21660 + n) for n in range(7)]),
    ]
    for _, peer, services in peers:
        peer.start(services)
    time.sleep(60)
    before = {label: processor_seconds(peer.process.pid) for label, peer, _ in peers}
    began = time.monotonic()
    time.sleep(IDLE)
    span = time.monotonic() - began
    for label, peer, services in peers:
        pid = peer.process.pid
        cpu[label] = f"{(processor_seconds(pid) - before[label]) / span * 100:.3f} %"
        figures = memory(pid)
        rss[label], pss[label], dirty[label] = (f"{figure:.1f} MiB" for figure in figures)
        peer.stop()
        for service in services:
            end(service)
    row(f"idle CPU of a core, {span:.0f} s, 7 checks", **cpu)
    row("RSS", **rss)
    row("PSS", **pss)
    row("private dirty", **dirty)


def first_status():
    """Milliseconds from exec to the first 200 of /status."""
    taken = []
    for n in range(10):
        ours = Ours(f"ours-first{n}")
        service = Service(f"f{n}", 21700)
        began = time.monotonic()
        ours.start([service])
        while time.monotonic() < began + 20:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{ours.port}/status", timeout=2) as answer:
                    json.load(answer)
                    taken.append((time.monotonic() - began) * 1000)
                    break
            except OSError:
                time.sleep(0.005)
        ours.stop()
        end(service)
    row("start to first /status", **{"ours": worst(taken)})


MASTER = """
node: {name: bench, address: 192.0.2.1}
cluster: {masters: {bench: 192.0.2.1}, load-balancer: 192.0.2.10}
manifests: {profile: seed, directory: %s}
"""


def command_line():
    """Milliseconds of the commands that render and check the four manifests of a master, templates to exit."""
    folder = RUN / "rendered"
    more = Path("/etc/ha-supervisor/conf.d/bench.yaml")
    more.write_text(MASTER % (RUN / "manifests"))

    def timed(*words):
        taken = []
        for _ in range(10):
            began = time.monotonic()
            done = subprocess.run(["ha-supervisor", "manifests", *words], capture_output=True, text=True)
            taken.append((time.monotonic() - began) * 1000)
            if done.returncode not in (0, 1):  # 1: the bench's host lacks what the manifests name
                raise RuntimeError(f"manifests {words[0]}: exit {done.returncode}: {done.stderr[:300]}")
        return worst(taken)

    try:
        row("render four manifests", ours=timed("render", "--output", str(folder)))
        files = sorted(str(path) for path in folder.iterdir())
        row(f"validate {len(files)} manifest files", ours=timed("validate", *files))
        row("render and validate four manifests", ours=timed("validate"))
    finally:
        more.unlink()


def noticed():
    """Milliseconds from a change in the manifest directory to /status; then what watching it costs."""
    directory = RUN / "manifests"
    directory.mkdir(exist_ok=True)
    ours = Ours("ours-watch")
    ours.start([], tuning="", more=MASTER % directory)
    stranger = directory / "stranger.yaml"
    taken = []
    time.sleep(5)
    for n in range(20):
        time.sleep(random.uniform(0, 2))
        began = time.monotonic()
        stranger.write_text(f"apiVersion: v1\nkind: Pod\nmetadata: {{name: stranger-{n}}}\nspec: {{containers: []}}\n")
        while time.monotonic() < began + 40 and b"stranger.yaml" not in ours.status():
            time.sleep(0.005)
        taken.append((time.monotonic() - began) * 1000)
        stranger.unlink()
        while b"stranger.yaml" in ours.status():
            time.sleep(0.05)
    row("change in the manifest directory to /status", ours=worst(taken))
    before, began = processor_seconds(ours.process.pid), time.monotonic()
    time.sleep(min(IDLE, 120))
    used = (processor_seconds(ours.process.pid) - before) / (time.monotonic() - began) * 100
    row("idle CPU of a core, a master's files watched, no service", ours=f"{used:.3f} %")
    ours.stop()


def etcd_round():
    row("round of questions to etcd", **etcd.round_time())


def quorum_lost():
    row("etcd: quorum lost", **etcd.quorum_lost(max(2, RUNS // 4)))


def etcd_rounds():
    row("etcd: rounds while members die and return", **etcd.rounds(250 * RUNS))


def backup():
    row("etcd: backup of 1 GiB", **etcd.backup(1024))


def etcd_idle():
    row("idle CPU of a core, no service", **etcd.idle(IDLE, processor_seconds))


def entry_idle():
    row("idle CPU of a core, no service", **etcd.entry_idle(IDLE, processor_seconds))


def package_size():
    def installed(name):
        out = subprocess.run(["dpkg-query", "-W", "-f", "${Installed-Size}", name], capture_output=True, text=True)
        return f"{int(out.stdout or 0) / 1024:.1f} MiB"

    row("installed size", **{"monit": installed("monit"), "runit": installed("runit"),
                             "supervisord (and python)": installed("supervisor"), "ours": installed("ha-supervisor")})


def table():
    columns = []
    for _, figures in rows:
        columns += [label for label in figures if label not in columns]
    print("| measure | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for measure, figures in rows:
        print(f"| {measure} | " + " | ".join(figures.get(label, "") for label in columns) + " |")


# Those of one group wait most of the time and run beside each other.
GROUPS = [[death_to_start], [hung, slow_starter, neighbour, reused_pid, storm, idle], [first_status],
          [command_line], [noticed],
          [etcd_round], [quorum_lost], [etcd_rounds], [backup], [etcd_idle], [entry_idle], [package_size]]


def main():
    RUN.mkdir(parents=True, exist_ok=True)
    failed = []
    for group in GROUPS:
        wanted = [measure for measure in group if not ONLY or measure.__name__ in ONLY]
        say("measuring " + ", ".join(measure.__name__ for measure in wanted))
        with ThreadPoolExecutor(max(1, len(wanted))) as threads:
            for measure, done in [(measure, threads.submit(measure)) for measure in wanted]:
                if done.exception():
                    failed.append(measure.__name__)
                    say(f"{measure.__name__} failed: {done.exception()!r}")
    table()
    sys.exit("failed: " + ", ".join(failed) if failed else 0)


main()
