"""Events that only AWS itself can send.

ministack refuses sources `aws.*` in PutEvents, as AWS does. Its own emitters go one level lower, and so do we, because an event
forwarded from another account must also keep that account, its id and its time.
"""

import calendar
import time
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import eventbridge


def put(request: dict[str, Any]) -> dict[str, Any]:
    """Deliver `event`, a whole envelope, to the rules on the bus `bus` of `account` in `region`."""
    event = request["event"]
    with request_scope(request["account"], request["region"]):
        eventbridge._dispatch_event({
            "EventId": event["id"], "Source": event["source"], "DetailType": event["detail-type"],
            "Detail": event["detail"] if isinstance(event["detail"], str) else eventbridge.json.dumps(event["detail"]),
            "EventBusName": request["bus"], "Time": calendar.timegm(time.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ")),
            "Resources": event["resources"], "Account": event["account"], "Region": event["region"]})
    return {}


def matches(request: dict[str, Any]) -> dict[str, bool]:
    """Whether an event matches a pattern, by the matcher that the rules use."""
    record = eventbridge._event_from_test_payload(request["event"])
    return {"matches": bool(eventbridge._matches_pattern(request["pattern"], record))}
