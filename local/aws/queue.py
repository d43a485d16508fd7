"""Reading a queue to its end."""

import json
from typing import Any


def taken(sqs: Any, url: str, wait_seconds: int = 0) -> list[Any]:
    """The bodies of all messages, which are in the queue no more; `wait_seconds` (at most 20) for the first of them.

    AWS behaviour ("Amazon SQS visibility timeout", Developer Guide): a message that is received and not deleted is
    there again after the timeout, half a minute.
    """
    bodies: list[Any] = []
    while messages := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0 if bodies else wait_seconds
    ).get("Messages"):
        for message in messages:
            bodies.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return bodies
