"""A kubelet's way to the apiservers: over one connection that is kept it makes its node known, and says every 10 s that it
lives. Where they are is told by --api-servers or by a kubeconfig; without both it knows of no apiserver.
"""

import http.client
import json
import os
import re
import time

from election import Client, now

BEAT, RETRY = 10, 2
USUAL = "/etc/kubernetes/kubelet.conf"


def way(words):
    """The client that flags and files lead to, or none."""
    def last(flag):
        return next(iter(re.findall(rf"--{flag}[= ](\S+)", words)[-1:]), None)

    servers, kubeconfig = last("api-servers"), last("kubeconfig") or USUAL
    if not os.path.isfile(kubeconfig):
        kubeconfig = None
    return Client(kubeconfig, servers and servers.split(",")[0]) if servers or kubeconfig else None


class Node:
    def __init__(self, client, name):
        self.client, self.name, self.connection = client, name, None

    def ask(self, method, path, body=None):
        if not self.connection:
            self.connection = self.client.connection()
        self.connection.request(method, path, json.dumps(body) if body else None, self.client.headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status >= 400 and answer.status != 404:
            raise OSError(f"{method} {path}: {answer.status} {text.strip()[:200]}")
        return answer.status

    def beat(self):
        path, conditions = "/api/v1/nodes", [{"type": "Ready", "status": "True", "lastHeartbeatTime": now()}]
        node = {"kind": "Node", "apiVersion": "v1", "metadata": {"name": self.name}, "status": {"conditions": conditions}}
        if self.ask("PUT", f"{path}/{self.name}", node) == 404:
            self.ask("POST", path, node)

    def run(self):
        said = ""
        while True:
            try:
                self.beat()
                told, wait = f"node {self.name} is known at {self.client.url.geturl()}", BEAT
            except (OSError, http.client.HTTPException) as e:
                if self.connection:
                    self.connection.close()
                told, wait, self.connection = f"node {self.name} is not known at {self.client.url.geturl()}: {e!r}", RETRY, None
            if told != said:
                print(told, flush=True)
            said = told
            time.sleep(wait)
