"""What people were told: everything published to the hub's topic, read from a queue that is subscribed to it."""

import json
import threading
from typing import Any


class Mailbox:
    def __init__(self, sns: Any, sqs: Any, topic: str) -> None:
        self._sqs = sqs
        self._queue = sqs.create_queue(QueueName="rig-mailbox")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self._letters: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def letters(self) -> list[dict[str, Any]]:
        """All of them, in the order met: `subject`, `message` (as published), `time`."""
        with self._lock:
            while received := self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
                for message in received:
                    body = json.loads(message["Body"])
                    self._letters.append({"subject": body.get("Subject"), "message": body.get("Message"), "time": body.get("Timestamp")})
                    self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
            return list(self._letters)
