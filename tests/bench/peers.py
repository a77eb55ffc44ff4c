"""The supervisors under test: each knows how to be configured, started, and how its services are named."""
import itertools
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUN = Path("/run/bench")
STANDIN = str(HERE / "standin")


class Service:
    """One stand-in: its start log and its pid."""

    def __init__(self, name, port, *options):
        self.name, self.port, self.options = name, port, options
        self.pidfile = RUN / f"{name}.pid"
        self.log = RUN / f"{name}.starts"

    def argv(self, *more):
        return [STANDIN, self.name, str(self.port), "--pidfile", str(self.pidfile), *self.options, *more]

    def starts(self):
        try:
            return [float(line) for line in self.log.read_text().split()]
        except FileNotFoundError:
            return []

    def pid(self):
        try:
            pid = int(self.pidfile.read_text())
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            return None if state in "ZX" else pid
        except (OSError, ValueError):
            return None

    def await_up(self, limit):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.pid():
                return True
            time.sleep(0.05)
        return False

    def init_script(self, stop="kill -TERM"):
        """An init script as monit and our script kind expect it."""
        path = RUN / f"{self.name}.init"
        start = " ".join(self.argv("--fork"))
        path.write_text(
            "#!/bin/bash\nexport BENCH_DIR=/run/bench\n"
            f'case "$1" in\nstart) exec {start} ;;\nstop) {stop} "$(cat {self.pidfile})" ;;\nesac\n'
        )
        path.chmod(0o755)
        return str(path)


class Peer:
    """A supervisor process started by hand, so that all of them run beside each other on one host."""

    def __init__(self, label):
        self.label = label
        self.folder = RUN / label
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = None

    def spawn(self, argv, **more):
        environment = {**os.environ, "BENCH_DIR": str(RUN), **more}
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(argv, env=environment, stdout=log, stderr=log, start_new_session=True)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Monit(Peer):
    """monit with the checks of the guide it comes from: restart on death and on one failed HTTP probe."""

    def __init__(self, label, cycle):
        super().__init__(label)
        self.cycle = cycle

    def start(self, services, stop="kill -TERM", http=True, **_):
        lines = [f"set daemon {self.cycle}", f"set pidfile {self.folder}/pid", f"set statefile {self.folder}/state",
                 f"set idfile {self.folder}/id", f"set log {self.folder}/monit.log"]
        for service in services:
            script = service.init_script(stop)
            lines += [f"check process {service.name} with pidfile {service.pidfile}",
                      f'  start program = "{script} start"', f'  stop program = "{script} stop"',
                      "  if does not exist then restart"]
            if http:
                lines += [f"  if failed host 127.0.0.1 port {service.port} protocol HTTP request \"/healthz\" then restart"]
        config = self.folder / "monitrc"
        config.write_text("\n".join(lines) + "\n")
        config.chmod(0o600)
        self.spawn(["monit", "-I", "-c", str(config)])


class Runit(Peer):
    """runsvdir: restarts what dies, knows no health checks."""

    def start(self, services, **_):
        for service in services:
            folder = self.folder / "sv" / service.name
            folder.mkdir(parents=True, exist_ok=True)
            run = folder / "run"
            run.write_text("#!/bin/bash\nexec " + " ".join(service.argv()) + "\n")
            run.chmod(0o755)
        self.spawn(["runsvdir", "-P", str(self.folder / "sv")])

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGHUP)
            self.process.wait(30)


class Supervisord(Peer):
    """supervisord: restarts what dies, knows no health checks."""

    def start(self, services, **_):
        lines = ["[supervisord]", "nodaemon=true", f"logfile={self.folder}/supervisord.log",
                 f"pidfile={self.folder}/pid", f"childlogdir={self.folder}"]
        for service in services:
            lines += [f"[program:{service.name}]", "command=" + " ".join(service.argv()), "autorestart=true",
                      "startretries=1000000", "startsecs=1"]
        config = self.folder / "supervisord.conf"
        config.write_text("\n".join(lines) + "\n")
        self.spawn(["supervisord", "-c", str(config)])


class Ours(Peer):
    """ha-supervisor from the installed package, run by hand on a configuration of its own."""

    # As the unit starts it.
    COMMAND = next(line.split("=", 1)[1].split() for line in Path("/usr/lib/systemd/system/ha-supervisor.service")
                   .read_text().splitlines() if line.startswith("ExecStart="))
    ports = itertools.count(19100)

    def __init__(self, label):
        super().__init__(label)
        self.port = next(Ours.ports)

    def start(self, services, kinds=("exec",), tuning="", probes=True, more="", **_):
        lines = [more or "node: {name: bench}", f"state-directory: {self.folder}/state", f"control: {{socket: {self.folder}/control.sock, group: root}}", "http:", f"  listen: [\"127.0.0.1:{self.port}\"]",
                 "services:",
                 "  docker: {enabled: false}", "  kubelet: {enabled: false}"]
        (self.folder / "state").mkdir(exist_ok=True, mode=0o700)
        for service, kind in zip(services, kinds * len(services)):
            lines += [f"  {service.name}:", f"    kind: {kind}"]
            if kind == "exec":
                lines += ["    command: [" + ", ".join(f'"{word}"' for word in service.argv()) + "]",
                          "    environment: {BENCH_DIR: /run/bench}"]
            elif kind == "script":
                script = service.init_script()
                lines += [f'    start: ["{script}", "start"]', f'    stop: ["{script}", "stop"]',
                          f"    pidfile: {service.pidfile}"]
            else:
                lines += [f"    unit: bench-{service.name}.service"]
                write_unit(service)
            if tuning:
                lines += ["    " + line for line in tuning.splitlines()]
            if probes:
                lines += ["    probes:", "      healthz:", "        type: http",
                          f"        url: http://127.0.0.1:{service.port}/healthz"]
        # Templates are looked for beside the configuration.
        templates = self.folder / "manifests"
        if not templates.exists():
            templates.symlink_to("/etc/ha-supervisor/manifests")
        config = self.folder / "config.yaml"
        config.write_text("\n".join(lines) + "\n")
        self.spawn([*self.COMMAND, "--config", str(config)])

    def status(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=2) as answer:
                return answer.read()
        except OSError:
            return b""


def write_unit(service):
    """A plain unit without Restart=: the supervisor under test does the restarting."""
    Path(f"/run/systemd/system/bench-{service.name}.service").write_text(
        "[Service]\nEnvironment=BENCH_DIR=/run/bench\nExecStart=" + " ".join(service.argv()) + "\n")
    subprocess.run(["systemctl", "daemon-reload"], check=True)
