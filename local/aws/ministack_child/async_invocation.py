"""A rule invokes a function asynchronously: a failed invocation is repeated, and then kept in the function's dead-letter queue.

AWS behaviour ("How Lambda handles errors and retries with asynchronous invocation", AWS Lambda Developer Guide). ministack does so for events from S3 and SNS, but calls a rule's function once and forgets it.
It waits seconds between the attempts where Lambda waits minutes (its LAMBDA_ASYNC_RETRY_BASE_SECONDS).
"""

import json

from ministack.services import eventbridge, lambda_svc


def add_to_ministack() -> None:
    eventbridge._dispatch_to_lambda = _dispatch


def _dispatch(arn: str, payload: str) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if function and config:
        lambda_svc.invoke_async_with_retry(lambda_svc._execution_record_for_config(function, config), json.loads(payload))
