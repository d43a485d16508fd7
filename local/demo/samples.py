"""The samples of events/, with the made-up ids replaced by those of a running rig (events/README.md lists them)."""

import json
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).resolve().parents[2] / "events"

PEERING = "pcx-0a1b2c3d4e5f60718"
HUB_VPC = "vpc-0aaaaaaaaaaaaaaaa"
SERVICE_VPC = "vpc-0bbbbbbbbbbbbbbbb"
SERVICE_ACCOUNT = "210987654321"
VPN_INSTANCE = "i-0cccccccccccccccc"

TRIGGERS = (
    "AccountEventFunction",
    "HubEventFunction",
    "VpcEventFunction",
    "PendingScanFunction",
    "RestoreFunction",
)
"""Start the workflows; the other functions are their steps."""


QUEUED = ("HubEventFunction", "VpcEventFunction")
"""Of these, those that take their events from a queue: what they are given is a batch of messages,
each with an event as its body.
"""


def as_given(sample: str, event: Any) -> Any:
    """What Lambda gives the function: the event itself,
    or a batch with it alone ("Using Lambda with Amazon SQS", Developer Guide).
    """
    if function_of(sample) not in QUEUED:
        return event
    return {
        "Records": [
            {
                "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": json.dumps(event),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:peerway",
                "awsRegion": "eu-west-1",
            }
        ]
    }


def function_of(sample: str) -> str:
    """`VpcEventFunction/decision` is a sample for VpcEventFunction."""
    return sample.split("/", maxsplit=1)[0]


def is_trigger(sample: str) -> bool:
    return function_of(sample) in TRIGGERS


def names() -> list[str]:
    """Each with an expected answer beside it."""
    return sorted(
        str(path.relative_to(EVENTS)).removesuffix(".expected.json") for path in EVENTS.glob("*/*.expected.json")
    )


def event_of(sample: str) -> Path:
    return EVENTS / f"{sample}.json"


def expected_of(sample: str) -> Path:
    return EVENTS / f"{sample}.expected.json"


def read(path: Path, ids: dict[str, str]) -> Any:
    text = path.read_text()
    for made_up, real in ids.items():
        text = text.replace(made_up, real)
    return json.loads(text)


def differences(expected: Any, answer: Any, where: str = "answer") -> list[str]:
    """What of `expected` the answer does not have. It may have more;
    a text that ends in `…` is expected as a beginning.
    """
    if isinstance(expected, dict) and isinstance(answer, dict):
        return [
            found for key, value in expected.items() for found in differences(value, answer.get(key), f"{where}.{key}")
        ]
    if isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        return [
            found
            for n, (one, other) in enumerate(zip(expected, answer, strict=True))
            for found in differences(one, other, f"{where}[{n}]")
        ]
    if (
        isinstance(expected, str)
        and expected.endswith("…")
        and isinstance(answer, str)
        and answer.startswith(expected[:-1])
    ):
        return []
    return [] if expected == answer else [f"{where}: expected {json.dumps(expected)}, got {json.dumps(answer)}"]
