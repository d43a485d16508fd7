"""Keeps what comes along an event bus: a rule and a queue of our own beside those that are there."""

import json
from collections.abc import Callable
from typing import Any

from prove.made.journal import Journal
from prove.target import Target, Who
from prove.verdict import CouldNotBeTried, DoesNotHold, Verdict
from prove.waiting import NotInTime, until

Event = dict[str, Any]

_PATTERN = {"source": ["aws.ec2"], "detail-type": ["AWS API Call via CloudTrail"]}


class Recorder:
    def __init__(self, target: Target, journal: Journal, who: Who, bus: str = "default") -> None:
        """Records from its making on. EventBridge needs a moment until a new rule is in force ("Troubleshooting
        Amazon EventBridge": my rule doesn't match for a while); whoever records has other things to make first.
        """
        self._patience = target.patience
        self._sqs = target.client(who, "sqs")
        self.events: list[Event] = []
        name = f"{target.run}-{who}" + ("-bus" if bus != "default" else "")
        with journal.making("queue", who, target.region, name) as queue:
            self._queue = queue.id = self._sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        events = target.client(who, "events")
        with journal.making("rule", who, target.region, name) as rule:
            rule.id = f"{bus}/{name}"
            rule_arn = events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(_PATTERN))["RuleArn"]
        self._sqs.set_queue_attributes(
            QueueUrl=self._queue,
            Attributes={
                "Policy": json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Principal": {"Service": "events.amazonaws.com"},
                                "Action": "sqs:SendMessage",
                                "Resource": arn,
                                "Condition": {"ArnEquals": {"aws:SourceArn": rule_arn}},
                            }
                        ],
                    }
                )
            },
        )
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])

    def all(self) -> list[Event]:
        """In the order met."""
        while messages := self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                self.events.append(json.loads(message["Body"]))
                self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return self.events

    def absence(self, words: str) -> Verdict:
        """What it means that `words` did not come: nothing, where nothing at all has come."""
        if self.all():
            return DoesNotHold(words)
        return CouldNotBeTried(f"{words}, nor any other event of a call: is there a trail?", broke_off=True)

    def first(self, name: str, fits: Callable[[Event], bool]) -> Event | None:
        """The event of a call of that name that fits, waited for; None if it does not come."""

        def there() -> Event | None:
            return next(
                (event for event in self.all() if event["detail"].get("eventName") == name and fits(event)), None
            )

        try:
            return until(name, there, self._patience.event, self._patience.poll)
        except NotInTime:
            return None
