"""What people were told: the notifications on the hub bus, and what was made of them for mail and chat, each read from
a queue that is subscribed.
"""

import json
import threading
import time
from pathlib import Path
from typing import Any

import jsonschema

from local.aws.accounts import HUB
from local.aws.queue import taken

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "notification.schema.json").read_text())
_PATIENCE = 60
"""Seconds in which a notification that is on the bus is told: the workflow tries again for so long."""


def valid(event: dict[str, Any]) -> dict[str, Any]:
    """The event, if it has the form that the documents promise."""
    jsonschema.Draft202012Validator(SCHEMA).validate(event)
    return event


class Mailbox:
    """Of one topic."""

    def __init__(self, sns: Any, sqs: Any, topic: str, name: str = "rig-mailbox") -> None:
        self._sqs = sqs
        self.queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=_arn(sqs, self.queue_url))
        self._letters: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def letters(self) -> list[dict[str, Any]]:
        """All of them, in the order met: `subject`, `message` (as published), `time`."""
        with self._lock:
            self._letters += [
                {"subject": body.get("Subject"), "message": body.get("Message"), "time": body.get("Timestamp")}
                for body in taken(self._sqs, self.queue_url)
            ]
            return list(self._letters)


class News:
    """Every event of Peerway's own on the hub bus, and the mail and the chat messages that were made of them."""

    def __init__(self, aws: Any, outputs: dict[str, str], chat_topic: str) -> None:
        sns, sqs = aws.client("sns"), aws.client("sqs")
        self._states, self._tell = aws.client("stepfunctions"), outputs["TellStateMachineArn"]
        self._mail = Mailbox(sns, sqs, outputs["NotificationsTopicArn"])
        self._chat = Mailbox(sns, sqs, chat_topic, "rig-chat")
        self._sqs = sqs
        self._bus, self._rules = outputs["HubBusName"], aws.client("events")
        self._queue_url = self._rule("rig-news", {"source": ["peerway"], "account": [HUB]})
        self._events: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def listen(self, account: str) -> str:
        """A rule of a service team's own, as docs/operate.md has it. The URL of the queue that it fills."""
        return self._rule(
            f"team-{account}", {"source": ["peerway"], "account": [HUB], "detail": {"account": [account]}}
        )

    def leave(self, account: str) -> None:
        rule = {"Rule": f"team-{account}", "EventBusName": self._bus}
        self._rules.remove_targets(**rule, Ids=["queue"])
        self._rules.delete_rule(Name=rule["Rule"], EventBusName=self._bus)
        self._sqs.delete_queue(QueueUrl=self._sqs.get_queue_url(QueueName=rule["Rule"])["QueueUrl"])

    def _rule(self, name: str, pattern: dict[str, Any]) -> str:
        url = str(self._sqs.create_queue(QueueName=name)["QueueUrl"])
        self._rules.put_rule(Name=name, EventBusName=self._bus, EventPattern=json.dumps(pattern))
        self._rules.put_targets(
            Rule=name, EventBusName=self._bus, Targets=[{"Id": "queue", "Arn": _arn(self._sqs, url)}]
        )
        return url

    def letters(self) -> list[dict[str, Any]]:
        self._wait()
        return self._mail.letters()

    def chat(self) -> list[dict[str, Any]]:
        """As Amazon Q Developer in chat applications gets them."""
        self._wait()
        return [json.loads(letter["message"]) for letter in self._chat.letters()]

    def events(self) -> list[dict[str, Any]]:
        """All of them in the order met; one that is not as the documents promise is an error."""
        with self._lock:
            self._events += map(valid, taken(self._sqs, self._queue_url))
            return list(self._events)

    def _wait(self) -> None:
        """Until all that was put on the bus by now is told. The local bus starts `tell` before PutEvents answers."""
        until = time.monotonic() + _PATIENCE
        while self._states.list_executions(stateMachineArn=self._tell, statusFilter="RUNNING")["executions"]:
            if time.monotonic() > until:
                raise TimeoutError(f"notifications were not told within {_PATIENCE} s")
            time.sleep(0.05)


def _arn(sqs: Any, queue_url: str) -> str:
    return str(sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])
