"""Each value of `make bench` that says "reached" can say the opposite."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from local.bench.__main__ import reached
from local.bench.arrivals import Arrivals
from local.bench.connections import Cost
from local.bench.deliveries import Deliveries
from local.bench.packages import http_clients
from local.bench.startups import Startups
from local.bench.tests.test_floods import GOOD as FLOODS
from local.bench.widgets import SERVICES, Widgets

COST = Cost(service=1, calls={"ec2:CreateRoute": 30}, polls=0, transitions=18, transitions_of_polls=0)
STARTS = Startups(nothing=0.1, cold=0.9, loaded=0.5)
PICTURES = Widgets(cold=3.0, cold_nothing=1.0, warm=0.03, warm_nothing=0.01, services=SERVICES, calls=3)
ARRIVALS = Arrivals(
    accounts=40,
    slowed=3,
    events=80,
    deliveries=Deliveries(80, lost=0, unasked=0, undelivered=0),
    makespan=30,
    calls_needed=150,
    calls_with_effect=150,
    calls_throttled=0,
    describes_throttled=0,
    executions={"connect": {"SUCCEEDED": 40}},
    retries_in_executions=0,
    connected=40,
    peerings=40,
    routes_missing=0,
    untranslated=0,
    halfway=10,
)
GOOD: dict[str, Any] = {
    "costs": [COST, replace(COST, service=2)],
    "sizes": {"AdmitFunction": 36.0},
    "clients": ["x.url-connection-client-2.jar"],
    "floods": FLOODS,
    "arrivals": ARRIVALS,
    "starts": STARTS,
    "pictures": PICTURES,
}


def missed(**instead: Any) -> list[str]:
    return [name for name, ok in reached(**GOOD | instead).items() if not ok]


def test_everything_is_reached_at_the_limits() -> None:
    assert missed() == []


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("apiCalls", {"costs": [replace(COST, calls={"ec2:CreateRoute": 31})]}),
        ("transitions", {"costs": [replace(COST, transitions=19)]}),
        ("sameForEveryService", {"costs": [COST, replace(COST, calls={"ec2:CreateRoute": 29})]}),
        ("sameForEveryService", {"costs": [COST, replace(COST, transitions=17)]}),
        ("packageMegabytes", {"sizes": {"AdmitFunction": 36.1}}),
        ("40Connections", {"arrivals": replace(ARRIVALS, connected=39)}),
        ("40Connections", {"arrivals": replace(ARRIVALS, routes_missing=1)}),
        ("40Connections", {"arrivals": replace(ARRIVALS, untranslated=1)}),
        ("noDuplicatePeering", {"arrivals": replace(ARRIVALS, peerings=41)}),
        ("noLostEvent", {"arrivals": replace(ARRIVALS, deliveries=Deliveries(80, lost=1, unasked=0, undelivered=0))}),
        ("noLostEvent", {"arrivals": replace(ARRIVALS, deliveries=Deliveries(80, lost=0, unasked=0, undelivered=1))}),
        ("noFailedExecution", {"arrivals": replace(ARRIVALS, executions={"connect": {"SUCCEEDED": 39, "FAILED": 1}})}),
        ("makespanOverLowerBound", {"arrivals": replace(ARRIVALS, makespan=30.1)}),
        ("firstAnswerCold", {"starts": replace(STARTS, cold=0.92)}),
        ("firstAnswerLoaded", {"starts": replace(STARTS, loaded=0.52)}),
        ("pictureCold", {"pictures": replace(PICTURES, cold=3.1)}),
        ("pictureWarm", {"pictures": replace(PICTURES, warm=0.031)}),
        ("pictureIsWhole", {"pictures": replace(PICTURES, services=SERVICES - 1)}),
        ("pictureIsWhole", {"pictures": replace(PICTURES, calls=4)}),
        ("pictureIsWhole", {"pictures": replace(PICTURES, calls=0)}),
        ("onlyUrlConnectionClient", {"clients": []}),
        ("onlyUrlConnectionClient", {"clients": ["x.apache-client-2.jar", "x.url-connection-client-2.jar"]}),
        ("floodExecutions", {"floods": replace(FLOODS, executions={"connect": 61})}),
    ],
)
def test_each_can_be_missed_alone(name: str, instead: dict[str, Any]) -> None:
    assert missed(**instead) == [name]


def test_an_http_client_is_known_by_what_it_offers(tmp_path: Path) -> None:
    lib = tmp_path / "AFunction" / "lib"
    lib.mkdir(parents=True)
    for name, entry in (
        ("a.renamed-client-1.jar", "META-INF/services/software.amazon.awssdk.http.SdkHttpService"),
        ("b.async-1.jar", "META-INF/services/software.amazon.awssdk.http.async.SdkAsyncHttpService"),
        ("c.apache-1.jar", "x"),
    ):
        with zipfile.ZipFile(lib / name, "w") as jar:
            jar.writestr(entry, "")
    assert http_clients(tmp_path) == ["a.renamed-client-1.jar", "b.async-1.jar"]
