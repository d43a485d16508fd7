"""An event that was lost is noticed, and so is an execution that nobody asked for."""

from typing import Any

from local.bench.deliveries import Deliveries, deliveries

ACCOUNT = "210987654321"


def event(number: int, name: str, **detail: Any) -> dict[str, Any]:
    return {"id": f"e{number}", "detail": {"eventName": name, **detail}}


EVENTS = [
    event(1, "CreateAccount", requestParameters={"accountName": "orders"}),
    event(
        2,
        "CreateAccountResult",
        serviceEventDetails={"createAccountStatus": {"state": "SUCCEEDED", "accountId": ACCOUNT}},
    ),
    event(3, "MoveAccount", requestParameters={"accountId": ACCOUNT}),
]


def ran(*events: str) -> list[dict[str, Any]]:
    return [{"name": f"{ACCOUNT}-{each}"} for each in events]


def test_every_event_that_asks_for_a_look_has_its_execution() -> None:
    found = deliveries(EVENTS, ran("e2", "e3"), undelivered=0)
    assert found == Deliveries(asking=2, lost=0, unasked=0, undelivered=0)
    assert found.complete


def test_an_event_without_an_execution_is_lost() -> None:
    found = deliveries(EVENTS, ran("e2"), undelivered=0)
    assert found.lost == 1 and not found.complete


def test_an_execution_that_no_event_asked_for_is_counted() -> None:
    found = deliveries(EVENTS, ran("e2", "e3", "e9"), undelivered=0)
    assert found.unasked == 1 and not found.complete


def test_what_waits_in_the_dead_letter_queue_is_not_complete() -> None:
    assert not deliveries(EVENTS, ran("e2", "e3"), undelivered=1).complete
