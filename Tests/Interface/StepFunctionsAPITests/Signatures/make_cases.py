#!/usr/bin/env python3
"""Signs random requests with botocore and prints them as the fixture of SignatureTests.

    python3 make_cases.py [SEED [COUNT]] > cases.json

With an endpoint it sends them instead, each well signed and then spoiled in one place, and says what was answered wrongly:

    python3 make_cases.py --send http://127.0.0.1:8083 KEY SECRET [SEED [COUNT]]
"""
import datetime
import http.client
import json
import random
import sys
from unittest import mock
from urllib.parse import urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TARGETS = ["ListStateMachines", "DescribeExecution", "StartExecution", "StopExecution", "ListActivities"]
NAMES = ["é", "naïve name", "日本", "a+b", "tab\tbed", "x" * 200, "", "a/b", "%41", "~", "'quoted'"]


def text(draw):
    return "".join(draw.choice(NAMES) for _ in range(draw.randint(0, 3)))


def signed(draw, endpoint, key, secret, now, with_tokens=True):
    """A request as botocore's signers leave it: (method, path and query, headers, body, session token)."""
    body = json.dumps({"name": text(draw), "maxResults": draw.randint(0, 1000)}).encode()
    token = draw.choice([None, None, "IQoJ" + "".join(draw.choices("abcXYZ0123+/=", k=80))])
    if not with_tokens:
        token = None
    region = draw.choice(["us-east-1", "eu-central-1", "us-gov-west-1"])
    headers = {
        "X-Amz-Target": "AWSStepFunctions." + draw.choice(TARGETS),
        "Content-Type": "application/x-amz-json-1.0",
        "User-Agent": "cases/" + str(draw.randint(1, 9)),
    }
    if draw.random() < 0.3:
        headers["X-Amz-Meta"] = "  spaced   out  " + str(draw.random())
    kind = draw.choice(["header", "header", "unsigned", "presigned"])
    if kind == "unsigned":
        headers["X-Amz-Content-SHA256"] = "UNSIGNED-PAYLOAD"
    query = draw.choice(["", "", "?b=2&a=1&a=0", "?x=%20y&empty="])
    path = draw.choice(["/", "/", "/a%20b/", "/a/../b"])
    request = AWSRequest(method="POST", url=endpoint + path + query, headers=headers, data=body)
    credentials = Credentials(key, secret, token)

    class Frozen(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return now

        @classmethod
        def now(cls, tz=None):
            return now.replace(tzinfo=tz)

    with mock.patch("botocore.auth.datetime.datetime", Frozen), mock.patch(
        "botocore.auth.get_current_datetime", lambda *a, **k: now, create=True
    ):
        if kind == "presigned":
            # Its signer would put a JSON body's members into the query; they are to stay where they are.
            with mock.patch.object(botocore.auth, "_get_body_as_dict", lambda request: {}):
                del request.headers["Content-Type"]
                request.headers["X-Amz-Content-SHA256"] = "UNSIGNED-PAYLOAD"
                botocore.auth.SigV4QueryAuth(credentials, "states", region, expires=900).add_auth(request)
        else:
            botocore.auth.SigV4Auth(credentials, "states", region).add_auth(request)
    url = urlsplit(request.url)
    target = url.path + ("?" + url.query if url.query else "")
    fields = [(name, value) for name, value in request.headers.items()]
    fields.append(("Host", url.netloc))
    return "POST", target, fields, body, token


def cases(seed, count):
    draw = random.Random(seed)
    now = datetime.datetime(2026, 1, 31, 10, 0, 0)
    listed = []
    for number in range(count):
        secret = "".join(draw.choices("abcdefghijklmnopqrstuvwxyz0123456789+/", k=40))
        method, target, fields, body, token = signed(draw, "http://sync-127.0.0.1:8083", "AKIAEXAMPLE", secret, now)
        case = {"number": number, "target": target, "secret": secret, "fields": fields, "body": body.decode()}
        if token:
            case["sessionToken"] = token
        listed.append(case)
    print("[" + ",\n ".join(json.dumps(case, ensure_ascii=False) for case in listed) + "]")


def send(endpoint, key, secret, seed, count):
    draw = random.Random(seed)
    url = urlsplit(endpoint)
    wrong = 0
    answers = {}
    for number in range(count):
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        method, target, fields, body, _ = signed(draw, endpoint, key, secret, now, with_tokens=False)
        fields = [(n, v) for n, v in fields if n.lower() != "host"]
        spoil = draw.choice(["nothing", "body", "header", "signature", "path"])
        unsigned = any(v == "UNSIGNED-PAYLOAD" for _, v in fields)
        expects_refusal = spoil != "nothing" and not (spoil == "body" and unsigned)
        if spoil == "body":
            body += b" "
        if spoil == "header":
            fields = [(n, "AWSStepFunctions.ListMapRuns" if n == "X-Amz-Target" else v) for n, v in fields]
        if spoil == "signature":
            flip = lambda text: text[:-1] + ("0" if text[-1] != "0" else "1")
            fields = [(n, flip(v) if n == "Authorization" else v) for n, v in fields]
            target = flip(target) if "X-Amz-Signature" in target else target
        if spoil == "path":
            target = "/other" + target
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
        connection.putrequest(method, target)
        for name, value in fields:
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        kind = answer.get("__type", "200").split("#")[-1]
        refusals = ("InvalidSignatureException", "UnrecognizedClientException", "IncompleteSignatureException")
        answers[kind] = answers.get(kind, 0) + 1
        if (kind in refusals) != expects_refusal:
            wrong += 1
            print("case", number, "spoiled:", spoil, "answered:", answer, file=sys.stderr)
    print(count, "requests,", wrong, "answered wrongly;", answers)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--send"]:
        more = [int(a) for a in arguments[4:]]
        send(arguments[1], arguments[2], arguments[3], *(more + [1, 500][len(more):]))
    else:
        more = [int(a) for a in arguments]
        cases(*(more + [1, 40][len(more):]))
