"""A rule invokes a function asynchronously: a failed invocation is repeated, and then kept in the function's
dead-letter queue.

AWS behaviour ("How Lambda handles errors and retries with asynchronous invocation", "Dead-letter queues", AWS Lambda
Developer Guide): repeated as often as the alias's event invoke configuration says; the message in the queue is the
event as it was. ministack does so for events from S3 and SNS, with the configuration of $LATEST and an envelope as
destinations get it, but calls a rule's function once and forgets it. Between the attempts it waits as process.py tells
it, where Lambda waits minutes. Not as on AWS: the message has no attributes with the error.
"""

import json
from typing import Any

from ministack.core.arn import parse_arn
from ministack.services import eventbridge, lambda_svc


def add_to_ministack() -> None:
    eventbridge._dispatch_to_lambda = _dispatch
    ministack_routes = lambda_svc._route_async_failure

    def route(target: str, name: str, event: dict[str, Any], result: dict[str, Any]) -> None:
        queue = (lambda_svc._functions[name]["config"].get("DeadLetterConfig") or {}).get("TargetArn")
        if target == queue:
            eventbridge._dispatch_to_sqs(parse_arn(target), json.dumps(event))
        else:
            ministack_routes(target, name, event, result)

    lambda_svc._route_async_failure = route


def _dispatch(arn: str, payload: str) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if function and config:
        record = lambda_svc._execution_record_for_config(function, config)
        qualifier = arn.split(":")[7] if arn.count(":") == 7 else "$LATEST"
        record["event_invoke_config"] = (function.get("event_invoke_configs") or {}).get(qualifier)
        lambda_svc.invoke_async_with_retry(record, json.loads(payload))
