"""Random requests by every role against the real server, with planted secrets that no answer may tell.

    python fuzz.py SERVER [--requests N] [--seed N]

A project is set up with a member of every role and with one who has something to hide. Then schemathesis draws requests from
the API's own description (hooks.py lets them meet what is really there), and every answer is looked at: no 5xx, no status that
the description does not name, and none of the secrets.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import uuid

import requests

HERE = pathlib.Path(__file__).resolve().parent
PICTURE = HERE / "../../src/server/tests/v1/picture.jpg"
ROLES = ["resident", "worker", "coordinator", "researcher", "municipality"]
STAMP = "019800000001000000000000000000aa"
LATER = "019800000002000000000000000000aa"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("server", help="the server's program")
    arguments.add_argument("--requests", type=int, default=10_000, help="for each role, at least")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-fuzz-") as folder:
        with Server(given.server, pathlib.Path(folder)) as server:
            failed = [who for who in ROLES + ["nobody"] if not fuzz(server, who, given)]
    if failed:
        sys.exit("failed: " + ", ".join(failed))


def fuzz(server, who, given):
    """Sends the requests of one role; says whether every answer was in order."""
    planted = server.planted(who)
    log = server.folder / f"{who}.log"
    planted["log"] = str(log)
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "WIJKBEELD_PLANTED": json.dumps(planted),
    }
    started, sent, seed = time.monotonic(), 0, given.seed
    operations = server.operations()
    while sent < given.requests:
        each = max(1, -(-(given.requests - sent) // operations))
        command = [sys.executable, "-m", "schemathesis.cli", "run", server.url + "/api/openapi.json"]
        command += ["--phases", "fuzzing", "--mode", "all", "--max-examples", str(each), "--seed", str(seed)]
        command += ["--checks", "not_a_server_error,status_code_conformance,tells_no_secret"]
        # Its answer never ends; the matrix of permissions asks for it.
        command += ["--exclude-path", "/api/events", "--request-timeout", "20", "--no-shrink", "--no-color"]
        command += ["--suppress-health-check", "all", "--generation-database", "none", "--warnings", "off"]
        command += ["--continue-on-failure", "--generation-with-security-parameters", "false"]
        if planted["token"]:
            command += ["-H", f"Authorization: Bearer {planted['token']}"]
        done = subprocess.run(command, env=environment, cwd=server.folder, capture_output=True, text=True)
        answered = collections.Counter(log.read_text().split() if log.exists() else [])
        before, sent = sent, answered.total()
        if done.returncode != 0 or sent == before:
            print(done.stdout[-20_000:] + done.stderr[-5_000:])
            print(f"{who}: FAILED after {sent} requests, seed {seed}")
            return False
        seed += 1
    told = ", ".join(f"{status}: {times}" for status, times in sorted(answered.items()))
    print(f"{who}: {sent} requests in {time.monotonic() - started:.0f} s, every answer in order ({told})", flush=True)
    # A role that is always refused would prove nothing.
    if who != "nobody" and answered["200"] < sent / 20:
        print(f"{who}: FAILED, hardly anything was allowed")
        return False
    return True


class Server:
    """The server with its project, until the end of the block."""

    def __init__(self, program, folder):
        self.program, self.folder, self.data = program, folder, str(folder / "data")

    def __enter__(self):
        project = self.command("project", "create", "--name", "Wijk", "--municipality", "Ede")
        self.project = re.search(r"project\s+(\S+)", project)[1]
        other = self.command("project", "create", "--name", "Elders", "--municipality", "Ede")
        self.other_project = re.search(r"project\s+(\S+)", other)[1]
        self.code = re.search(r"join code\s+(\S+)", project)[1]
        log = open(self.folder / "server.log", "w")
        serve = [self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=log, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.plant()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def command(self, *words):
        done = subprocess.run([self.program, *words, "--data", self.data], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return done.stdout

    def operations(self):
        paths = requests.get(self.url + "/api/openapi.json", timeout=20).json()["paths"]
        return sum(len(methods) for path, methods in paths.items() if path != "/api/events")

    def invite(self, role):
        return re.search(r"code\s+(\S+)", self.command("invite", "--role", role, self.project))[1]

    def plant(self):
        """Has somebody with secrets, members of every role, and some whom nobody misses."""
        made_ms = 1_111_111_111_111
        self.secrets = {
            "the story of what was deleted": "geheim-verwijderd",
            "the story of an entry whose photo has not come": "geheim-wachtend",
            "a consent": "nl-geheim",
            "the nickname of who was removed": "Geheim-Verdwenen",
            "what a phone's clock said": str(made_ms),
            "how far north somebody was": "51987654",
            "how far east somebody was": "105893217",
            "an entry of which people took back that they agreed": "geheim-ingetrokken",
        }
        # Told to those who guide the project, and to nobody else beside its maker.
        self.guided = {"an entry whose maker does not say whether there are people in it": "geheim-vastgehouden"}
        secret = list(self.secrets.values())
        maker = self.join(self.code, "Geheim-Maker", language=secret[2])
        picture = PICTURE.read_bytes()
        sha256 = hashlib.sha256(picture).hexdigest()
        place = {"north_microdeg": int(secret[5]), "east_microdeg": int(secret[6]), "source": "here", "at": 2}
        shown = entry("Voor iedereen", sha256, phone_made_ms=made_ms, place=place)
        by_neighbourhood = entry("Voor de buurt", sha256, place=place, place_shown="neighbourhood")
        nowhere = entry("Ergens", sha256, place=place, place_shown="hidden")
        deleted = entry(secret[0], sha256, deleted=True, phone_made_ms=made_ms)
        waiting = entry(secret[1], "0" * 64, phone_made_ms=made_ms)
        withdrawn = entry(secret[7], sha256)
        [held] = [entry(story, sha256) for story in self.guided.values()]
        self.push(maker, [shown, by_neighbourhood, nowhere, deleted, waiting, withdrawn, held])
        self.push(maker, [people_of(answered) for answered in (shown, by_neighbourhood, nowhere)])
        self.push(maker, [people_of(withdrawn, withdrawn=True)])
        at = f"{self.url}/api/projects/{self.project}/media/{sha256}"
        requests.put(at, data=picture, headers=bearer(maker), timeout=20).raise_for_status()
        removed = self.join(self.code, secret[3])
        self.push(removed, [entry("Niet te zien", "1" * 64)])
        self.command("member", "remove", removed["member"])
        self.members = {role: self.join(self.invite(role), f"Naam-{role}") for role in ROLES}
        worker = self.members["worker"]
        group = written_by(worker, record("group", {"name": "Moestuin"}))
        self.push(worker, [group])
        # Somebody who made nothing that others see, and changed what they see.
        self.changer = self.join(self.invite("coordinator"), "Geheim-Instelling")
        settings = record("project", {"municipality": "Ede"}) | {"id": self.project}
        renamed = record("group", {"name": "Tuin"}, LATER) | {"id": group["id"]}
        is_in = {self.members["resident"]["member"]: {"at": LATER, "in": True}}
        renamed["fields"]["members"] = {"set": is_in}
        self.push(self.changer, [written_by(self.changer, changed) for changed in (settings, renamed)])
        self.spare = [self.join(self.code, "Reserve") for _ in range(3)]
        self.maker = maker
        self.known = {
            "code": [self.code],
            "project": [self.project, self.project, self.project, self.other_project],
            "sha256": [sha256, "0" * 64, "1" * 64],
            "member": [spare["member"] for spare in self.spare] + [removed["member"]],
            "group": [group["id"], group["id"], shown["id"]],
            "device": [spare["device"] for spare in self.spare],
            "record": [record["id"] for record in (shown, deleted, waiting)] + [maker["consent"]],
        }
        self.wait_until_shown(shown["id"])

    def wait_until_shown(self, record):
        """Waits for the picture's check, so that there is something to see at all."""
        for _ in range(100):
            pulled = requests.get(
                f"{self.url}/api/projects/{self.project}/records", headers=bearer(self.members["resident"]), timeout=20
            )
            if record in pulled.text:
                return
            time.sleep(0.1)
        sys.exit("what was shared is not shown to a resident")

    def planted(self, who):
        """Says what hooks.py needs: what is there to be met, and what must not come out."""
        secrets = dict(self.secrets)
        if who in ("researcher", "nobody"):
            secrets["the nickname of a maker"] = "Geheim-Maker"
            secrets["the id of a maker"] = self.maker["member"]
        if who not in ("worker", "coordinator"):
            secrets |= self.guided
            secrets["the id of who changed the settings and a group"] = self.changer["member"]
        token = self.members[who]["token"] if who in self.members else ""
        return {"secrets": secrets, "known": self.known, "token": token}

    def join(self, code, nickname, language="nl"):
        consent = {"subject": "take_part", "text_version": 1, "language": language, "given_ms": 1, "withdrawn": False}
        consent = record("consent", consent)
        body = {"join_id": new_id(), "code": code, "nickname": nickname, "consent": consent}
        answer = requests.post(self.url + "/api/join", json=body, timeout=20)
        answer.raise_for_status()
        told = answer.json()
        token = answer.cookies["wijkbeeld"]
        member = told["membership"]["member_id"]
        return {"token": token, "member": member, "device": told["device_id"], "consent": consent["id"]}

    def push(self, member, records):
        at = f"{self.url}/api/projects/{self.project}/records"
        answer = requests.post(at, json={"records": records}, headers=bearer(member), timeout=20)
        answer.raise_for_status()
        refused = [result for result in answer.json()["results"] if "refused" in result]
        if refused:
            sys.exit(f"the server refuses what is planted: {refused}")


def bearer(member):
    return {"Authorization": f"Bearer {member['token']}"}


def entry(story, sha256, **more):
    photo = {"sha256": sha256, "width": 48, "height": 32, "bytes": PICTURE.stat().st_size}
    return record("entry", {"valence": "good", "story": story, "photos": [photo], "made_ms": 2, **more})


def people_of(entry, withdrawn=False):
    """Makes what the maker of an entry says of the people in it."""
    consent = {"subject": "people_in_photo", "text_version": 1, "language": "nl", "given_ms": 1, "withdrawn": withdrawn}
    return record("consent", consent | {"entry": entry["id"], "answer": "agreed", "how": "said"})


def record(kind, fields, at=STAMP):
    fields = {name: {"last": {"value": value, "at": at}} for name, value in fields.items()}
    return {"id": new_id(), "kind": kind, "fields": fields}


def written_by(member, changed):
    """Says beside each field who wrote it, as every write must of what several people write."""
    def stamp(field):
        return field["last"]["at"] if "last" in field else max(key["at"] for key in field["set"].values())
    names = {
        f"changed_by.{name}": {"last": {"value": member["member"], "at": stamp(field)}}
        for name, field in changed["fields"].items()
    }
    return changed | {"fields": changed["fields"] | names}


def new_id():
    return str(uuid.uuid4())


if __name__ == "__main__":
    main()
