"""Leader election as the real components do it: one writes its name into a record at the apiserver, renews it every 2 s, and
ends when it could not for 10 s; who has not seen the record change for 15 s by its own clock takes it over. Today's
record is a Lease, that of old an annotation of an Endpoints object.
"""

import base64
import http.client
import json
import os
import random
import re
import socket
import ssl
import tempfile
import time
import urllib.parse
import uuid
from datetime import datetime, timezone

LEASE_SECONDS, RENEW_DEADLINE, RETRY_PERIOD = 15, 10, 2
ANNOTATION = "control-plane.alpha.kubernetes.io/leader"


class Client:
    """Speaks to one apiserver, as a kubeconfig with one context or --master says."""

    def __init__(self, kubeconfig, master):
        said = {}
        if kubeconfig:
            with open(kubeconfig) as file:
                for name, value in re.findall(r"""^[ -]*([a-z-]+): *["']?([^"'\n]+)["']? *$""", file.read(), re.M):
                    said.setdefault(name, value)
        url = master or said.get("server", "")
        self.url = urllib.parse.urlsplit(url if "://" in url else "http://" + url)
        self.headers = {"Content-Type": "application/json"}
        if "token" in said:
            self.headers["Authorization"] = "Bearer " + said["token"]
        self.context = None
        if self.url.scheme == "https":
            self.context = ssl.create_default_context(cafile=self.path(said, "certificate-authority"))
            if "client-certificate" in said or "client-certificate-data" in said:
                self.context.load_cert_chain(self.path(said, "client-certificate"), self.path(said, "client-key"))

    @staticmethod
    def path(said, name):
        """Python takes certificates and keys from files alone."""
        if name + "-data" not in said:
            return said.get(name)
        handle, path = tempfile.mkstemp()
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64decode(said[name + "-data"]))
        return path

    def connection(self):
        if self.context:
            return http.client.HTTPSConnection(self.url.hostname, self.url.port, timeout=5, context=self.context)
        return http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=5)

    def ask(self, method, path, body=None):
        """(status, object); OSError where no answer comes."""
        connection = self.connection()
        try:
            connection.request(method, path, json.dumps(body) if body else None, self.headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            if answer.status >= 400 and answer.status not in (404, 409):
                raise OSError(f"{method} {path}: {answer.status} {text.strip()[:200]}")
            return answer.status, json.loads(text) if text.startswith("{") else {"message": text}
        except (ValueError, http.client.HTTPException) as e:
            raise OSError(f"{method} {path}: {e!r}") from e
        finally:
            connection.close()


def now():
    return datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Election:
    def __init__(self, component, client, of_old):
        self.component, self.client, self.of_old = component, client, of_old
        self.identity = f"{socket.gethostname()}_{uuid.uuid4()}"
        group, plural = ("api/v1", "endpoints") if of_old else ("apis/coordination.k8s.io/v1", "leases")
        self.all = f"/{group}/namespaces/kube-system/{plural}"
        self.seen, self.seen_at, self.transitions, self.since = None, 0.0, 0, ""

    def record(self, found):
        """What is read of an object: holder and all that changes."""
        try:
            if self.of_old:
                return json.loads(found["metadata"].get("annotations", {}).get(ANNOTATION) or "{}")
            return found.get("spec") or {}
        except (KeyError, ValueError) as e:
            raise OSError(f"the record of {self.component} cannot be read: {e!r}") from e

    def object(self, record, version):
        about = {"name": self.component, "namespace": "kube-system", **({"resourceVersion": version} if version else {})}
        if self.of_old:
            return {"kind": "Endpoints", "apiVersion": "v1", "metadata": {**about, "annotations": {ANNOTATION: json.dumps(record)}}}
        return {"kind": "Lease", "apiVersion": "coordination.k8s.io/v1", "metadata": about, "spec": record}

    def try_once(self):
        """Whether this one leads after it; OSError where that is not known."""
        count = "leaderTransitions" if self.of_old else "leaseTransitions"
        status, found = self.client.ask("GET", f"{self.all}/{self.component}")
        held = self.record(found) if status == 200 else {}
        if held != self.seen:
            self.seen, self.seen_at = held, time.monotonic()
        holder = held.get("holderIdentity", "")
        if holder and holder != self.identity and time.monotonic() < self.seen_at + LEASE_SECONDS:
            return False
        if holder != self.identity:
            self.transitions, self.since = held.get(count, 0) + (status == 200), now()
        record = {"holderIdentity": self.identity, "leaseDurationSeconds": LEASE_SECONDS, "acquireTime": self.since,
                  "renewTime": now(), count: self.transitions}
        if status == 404:
            status, found = self.client.ask("POST", self.all, self.object(record, ""))
        else:
            version = found["metadata"]["resourceVersion"]
            status, found = self.client.ask("PUT", f"{self.all}/{self.component}", self.object(record, version))
        if status in (404, 409):
            return False
        self.seen, self.seen_at = record, time.monotonic()
        return True

    def tried(self):
        try:
            return self.try_once()
        except OSError as e:
            print(f"election of {self.component}: {e}", flush=True)
            return False

    def run(self):
        """Returns when the lead is lost."""
        print(f"attempting to acquire leader lease kube-system/{self.component}...", flush=True)
        while not self.tried():
            time.sleep(RETRY_PERIOD * random.uniform(1, 2.2))
        print(f"{self.identity} became leader: successfully acquired lease kube-system/{self.component}", flush=True)
        renewed = time.monotonic()
        while time.monotonic() < renewed + RENEW_DEADLINE:
            time.sleep(RETRY_PERIOD)
            if self.tried():
                renewed = time.monotonic()
        print("leaderelection lost", flush=True)
