"""Static pods, run as the kubelet runs them with docker, as far as tests look: every file of the manifest directory whose
name does not begin with a dot is a pod, sorted, the later of two with one name wins; a changed pod is stopped before its
successor is started; a container that ends or fails its liveness probe is started anew after a growing delay; containers
bear the kubelet's names and labels, and run on while the kubelet is down. There is no sandbox container.
While /run/kubelet-asleep exists, nothing is started.
"""

import hashlib
import http.client
import json
import os
import socket
import ssl
import threading
import time
import urllib.parse

import yaml

NAME, NAMESPACE, UID = "io.kubernetes.pod.name", "io.kubernetes.pod.namespace", "io.kubernetes.pod.uid"
CONTAINER, HASH = "io.kubernetes.container.name", "annotation.io.kubernetes.container.hash"
ATTEMPT = "annotation.io.kubernetes.container.restartCount"
LONGEST_BACKOFF = 300
ASLEEP = "/run/kubelet-asleep"


def say(text):
    print(text, flush=True)


class Docker:
    """What is asked of docker's API."""

    class Connection(http.client.HTTPConnection):
        def connect(self):
            self.sock = socket.socket(socket.AF_UNIX)
            self.sock.settimeout(120)
            self.sock.connect("/var/run/docker.sock")

    def ask(self, method, path, body=None, allowed=(200, 201, 204, 304)):
        connection = self.Connection("docker")
        try:
            connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status not in allowed:
                raise OSError(f"docker: {method} {path.split('?')[0]}: {answer.status} {text.decode().strip()}")
            return json.loads(text) if text else None
        finally:
            connection.close()

    def pods(self):
        filters = urllib.parse.quote(json.dumps({"label": [UID]}))
        return self.ask("GET", f"/containers/json?all=1&filters={filters}")

    def run(self, name, settings):
        made = self.ask("POST", f"/containers/create?name={urllib.parse.quote(name)}", settings)
        self.ask("POST", f"/containers/{made['Id']}/start")

    def inspect(self, container):
        return self.ask("GET", f"/containers/{container['Id']}/json", allowed=(200, 404))

    def stop(self, container, grace):
        self.ask("POST", f"/containers/{container['Id']}/stop?t={grace}")

    def remove(self, container):
        self.ask("DELETE", f"/containers/{container['Id']}?force=1", allowed=(204, 404, 409))


def digest(value):
    return hashlib.md5(json.dumps(value, sort_keys=True).encode()).hexdigest()


class Pod:
    """One manifest; refuses with ValueError what the kubelet would refuse."""

    def __init__(self, path, node):
        with open(path, "rb") as file:
            text = file.read()
        manifest = yaml.safe_load(text)
        if not isinstance(manifest, dict) or manifest.get("kind") != "Pod" or manifest.get("apiVersion") != "v1":
            raise ValueError("is no Pod of version v1")
        about, self.spec = manifest["metadata"], manifest["spec"]
        self.namespace = about.get("namespace", "default")
        self.name = about["name"] + "-" + node
        self.uid = about.get("uid") or hashlib.md5(path.encode() + text).hexdigest()
        self.grace = self.spec.get("terminationGracePeriodSeconds", 30)
        self.volumes = {volume["name"]: volume for volume in self.spec.get("volumes") or []}
        for container in self.spec["containers"]:
            for mount in container.get("volumeMounts") or []:
                if mount["name"] not in self.volumes:
                    raise ValueError(f"container {container['name']} mounts {mount['name']}, which is no volume")

    def hash(self, container):
        return digest(container)

    def source(self, volume):
        """The host's path, made where the kubelet or docker makes one: docker makes a directory of what is not there."""
        wanted = volume.get("hostPath")
        if wanted is None:
            path = f"/var/lib/kubelet/pods/{self.uid}/volumes/{volume['name']}"
            os.makedirs(path, exist_ok=True)
            return path
        path, kind = wanted["path"], wanted.get("type") or ""
        if kind in ("", "DirectoryOrCreate"):
            if not os.path.exists(path):
                os.makedirs(path)
        elif kind == "FileOrCreate":
            open(path, "a").close()
        if kind.startswith("File") and not os.path.isfile(path):
            raise ValueError(f"hostPath {path} is not a file")
        if kind.startswith("Directory") and not os.path.isdir(path):
            raise ValueError(f"hostPath {path} is not a directory")
        return path

    def settings(self, container, attempt):
        """What docker is told of a container."""
        binds = [self.source(self.volumes[mount["name"]]) + ":" + mount["mountPath"] + (":ro" if mount.get("readOnly") else "")
                 for mount in container.get("volumeMounts") or []]
        settings = {
            "Image": container["image"],
            "Env": [f"{each['name']}={each.get('value', '')}" for each in container.get("env") or []],
            "Labels": {NAME: self.name, NAMESPACE: self.namespace, UID: self.uid, CONTAINER: container["name"],
                       "io.kubernetes.docker.type": "container", HASH: self.hash(container), ATTEMPT: str(attempt)},
            "HostConfig": {"Binds": binds, "NetworkMode": "host" if self.spec.get("hostNetwork") else "default"},
        }
        if container.get("command"):
            settings["Entrypoint"] = container["command"]
        if container.get("args"):
            settings["Cmd"] = container["args"]
        if container.get("workingDir"):
            settings["WorkingDir"] = container["workingDir"]
        return settings


def probe(container, settings, address):
    """True where a probe passes; those that run a command are not known here, and pass."""
    def number(port):
        named = [each["containerPort"] for each in container.get("ports") or [] if each.get("name") == port]
        return named[0] if named else int(port)

    timeout = settings.get("timeoutSeconds", 1)
    try:
        if "httpGet" in settings:
            wanted = settings["httpGet"]
            where = (wanted.get("host") or address, number(wanted["port"]))
            if wanted.get("scheme") == "HTTPS":
                context = ssl._create_unverified_context()
                connection = http.client.HTTPSConnection(*where, timeout=timeout, context=context)
            else:
                connection = http.client.HTTPConnection(*where, timeout=timeout)
            try:
                connection.request("GET", wanted.get("path", "/"))
                return 200 <= connection.getresponse().status < 400
            finally:
                connection.close()
        if "tcpSocket" in settings:
            where = settings["tcpSocket"]
            socket.create_connection((where.get("host") or address, number(where["port"])), timeout).close()
        return True
    except (OSError, http.client.HTTPException):
        return False


class Pods:
    """Brings docker's containers in line with the manifests, again and again."""

    def __init__(self, directory, node, address, first_backoff):
        self.directory, self.node, self.address, self.first_backoff = directory, node, address, first_backoff
        self.docker = Docker()
        self.wanted, self.busy = {}, set()
        self.died, self.delays, self.probed, self.told = {}, {}, set(), {}

    def run(self):
        while True:
            try:
                while os.path.exists(ASLEEP):
                    time.sleep(0.2)
                self.wanted = self.manifests()
                self.reconcile()
                self.tell("docker", "")
            except (OSError, http.client.HTTPException) as e:
                self.tell("docker", str(e))
            time.sleep(1)

    def tell(self, subject, text):
        """Says what changed, once."""
        if self.told.get(subject, "") != text:
            self.told[subject] = text
            if text:
                say(f"{subject}: {text}")

    def manifests(self):
        pods = {}
        for name in sorted(os.listdir(self.directory)) if os.path.isdir(self.directory) else []:
            path = os.path.join(self.directory, name)
            if name.startswith(".") or not os.path.isfile(path):
                continue
            try:
                pod = Pod(path, self.node)
                pods[pod.namespace, pod.name] = pod
                self.tell(path, "")
            except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as e:
                self.tell(path, f"ignored: {e!r}")
        return pods

    def reconcile(self):
        found = {}
        for container in self.docker.pods():
            labels = container["Labels"]
            found.setdefault((labels[NAMESPACE], labels[NAME]), []).append(container)
        for key in {*self.wanted, *found} - self.busy:
            self.busy.add(key)
            threading.Thread(target=self.sync, args=(key, found.get(key, [])), daemon=True).start()

    def sync(self, key, containers):
        pod = self.wanted.get(key)
        try:
            specs = {spec["name"]: spec for spec in pod.spec["containers"]} if pod else {}
            old = []
            for container in containers:
                labels = container["Labels"]
                spec = specs.get(labels[CONTAINER])
                if spec is None or labels[UID] != pod.uid or labels[HASH] != pod.hash(spec):
                    old.append(container)
            for container in old:
                self.stop(container, pod.grace if pod else 30)
                self.docker.remove(container)
            for name, spec in specs.items():
                mine = [each for each in containers if each not in old and each["Labels"][CONTAINER] == name]
                self.keep(pod, spec, sorted(mine, key=lambda each: int(each["Labels"][ATTEMPT])))
            self.tell(key[1], "")
        except (OSError, ValueError, http.client.HTTPException) as e:
            self.tell(key[1], str(e))
        finally:
            self.busy.discard(key)

    def stop(self, container, grace):
        if container["State"] == "running":
            say(f"stopping {container['Names'][0][1:]}")
            self.docker.stop(container, grace)

    def keep(self, pod, spec, lives):
        """One container of a pod: running, or started anew when its time has come; of its former lives the last is kept."""
        for dead in lives[:-2]:
            self.docker.remove(dead)
        last = lives[-1] if lives else None
        if last and last["State"] == "running":
            if last["Id"] not in self.probed:
                self.probed.add(last["Id"])
                threading.Thread(target=self.watch, args=(pod, spec, last), daemon=True).start()
            return
        attempt = 0
        if last:
            attempt = int(last["Labels"][ATTEMPT]) + 1
            now = time.monotonic()
            died = self.died.setdefault(last["Id"], now)
            delay, since = self.delays.get((pod.uid, spec["name"]), (0, now))
            if now < died + delay:
                return
            doubled = self.first_backoff if delay == 0 or now > since + 2 * LONGEST_BACKOFF else 2 * delay
            self.delays[pod.uid, spec["name"]] = (min(doubled, LONGEST_BACKOFF), now)
        name = "_".join(["k8s", spec["name"], pod.name, pod.namespace, pod.uid, str(attempt)])
        say(f"starting {name}")
        self.docker.run(name, pod.settings(spec, attempt))

    def watch(self, pod, spec, container):
        """The probes of one life: liveness counts from the moment on when the startup probe, if any, has passed."""
        for kind in ("startupProbe", "livenessProbe"):
            settings = spec.get(kind)
            if not settings:
                continue
            time.sleep(settings.get("initialDelaySeconds", 0))
            failures = 0
            while self.lives(container):
                if probe(spec, settings, self.address):
                    failures = 0
                    if kind == "startupProbe":
                        break
                else:
                    failures += 1
                if failures >= settings.get("failureThreshold", 3):
                    say(f"{kind} of {container['Names'][0][1:]} failed {failures} times")
                    try:
                        self.stop(container, pod.grace)
                        return
                    except (OSError, http.client.HTTPException) as e:
                        say(str(e))
                time.sleep(settings.get("periodSeconds", 10))

    def lives(self, container):
        try:
            return any(each["Id"] == container["Id"] and each["State"] == "running" for each in self.docker.pods())
        except (OSError, http.client.HTTPException):
            return True

    def listed(self):
        """The body of /pods, as much as is read of it; without docker no status is known, as in the kubelet's first seconds."""
        try:
            containers = self.docker.pods()
        except (OSError, http.client.HTTPException):
            containers = None
        return {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [
            {"metadata": {"name": pod.name, "namespace": pod.namespace, "uid": pod.uid,
                          "annotations": {"kubernetes.io/config.source": "file"}},
             "spec": pod.spec, "status": self.status(pod, containers)}
            for pod in self.wanted.values()]}

    def status(self, pod, containers):
        if containers is None:
            return {"phase": "Pending"}
        statuses = []
        for spec in pod.spec["containers"]:
            mine = [each for each in containers
                    if each["Labels"][UID] == pod.uid and each["Labels"].get(CONTAINER) == spec["name"]]
            lives = [life for each in sorted(mine, key=lambda each: int(each["Labels"][ATTEMPT]))
                     if "State" in (life := self.docker.inspect(each))]
            statuses.append(self.container_status(pod, spec, lives))
        running = all("running" in status["state"] for status in statuses)
        return {"phase": "Running" if running else "Pending", "containerStatuses": statuses}

    def container_status(self, pod, spec, lives):
        """One of containerStatuses: an ended container shows as waiting while its back-off lasts, with its end in lastState."""
        last = lives[-1] if lives else None
        ended = [life for life in lives if not life["State"]["Running"]]
        status = {"name": spec["name"], "image": spec["image"], "ready": bool(last and last["State"]["Running"]),
                  "restartCount": int(last["Config"]["Labels"][ATTEMPT]) if last else 0,
                  "lastState": {"terminated": self.end(ended[-1])} if ended else {}}
        if last and last["State"]["Running"]:
            status["state"] = {"running": {"startedAt": last["State"]["StartedAt"]}}
        elif last:
            status["state"] = {"waiting": {
                "reason": "CrashLoopBackOff", "message": f"back-off restarting failed container={spec['name']} pod={pod.name}"}}
        elif "No such image" in self.told.get(pod.name, ""):
            status["state"] = {"waiting": {"reason": "ErrImagePull", "message": self.told[pod.name]}}
        else:
            status["state"] = {"waiting": {"reason": "ContainerCreating"}}
        return status

    def end(self, life):
        state = life["State"]
        reason = "OOMKilled" if state.get("OOMKilled") else "Completed" if state["ExitCode"] == 0 else "Error"
        return {"exitCode": state["ExitCode"], "reason": reason, "startedAt": state["StartedAt"],
                "finishedAt": state["FinishedAt"][:19] + "Z", "containerID": "docker://" + life["Id"]}
