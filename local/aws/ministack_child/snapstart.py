"""SnapStart for functions that run as provided.al2023.

AWS behaviour ("Improving startup performance with Lambda SnapStart", AWS Lambda Developer Guide): a published version is
initialised when it is published, not at its first invocation. ministack does so for the runtimes it runs itself; ours it would
refuse SnapStart, which AWS gives to java25.
"""

import contextvars
import queue
import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

_AT_ONCE = 2
"""Initialising a Java function takes a core for a second; more at once only get into each other's way."""

_to_initialise: queue.Queue[tuple[contextvars.Context, dict[str, Any]]] = queue.Queue()


def add_to_ministack() -> None:
    lambda_svc._snapstart_runtime_supported = lambda runtime: True
    lambda_svc._snapstart_provision_version_async = _provision
    for _ in range(_AT_ONCE):
        threading.Thread(target=_initialise_all, name="snapstart", daemon=True).start()


def wait(request: dict[str, Any]) -> dict[str, Any]:
    """Answers when every version published so far has been initialised."""
    _to_initialise.join()
    return {}


def _provision(name: str, version: dict[str, Any]) -> None:
    """Invocations may come at once; one that comes before its environment is ready starts one of its own."""
    version["config"].update(State="Active", StateReason="", StateReasonCode="", LastUpdateStatus="Successful")
    _to_initialise.put((contextvars.copy_context(), version))


def _initialise_all() -> None:
    while True:
        context, version = _to_initialise.get()
        context.run(_initialise, version)
        _to_initialise.task_done()


def _initialise(version: dict[str, Any]) -> None:
    config = version["config"]
    worker, _ = lambda_runtime.acquire_worker(
        config["FunctionName"], config, version["code_zip"], qualifier=config["Version"])
    try:
        lambda_runtime.ensure_spawned(worker)
    except Exception as failure:  # the first invocation will fail in the same way and say so to its caller
        lambda_svc.logger.warning("%s: initialisation failed: %s", config["FunctionName"], failure)
    finally:
        lambda_runtime.release_worker(worker)
