"""What schemathesis calls: requests meet what is really there, and every answer is searched for what was planted."""

import json
import os
import zlib

import schemathesis

PLANTED = json.loads(os.environ["WIJKBEELD_PLANTED"])
KNOWN = PLANTED["known"]


def choose(drawn, among):
    """Chooses by what was drawn, so that the same seed chooses the same; now and then what was drawn stays."""
    number = zlib.crc32(repr(drawn).encode())
    return drawn if number % 8 == 0 else among[number // 8 % len(among)]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    for name, drawn in (path_parameters or {}).items():
        if name in KNOWN:
            path_parameters[name] = choose(drawn, KNOWN[name])
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    records = body.get("records") if isinstance(body, dict) else None
    for record in records if isinstance(records, list) else []:
        if isinstance(record, dict) and "id" in record:
            record["id"] = choose(record["id"], KNOWN["record"])
            record["kind"] = choose(record.get("kind"), ["entry", "consent"])
    return body


@schemathesis.serializer("application/partial-upload")
def partial_upload(context, value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@schemathesis.hook
def after_call(context, case, response):
    with open(PLANTED["log"], "a") as log:
        log.write(f"{response.status_code}\n")


@schemathesis.check
def tells_no_secret(context, response, case):
    told = response.content.decode(errors="replace") + json.dumps(dict(response.headers))
    for what, secret in PLANTED["secrets"].items():
        assert secret not in told, f"{case.method} {case.formatted_path} tells {what}"
