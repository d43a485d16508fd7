"""The short form of a metric, read as "Dashboard Body Structure and Syntax" says."""

from typing import Any

import pytest

from local.console.metrics import Expression, Malformed, Series, of_widget


def test_points_and_dots_stand_for_what_came_before() -> None:
    widget = {
        "stat": "Sum",
        "period": 60,
        "metrics": [
            ["Peerway", "Connections", "State", "connected", {"label": "Connected", "stat": "Maximum"}],
            [".", ".", ".", "waiting"],
            ["...", "refused", {"period": 3600}],
            [{"expression": "m1 + m2", "label": "Both"}],
            [{"expression": "SEARCH('x', 'Sum')", "label": "${PROP('Dim.State')}"}],
            ["AWS/States", "ExecutionsFailed"],
        ],
    }
    assert list(of_widget(widget)) == [
        Series("Connected", "Peerway", "Connections", (("State", "connected"),), "Maximum", 60),
        Series("Connections waiting", "Peerway", "Connections", (("State", "waiting"),), "Sum", 60),
        Series("Connections refused", "Peerway", "Connections", (("State", "refused"),), "Sum", 3600),
        Expression("Both", "m1 + m2"),
        Expression("SEARCH('x', 'Sum')", "SEARCH('x', 'Sum')"),
        Series("ExecutionsFailed", "AWS/States", "ExecutionsFailed", (), "Sum", 60),
    ]


@pytest.mark.parametrize("metric", [[], "Peerway", ["Peerway"], ["Peerway", "Connections", "State"], [".", "."]])
def test_what_cloudwatch_does_not_take_is_said(metric: Any) -> None:
    with pytest.raises(Malformed):
        list(of_widget({"metrics": [metric]}))
