"""Events that only AWS itself can send.

ministack refuses sources `aws.*` in PutEvents, as AWS does. Its own emitters go one level lower, and so do we, because
an event forwarded from another account must also keep that account, its id and its time.
"""

import calendar
import logging
import time
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import eventbridge

_log = logging.getLogger(__name__)


def put(request: dict[str, Any]) -> dict[str, Any]:
    """Deliver each of `placed` in turn. One that fails is logged; the next is delivered."""
    for placed in request["placed"]:
        try:
            _put(placed)
        except Exception:
            _log.exception("an event was not delivered: %s", placed)
    return {}


def _put(placed: dict[str, Any]) -> None:
    """Deliver `event`, a whole envelope, to the rules on the bus `bus` of `account` in `region`."""
    event = placed["event"]
    with request_scope(placed["account"], placed["region"]):
        eventbridge._dispatch_event(
            {
                "EventId": event["id"],
                "Source": event["source"],
                "DetailType": event["detail-type"],
                "Detail": event["detail"]
                if isinstance(event["detail"], str)
                else eventbridge.json.dumps(event["detail"]),
                "EventBusName": placed["bus"],
                "Time": calendar.timegm(time.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ")),
                "Resources": event["resources"],
                "Account": event["account"],
                "Region": event["region"],
            }
        )
