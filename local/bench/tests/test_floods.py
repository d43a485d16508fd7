"""Each limit of a flood can be missed."""

from dataclasses import replace
from typing import Any

import pytest

from local.bench.floods import Floods

GOOD = Floods(
    tags=2000,
    seconds_to_send=30,
    throttled=100,
    executions={"look-at-account": 40, "connect": 20},
    notifications=10,
    last_tag_counts=True,
    seconds_until_rest=20,
    quiet_seconds=[5, 6, 9],
    neighbour_seconds=[9, 8, 30],
    beyond_ec2_seconds=40,
    terraform={"look-at-account": 2, "connect": 2},
    undelivered=0,
)


def test_everything_is_reached_at_the_limits() -> None:
    assert all(GOOD.reached().values())
    assert GOOD.report()["neighbourOverQuiet"] == 1.5


@pytest.mark.parametrize(
    ("missed", "instead"),
    [
        ("floodExecutions", {"executions": {"look-at-account": 40, "connect": 21}}),
        ("floodNotifications", {"notifications": 11}),
        ("floodLastTagCounts", {"last_tag_counts": False}),
        ("floodNothingUndelivered", {"undelivered": 1}),
        ("neighbourOverQuiet", {"neighbour_seconds": [9.1, 8, 30]}),
        ("terraformLooks", {"terraform": {"look-at-account": 3, "connect": 2}}),
        ("terraformLooks", {"terraform": {"look-at-account": 0, "connect": 1}}),
        ("terraformConnects", {"terraform": {"look-at-account": 2, "connect": 3}}),
        ("terraformConnects", {"terraform": {"look-at-account": 2, "connect": 0}}),
    ],
)
def test_each_can_be_missed_alone(missed: str, instead: dict[str, Any]) -> None:
    assert [name for name, reached in replace(GOOD, **instead).reached().items() if not reached] == [missed]
