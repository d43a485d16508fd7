"""python -m local.bench [--services N]"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from local.bench import startups, widgets
from local.bench.arrivals import Arrivals, arrive
from local.bench.connections import ROUTE_TABLES, Cost, connect_services
from local.bench.floods import Floods, flood
from local.bench.packages import http_clients, is_url_connection, unzipped_megabytes
from local.bench.startups import Startups
from local.bench.widgets import Widgets
from local.rig.held import held_rig

REPORT = Path("target/bench/report.json")
LIMITS = {"apiCalls": 30, "transitions": 18, "packageMegabytes": 36}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.bench", description="Counts of one run")
    parser.add_argument("--services", type=int, default=40)
    parser.add_argument(
        "--accounts", type=int, default=40, help="that come at once; with fewer than 10 there is nothing to measure"
    )
    parser.add_argument("--tags", type=int, default=2000, help="that one account writes in one burst")
    parser.add_argument(
        "--slowed", type=float, default=3, help="by how much AWS's time goes slower than this machine's"
    )
    asked = parser.parse_args()
    services = asked.services
    if os.geteuid() != 0:
        print("The packet lab makes network namespaces, which only root may: try `sudo make bench`.", file=sys.stderr)
        return 1
    os.environ["SFN_WAIT_SCALE"] = "0.05"  # the workflow's waits, shortened: they are not what is counted
    directory = Path(tempfile.mkdtemp(prefix="peerway-bench-"))
    try:
        print("  first answers of a function", flush=True)
        starts = startups.measure()
        print(f"  the picture of the network, with {widgets.SERVICES} services", flush=True)
        pictures = widgets.measure()
        with held_rig(directory / "rig") as rig:
            costs = []
            for cost in connect_services(rig, services):
                costs.append(cost)
                print(
                    f"  service {cost.service:>2}: {sum(cost.calls.values())} calls, {cost.transitions} transitions"
                    f" (polls: {cost.polls} and {cost.transitions_of_polls})",
                    flush=True,
                )
        nat = nat_bench(directory / "nat.json")
        floods = one_account_in_a_burst(directory, asked.tags)
        arrivals = all_at_once(directory, asked.accounts, asked.slowed)
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return write(costs, nat, floods, arrivals, starts, pictures)


def all_at_once(directory: Path, accounts: int, slowed: float) -> Arrivals:
    """On a rig of its own: a hub VPC takes 50 peerings, and the waits are other ones. The accounts are moved into a
    unit, so that each has two events at once.
    """
    print(f"  {accounts} accounts at once, EC2 throttling as on AWS, AWS's time {slowed:g} times slower", flush=True)
    os.environ["SFN_WAIT_SCALE"] = str(slowed)
    with held_rig(directory / "arrivals", "--unit", "services") as rig:
        return arrive(rig, accounts, slowed)


def one_account_in_a_burst(directory: Path, tags: int) -> Floods:
    print(
        f"  {tags:,} tags of one account in one burst, a request of another meanwhile, and one run of Terraform",
        flush=True,
    )
    os.environ["SFN_WAIT_SCALE"] = "0.1"
    with held_rig(directory / "floods") as rig:
        return flood(rig, tags)


def nat_bench(out: Path) -> object:
    print("  NAT: 5,000 prefixes, applied again and again under load", flush=True)
    subprocess.run(
        [sys.executable, "-m", "local.lab.nat_bench", "--out", str(out)], check=True, stdout=subprocess.DEVNULL
    )
    return json.loads(out.read_text())


def reached(
    costs: list[Cost],
    sizes: dict[str, float],
    clients: list[str],
    floods: Floods,
    arrivals: Arrivals,
    starts: Startups,
    pictures: Widgets,
) -> dict[str, bool]:
    return {
        "apiCalls": max(sum(cost.calls.values()) for cost in costs) <= LIMITS["apiCalls"],
        "transitions": max(cost.transitions for cost in costs) <= LIMITS["transitions"],
        "sameForEveryService": len({json.dumps(cost.calls) for cost in costs}) == 1
        and len({cost.transitions for cost in costs}) == 1,
        "packageMegabytes": max(sizes.values()) <= LIMITS["packageMegabytes"],
        **floods.reached(),
        **arrivals.reached(),
        **starts.reached(),
        **pictures.reached(),
        "onlyUrlConnectionClient": bool(clients) and all(is_url_connection(jar) for jar in clients),
    }


def write(
    costs: list[Cost], nat: object, floods: Floods, arrivals: Arrivals, starts: Startups, pictures: Widgets
) -> int:
    first, last = costs[0].report(), costs[-1].report()
    sizes, clients = unzipped_megabytes(), http_clients()
    found = reached(costs, sizes, clients, floods, arrivals, starts, pictures)
    report = {
        "counted": "calls and transitions of the execution; polls apart; besides, one states:StartExecution begins it",
        "routeTablesOfEachSide": ROUTE_TABLES,
        "services": len(costs),
        "first": first,
        "last": last,
        "limits": LIMITS,
        "packagesUnzippedMegabytes": sizes,
        "httpClients": clients,
        "nat": nat,
        "floods": floods.report(),
        "accountsAtOnce": arrivals.report(),
        "startups": starts.report(),
        "widgets": pictures.report(),
        "reached": found,
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    for name, ok in found.items():
        print(f"  {'✓' if ok else '✗'} {name}")
    print(f"  details: {REPORT}")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
