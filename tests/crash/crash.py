"""Breaks placements; see tests/crash/run. Use: crash.py WORK EVERY JAVA-COMMAND…"""

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import stat
import subprocess
import sys
import time

WORK, EVERY, JAVA = os.path.realpath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
WORLD, ETC, STATE = WORK + "/world", WORK + "/world/etc", WORK + "/world/state"
DIRECTORY, STORE, STAGING = ETC + "/manifests", STATE + "/manifests", ETC + "/.ha-supervisor-staging"
NAMES = ["etcd.yaml", "kube-apiserver.yaml", "kube-controller-manager.yaml", "kube-scheduler.yaml"]
# The calls that change something, and how each may fail.
CALLS = {"openat": "ENOSPC", "mkdir": "ENOSPC", "symlink": "ENOSPC", "write": "ENOSPC", "pwrite64": "ENOSPC", "fsync": "EIO",
         "rename": "EIO", "renameat": "EIO", "unlink": "EIO", "unlinkat": "EIO", "rmdir": "EIO", "ftruncate": "EIO", "chmod": "EPERM",
         "fcntl": "ENOLCK"}
CHANGES = {"openat": "O_CREAT", "fcntl": "F_SETLK"}
results = {"ok": 0, "FAIL": 0}


def pod(name, version):
    """Long enough for more than one write, where anybody writes in pieces."""
    word = name[:-5]
    return (f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {word}\n  namespace: kube-system\nspec:\n  containers:\n"
            f"  - name: {word}\n    image: example.org/{word}:{version}\n" + f"# {version}{'x' * 60}\n" * 200 * version).encode()


VERSIONS = {version: {name: pod(name, version) for name in NAMES} for version in (1, 2)}


def read(path):
    with open(path, "rb") as file:
        return file.read()


def broken_files():
    """What the kubelet would see that is neither the old version of a file nor the new one."""
    names = sorted(name for name in os.listdir(DIRECTORY) if not name.startswith("."))
    found = [] if names == NAMES else [f"names {names}"]
    for name in NAMES:
        try:
            if read(f"{DIRECTORY}/{name}") not in (VERSIONS[1][name], VERSIONS[2][name]):
                found.append(f"{name} is neither version")
        except OSError as e:
            found.append(f"{name}: {e.strerror}")
    return found


def broken_store():
    """Revisions that a reader would find half written, and a link to no revision."""
    found = []
    for name in os.listdir(STORE):
        if name.startswith("rev-"):
            try:
                meta = json.loads(read(f"{STORE}/{name}/meta.json"))
                for file in meta["files"]:
                    if hashlib.sha256(read(f"{STORE}/{name}/{file['name']}.yaml")).hexdigest() != file["sha256"]:
                        found.append(f"{name}/{file['name']} has another hash")
            except (OSError, ValueError, KeyError) as e:
                found.append(f"{name}: {e}")
    for link in ("current", "last-known-good"):
        if not os.path.isfile(f"{STORE}/{link}/meta.json"):
            found.append(f"{link} leads to nothing")
    return found


def broken_end(version):
    """What is left besides exactly this version."""
    found = broken_files() + broken_store()
    found += [f"{name} is not version {version}" for name in NAMES if read(f"{DIRECTORY}/{name}") != VERSIONS[version][name]]
    found += [f"left in the directory: {name}" for name in os.listdir(DIRECTORY) if name.startswith(".")]
    found += ["the staging directory is left"] if os.path.lexists(STAGING) else []
    found += [f"left in the store: {name}" for name in os.listdir(STORE)
              if not re.fullmatch(r"rev-\d+|current|last-known-good|lock", name)]
    for root, directories, files in os.walk(STATE):
        for names, mode in ((directories, 0o700), (files, 0o600)):
            found += [f"mode of {root}/{name}" for name in names if not os.path.islink(f"{root}/{name}")
                      and stat.S_IMODE(os.stat(f"{root}/{name}").st_mode) != mode]
    found += [f"mode of {name}" for name in NAMES if stat.S_IMODE(os.stat(f"{DIRECTORY}/{name}").st_mode) != 0o600]
    return found


class Reader:
    """Looks without a pause, as the kubelet and the daemon may at any moment."""

    def __init__(self):
        self.stop, self.found = multiprocessing.Event(), multiprocessing.Queue()
        self.looks = multiprocessing.Value("L", 0)
        self.process = multiprocessing.Process(target=self.run, daemon=True)

    def run(self):
        told = set()
        while not self.stop.is_set():
            for each in set(broken_files() + broken_store()) - told:
                told.add(each)
                self.found.put(each)
            self.looks.value += 1
        self.found.put(None)

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_):
        self.stop.set()

    def all(self):
        found = list(iter(self.found.get, None))
        self.process.join()
        return found


def place(version, what="place", *more, strace=()):
    return subprocess.run([*strace, *JAVA, what, STATE, DIRECTORY, f"{WORK}/source-{version}", *more],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)


def traced(version, *inject, what=("place",)):
    """Runs under strace; returns the process and the relevant calls of the thread that does the work, each with its ordinal."""
    log = f"{WORK}/strace"
    # No --seccomp-bpf: with it the signal is not delivered.
    options = ["strace", "-f", "-y", "-o", log, "-e", "trace=" + ",".join(CALLS)]
    process = place(version, *what, strace=[*options, *inject])
    calls, counts = [], {}
    for line in open(log, encoding="utf-8", errors="replace"):
        match = re.match(r"(\d+) +(\w+)\((.*)", line)
        if match:
            thread, name, rest = match.groups()
            counts[thread, name] = counts.get((thread, name), 0) + 1
            path = re.search(rf"{WORLD}[^\">]*|/run/lock/ha-supervisor[^\">]*", rest)
            if path and CHANGES.get(name, "") in rest:
                calls.append((name, counts[thread, name], path.group()))
    return process, calls


def fresh():
    for name in (ETC, STATE):
        if os.path.ismount(DIRECTORY) and name == ETC:
            for entry in os.listdir(DIRECTORY):
                os.unlink(f"{DIRECTORY}/{entry}")
            for entry in NAMES:
                shutil.copy2(f"{WORK}/first/etc/manifests/{entry}", DIRECTORY)
            shutil.rmtree(STAGING, ignore_errors=True)
        else:
            shutil.rmtree(name, ignore_errors=True)
            shutil.copytree(f"{WORK}/first/{os.path.basename(name)}", name, symlinks=True)


def report(name, problems):
    word = "FAIL" if problems else "ok"
    results[word] += 1
    print(word.ljust(5) + name + "".join(f"\n      {problem}" for problem in problems), flush=True)


def recover(version):
    process = place(version)
    return [f"placing again: {process.stderr}"] if process.returncode else broken_end(version)


def at_every_call(title, failing):
    """Kills the placement before each of its calls, or lets each fail."""
    fresh()
    process, calls = traced(2)
    problems, looks, tried, refused = [], 0, 0, 0
    if process.returncode or len(calls) < 20:
        problems.append(f"a placement with {len(calls)} calls ends with {process.returncode}: {process.stderr}")
    for index in range(0, len(calls), EVERY):
        name, ordinal, path = calls[index]
        what = f"error={CALLS[name]}" if failing else "signal=KILL"
        for again in range(5):
            if again:  # The virtual machine made a call more or less by itself: the ordinals are others.
                fresh()
                name, ordinal, path = traced(2)[1][index]
            fresh()
            with Reader() as reader:
                process, made = traced(2, "-e", f"inject={name}:{what}:when={ordinal}")
            found = reader.all() + broken_files() + broken_store()
            looks += reader.looks.value
            met = (name, ordinal, path) in made and (failing or made[-1] == (name, ordinal, path))
            # From either side, onward and back.
            found += recover(2 - index // EVERY % 2)
            if failing and process.returncode:
                refused += 1
                if process.returncode != 1 or not process.stderr.strip() or "Exception" in process.stderr:
                    found.append(f"ends with {process.returncode}, saying {process.stderr!r}")
            if not failing and met and process.returncode not in (137, -9):
                found.append(f"was not killed but ended with {process.returncode}")
            problems += [f"{name} {ordinal} of {path}: {each}" for each in found]
            tried += 1
            if met:
                break
        else:
            problems.append(f"{name} {ordinal} of {path} was never met")
    told = f", {refused} of which were refused with a reason" if failing else ""
    report(f"{title}: {len(range(0, len(calls), EVERY))} of {len(calls)} calls{told}; {tried} runs, {looks} looks meanwhile", problems)


def refused(title, words, version=2):
    """The placement says these words, and what was there still is."""
    process = place(version)
    found = [] if process.returncode == 1 and words in process.stderr else [f"{process.returncode}: {process.stderr}"]
    return report(title, found + broken_files() + broken_store())


def mount(path, *options):
    subprocess.run(["mount", *options, path], check=True)


def umount(path):
    subprocess.run(["umount", path], check=True)


def fill(path):
    with open(path, "wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass


def full_disks():
    for title, full in (("a full disk under the store", STATE), ("a full disk under the manifests", ETC)):
        fresh()
        kept = full + ".kept"
        os.rename(full, kept)
        os.mkdir(full, 0o700)
        mount(full, "-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs")
        subprocess.run(["cp", "-a", kept + "/.", full], check=True)
        fill(full + "/filler")
        refused(title, "No space left on device")
        os.unlink(full + "/filler")
        report(title + ", freed", recover(2))
        umount(full)
        os.rmdir(full)
        os.rename(kept, full)


def refusals():
    fresh()
    for title, path in (("a store that cannot be written", STATE), ("manifests that cannot be written", DIRECTORY)):
        mount(path, "--bind", path)
        mount(path, "-o", "remount,bind,ro")
        refused(title, "Read-only file system")
        umount(path)
    os.chown(DIRECTORY, 12345, 0)
    refused("a directory of somebody else", "belongs to user 12345")
    os.chown(DIRECTORY, 0, 0)
    os.chmod(DIRECTORY, 0o1777)
    refused("a directory that anybody can write", "writable by its group or others (mode 1777)")
    os.chmod(DIRECTORY, 0o700)
    os.rename(DIRECTORY, ETC + "/real")
    os.symlink("real", DIRECTORY)
    refused("a directory that is a link", "is a symbolic link")
    os.unlink(DIRECTORY)
    os.rename(ETC + "/real", DIRECTORY)
    report("all that cured", recover(2))


def bound():
    fresh()
    mount(DIRECTORY, "--bind", DIRECTORY)
    report("a directory bound over itself, into which nothing can be renamed", recover(2))
    umount(DIRECTORY)


def together():
    fresh()
    with Reader() as reader:
        processes = [subprocess.Popen([*JAVA, "place", STATE, DIRECTORY, f"{WORK}/source-{version}"], stderr=subprocess.PIPE, text=True)
                     for version in (2, 1, 2, 1)]
        said = [(process.communicate()[1], process.returncode) for process in processes]
    found = reader.all()
    # Each comes to its end, or says for whom it waited too long.
    report(f"four placements at once, {reader.looks.value} looks meanwhile",
           found + [text for text, code in said if code and "another ha-supervisor" not in text] + recover(2))


def quarantine():
    """To another file system, killed at every call: the file is never lost, nor half there."""
    duplicate, kept = VERSIONS[1]["etcd.yaml"], STATE + "/quarantine"
    copy = DIRECTORY + "/etcd.yaml.bak"

    def again():
        fresh()
        with open(copy, "wb") as file:
            file.write(duplicate)

    def lost():
        there = [copy] + [f"{kept}/{name}" for name in (os.listdir(kept) if os.path.isdir(kept) else []) if not name.startswith(".")]
        contents = [read(path) for path in there if os.path.exists(path)]
        return [] if contents and all(content == duplicate for content in contents) else ["the file is lost or half there"]

    again()
    process, calls = traced(1, what=("quarantine", "etcd.yaml.bak"))
    found = lost() + ([process.stderr] if process.returncode or os.path.exists(copy) else [])
    for name, ordinal, path in calls[::EVERY]:
        again()
        traced(1, "-e", f"inject={name}:signal=KILL:when={ordinal}", what=("quarantine", "etcd.yaml.bak"))
        found += [f"{name} {ordinal} of {path}: {each}" for each in lost()]
        if os.path.exists(copy):
            process = place(1, "quarantine", "etcd.yaml.bak")
            found += lost() + ([process.stderr] if process.returncode or os.path.exists(copy) else [])
    report(f"a duplicate moved to another file system, killed at {len(calls[::EVERY])} of {len(calls)} calls", found)


def main():
    started = time.monotonic()
    for version, files in VERSIONS.items():
        os.mkdir(f"{WORK}/source-{version}")
        for name, content in files.items():
            with open(f"{WORK}/source-{version}/{name}", "wb") as file:
                file.write(content)
    os.makedirs(STATE, 0o700)
    os.makedirs(DIRECTORY, 0o700)
    process = place(1)
    report("a first placement", [process.stderr] if process.returncode else broken_end(1))
    shutil.copytree(WORLD, f"{WORK}/first", symlinks=True)

    at_every_call("killed", failing=False)
    at_every_call("failing", failing=True)
    together()
    full_disks()
    refusals()
    bound()
    fresh()
    mount(DIRECTORY, "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs")
    at_every_call("killed, the directory on a file system of its own", failing=False)
    quarantine()
    umount(DIRECTORY)
    print(f"crash: {results['ok']} passed, {results['FAIL']} failed ({time.monotonic() - started:.0f} s)")
    sys.exit(1 if results["FAIL"] else 0)


main()
