"""What the stand-in apiserver keeps of the real one's promises: health, version, who may do what, and a few kinds of
objects in etcd. With an insecure port it is of the years before 1.10, where authorization is not asked for and who shows
nothing is not let in by TLS; else it is of today: health is open, and RBAC's default roles hold. Unlike the real one it ends a
connection whose client certificate is of another authority, instead of answering 401.
"""

import base64
import json
import threading
import time

from store import Refused

OPEN = ("/healthz", "/livez", "/readyz", "/version")
CHECKS = {"/livez": ["ping", "log", "etcd"], "/healthz": ["ping", "log", "etcd"],
          "/readyz": ["ping", "log", "etcd", "etcd-readiness", "informer-sync", "shutdown"]}
CHECKS_OF_OLD = {"/healthz": ["ping", "etcd", "poststarthook/ca-registration"]}
# Kind by (group and version, plural): its place in etcd. Leases came with 1.14.
KINDS = {("apis/coordination.k8s.io/v1", "leases"): ("Lease", "/registry/leases"),
         ("api/v1", "endpoints"): ("Endpoints", "/registry/services/endpoints"),
         ("api/v1", "nodes"): ("Node", "/registry/minions")}
MASTERS = "/registry/masterleases/"


class Answer(Exception):
    """Ends a request with this status and body: JSON, or text as it is."""

    def __init__(self, status, body):
        super().__init__(status)
        self.status, self.body = status, body


def failure(code, reason, message):
    return Answer(code, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message,
                         "reason": reason, "code": code})


class Apiserver:
    def __init__(self, given, etcd, of_old):
        self.etcd, self.of_old = etcd, of_old
        self.address = given.get("advertise-address", "127.0.0.1")
        self.port = int(given.get("secure-port", 6443))
        self.tokens, self.passwords = {}, {}
        for flag, users in (("token-auth-file", self.tokens), ("basic-auth-file", self.passwords)):
            if flag in given:
                with open(given[flag]) as file:
                    for secret, user, *_ in (line.strip().split(",") for line in file if line.strip()):
                        users[secret if flag.startswith("token") else f"{user}:{secret}"] = user
        threading.Thread(target=self.be_an_endpoint, daemon=True).start()

    def be_an_endpoint(self):
        """Of old a master stays among the endpoints when it dies; today it is out after 15 s."""
        while True:
            try:
                self.etcd.put_for(MASTERS + self.address, "{}", 0 if self.of_old else 15)
            except Refused as e:
                print(e, flush=True)
            time.sleep(10)

    def answer(self, method, target, headers, body, certificate):
        """(status, body); certificate: the client's as Python's ssl has it, None without TLS at all."""
        path, _, query = target.partition("?")
        try:
            if certificate is None:
                user, groups = "system:unsecured", ["system:masters"]
            else:
                user, groups = self.user(headers, certificate)
            if self.of_old and not user:
                raise Answer(401, "Unauthorized\n")
            if "/" + path.split("/")[1] in OPEN:
                # RBAC opens them by name; what is below is for monitors.
                if path.rstrip("/") not in OPEN and not self.of_old and "system:masters" not in groups:
                    raise self.forbidden(user, f'cannot get path "{path}"')
                return self.health(path, query.split("&"))
            return self.objects(method, path, body, user, groups)
        except Refused as e:
            return 500, failure(500, "InternalError", str(e)).body
        except Answer as e:
            return e.status, e.body

    def user(self, headers, certificate):
        """(name, groups) by certificate, token or password; an empty name where nothing was shown."""
        subject = [part for each in certificate.get("subject", ()) for part in each]
        if subject:
            return dict(subject)["commonName"], [value for name, value in subject if name == "organizationName"]
        kind, _, secret = headers.get("Authorization", "").partition(" ")
        if not kind:
            return "", []
        try:
            found = self.tokens.get(secret) if kind == "Bearer" else self.passwords.get(base64.b64decode(secret).decode())
        except ValueError:
            found = None
        if not found:
            raise Answer(401, "Unauthorized\n") if self.of_old else failure(401, "Unauthorized", "Unauthorized")
        return found, ["system:masters"] if found == "admin" else []

    @staticmethod
    def forbidden(user, what):
        user = user or "system:anonymous"
        return failure(403, "Forbidden", f'forbidden: User "{user}" {what}')

    def health(self, path, query):
        if path.startswith("/version"):
            return 200, {"major": "1", "minor": "9" if self.of_old else "31", "gitVersion": "v1.9.11" if self.of_old else "v1.31.0"}
        root = "/" + path.split("/")[1]
        names = (CHECKS_OF_OLD if self.of_old else CHECKS).get(root)
        one = path[len(root) + 1:]
        if names is None or one and one not in names:
            return 404, "404 page not found\n"
        left_out = {each[len("exclude="):] for each in query if each.startswith("exclude=")}
        asked = [one] if one else [name for name in names if name not in left_out]
        works = not any(name.startswith("etcd") for name in asked) or self.etcd.works()
        if works and "verbose" not in query:
            return 200, "ok"
        if one:
            return (200, "ok") if works else (500, "internal server error: etcd failed\n")
        lines = [f"[-]{name} failed: reason withheld" if name.startswith("etcd") and not works else f"[+]{name} ok" for name in asked]
        lines.append(f"{root[1:]} check {'passed' if works else 'failed'}")
        return 200 if works else 500, "\n".join(lines) + "\n"

    def objects(self, method, path, body, user, groups):
        """Gets, creates or updates one object."""
        words = path.strip("/").split("/")
        if method == "GET" and words == ["api"] and (self.of_old or user):
            return 200, {"kind": "APIVersions", "versions": ["v1"]}
        group, words = "/".join(words[:2 if words[0] == "api" else 3]), words[2 if words[0] == "api" else 3:]
        namespace = words[1] if len(words) > 2 and words[0] == "namespaces" else ""
        if namespace:
            words = words[2:]
        kind, place = KINDS.get((group, words[0] if words else ""), (None, None))
        named = words[1] if len(words) == 2 else ""
        if not kind or len(words) > 2 or bool(namespace) == (kind == "Node") or kind == "Lease" and self.of_old:
            if not self.of_old and not user:
                raise self.forbidden(user, f'cannot {method.lower()} path "{path}"')
            raise Answer(404, "404 page not found\n")
        verb = {"GET": "get", "PUT": "update", "POST": "create"}.get(method)
        if not verb or bool(named) == (verb == "create"):
            raise failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
        if not self.of_old and not permitted(user, groups, verb, kind, namespace, named):
            raise self.forbidden(user, f'cannot {verb} path "{path}"')
        if (namespace, kind, named, verb) == ("default", "Endpoints", "kubernetes", "get"):
            return 200, self.endpoints()
        wanted = self.parsed(body, kind, namespace, named) if verb != "get" else None
        name = named or wanted["metadata"]["name"]
        key = "/".join(filter(None, [place, namespace, name]))
        text, revision = self.etcd.get(key)
        called = f'{words[0]} "{name}"'
        if verb == "create":
            if text is not None or not (revision := self.etcd.put_if(key, json.dumps(wanted), 0)):
                raise failure(409, "AlreadyExists", f"{called} already exists")
            return 201, versioned(wanted, revision)
        if text is None:
            raise failure(404, "NotFound", f"{called} not found")
        if verb == "get":
            return 200, versioned(json.loads(text), revision)
        said = wanted["metadata"].pop("resourceVersion", "")
        if not said and kind == "Lease":
            raise failure(422, "Invalid", f"{called} is invalid: metadata.resourceVersion: must be specified for an update")
        revision = self.etcd.put_if(key, json.dumps(wanted), revision) if said in ("", str(revision)) else None
        if revision is None:
            raise failure(409, "Conflict", f"Operation cannot be fulfilled on {called}: the object has been modified")
        return 200, versioned(wanted, revision)

    @staticmethod
    def parsed(body, kind, namespace, named):
        try:
            wanted = json.loads(body)
            about = wanted["metadata"]
            if wanted.get("kind", kind) != kind or not isinstance(about["name"], str) or named and about["name"] != named:
                raise ValueError("another kind or name than in the path")
            if about.setdefault("namespace", namespace) != namespace or not isinstance(about.get("resourceVersion", ""), str):
                raise ValueError("another namespace than in the path, or a version that is no text")
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            raise failure(400, "BadRequest", f"the object provided is unrecognized: {e!r}") from e
        return {"kind": kind, **wanted}

    def endpoints(self):
        addresses = [{"ip": each} for each in self.etcd.under(MASTERS)]
        return {"kind": "Endpoints", "apiVersion": "v1", "metadata": {"name": "kubernetes", "namespace": "default"},
                "subsets": [{"addresses": addresses, "ports": [{"name": "https", "port": self.port, "protocol": "TCP"}]}]}

    def leave(self):
        if not self.of_old:
            try:
                self.etcd.delete(MASTERS + self.address)
            except Refused as e:
                print(e, flush=True)


def permitted(user, groups, verb, kind, namespace, name):
    """The default roles, as far as these kinds go: a component has its own lease, a node has itself."""
    if "system:masters" in groups:
        return True
    if user in ("system:kube-scheduler", "system:kube-controller-manager"):
        own = verb == "create" or name == user[len("system:"):]
        return namespace == "kube-system" and kind == "Lease" and own
    if "system:nodes" in groups:
        own = verb == "create" or name == user[len("system:node:"):]
        return own and (kind == "Node" or kind == "Lease" and namespace == "kube-node-lease")
    return False


def versioned(thing, revision):
    return {**thing, "metadata": {**thing["metadata"], "resourceVersion": str(revision)}}
