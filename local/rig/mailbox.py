"""What people were told: everything published to the hub's topic, read from a queue that is subscribed to it."""

import threading
from typing import Any

from local.aws.queue import taken


class Mailbox:
    def __init__(self, sns: Any, sqs: Any, topic: str) -> None:
        self._sqs = sqs
        self.queue_url = sqs.create_queue(QueueName="rig-mailbox")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
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
