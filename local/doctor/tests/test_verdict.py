"""The judge of `make doctor` finds what it is there to find."""

from typing import Any

import pytest

from local.doctor.verdict import false_alarms, misses
from local.doctor.ways import WAYS, Way

WAY = Way("a", "hub", "HUB_ROUTE", "rtb-1", lambda s: None, by="hub", mend="start-execution", summary="missing")
ACCOUNTS = {"hub": "111111111111", "service": "222222222222"}


def answer(**changed: Any) -> dict[str, Any]:
    first = {
        "at": "HUB_ROUTE",
        "evidence": "rtb-1 is missing",
        "mend": "aws stepfunctions start-execution",
        "changed": "arn:aws:iam::111111111111:root at noon",
    } | changed
    return {"summary": f"no: {first['evidence']}", "first": first, "hops": []}


def test_an_answer_that_names_all_is_right() -> None:
    assert misses(WAY, answer(), ACCOUNTS) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"at": "PEERING"},
        {"evidence": "rtb-2 is missing"},
        {"evidence": "rtb-1"},
        {"mend": ""},
        {"changed": ""},
        {"changed": "arn:aws:iam::222222222222:root"},
    ],
)
def test_what_an_answer_lacks_is_found(changed: dict[str, str]) -> None:
    assert misses(WAY, answer(**changed), ACCOUNTS) != []


def test_an_answer_that_finds_nothing_is_wrong() -> None:
    assert misses(WAY, {"summary": "The VPN reaches it.", "hops": []}, ACCOUNTS) != []


def test_whatever_is_not_right_on_a_path_that_works_is_a_false_alarm() -> None:
    hops = [
        {"at": "NAT", "verdict": "RIGHT", "evidence": ""},
        {"at": "PUSH", "verdict": "UNKNOWN", "evidence": "nothing found"},
    ]
    assert false_alarms({"hops": hops}) == ["PUSH is UNKNOWN: nothing found"]


def test_there_are_twenty_ways_of_every_owner_at_every_station_that_can_be_broken() -> None:
    assert len(WAYS) >= 20
    assert {way.owner for way in WAYS} == {"hub", "service", "instance"}
    assert {way.at for way in WAYS if way.at} >= {
        "ADDRESS", "PUSH", "VPN_INSTANCE", "AGENT", "FORWARDING", "FOREIGN_CHAINS", "NAT", "VPN_GROUPS", "HUB_ROUTE",
        "PEERING", "SERVICE_ACL", "INTERFACE", "SECURITY_GROUPS", "SERVICE_ROUTE", "SERVICE_ACL_BACK", "HUB_ACL_BACK",
        "PROBE",
    }  # fmt: skip
