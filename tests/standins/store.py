"""Objects in a real etcd, through its JSON gateway, under the keys that the real apiserver uses."""

import base64
import http.client
import json
import ssl
import urllib.parse


class Refused(Exception):
    """etcd does not do what it is asked to; the text says why."""


class Etcd:
    """Servers as in --etcd-servers, asked in turn; tls: none, or (authority, certificate, key) as paths."""

    def __init__(self, servers, tls=None):
        self.servers = [urllib.parse.urlsplit(each) for each in servers]
        self.context = None
        if tls:
            self.context = ssl.create_default_context(cafile=tls[0])
            self.context.load_cert_chain(*tls[1:])

    def ask(self, what, body, limit):
        said = "no servers"
        for url in self.servers:
            if url.scheme == "https":
                connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=limit, context=self.context)
            else:
                connection = http.client.HTTPConnection(url.hostname, url.port, timeout=limit)
            try:
                connection.request("POST", "/v3/" + what, json.dumps(body))
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 200:
                    return json.loads(text)
                said = f"{answer.status} {text.decode(errors='replace').strip()}"
            except (OSError, ValueError, http.client.HTTPException) as e:
                said = repr(e)
            finally:
                connection.close()
        raise Refused(f"etcd {what}: {said}")

    def works(self):
        """Reads what only a quorum can answer."""
        try:
            self.ask("kv/range", {"key": coded("/registry/health")}, 2)
            return True
        except Refused as e:
            print(e, flush=True)
            return False

    def get(self, key):
        """(value, revision of its last change), or (None, 0)."""
        found = self.ask("kv/range", {"key": coded(key)}, 5).get("kvs")
        return (decoded(found[0]["value"]), int(found[0]["mod_revision"])) if found else (None, 0)

    def under(self, prefix):
        """Names of the keys that begin so, without this beginning."""
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        found = self.ask("kv/range", {"key": coded(prefix), "range_end": coded(end), "keys_only": True}, 5)
        return [decoded(each["key"])[len(prefix):] for each in found.get("kvs", [])]

    def put_if(self, key, value, revision):
        """The new revision where the key still was as of this one (0: was not there), else None."""
        answer = self.ask("kv/txn", {
            "compare": [{"key": coded(key), "target": "MOD", "result": "EQUAL", "mod_revision": str(revision)}],
            "success": [{"request_put": {"key": coded(key), "value": coded(value)}}]}, 5)
        return int(answer["header"]["revision"]) if answer.get("succeeded") else None

    def put_for(self, key, value, seconds):
        """Puts it for so long; 0: for ever."""
        put = {"key": coded(key), "value": coded(value)}
        if seconds:
            put["lease"] = self.ask("lease/grant", {"TTL": str(seconds)}, 5)["ID"]
        self.ask("kv/put", put, 5)

    def delete(self, key):
        self.ask("kv/deleterange", {"key": coded(key)}, 2)


def coded(text):
    return base64.b64encode(text.encode()).decode()


def decoded(text):
    return base64.b64decode(text).decode()
