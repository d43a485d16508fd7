"""A check that has never said no is none: everything that is compared, once different."""

from dataclasses import replace
from pathlib import Path

import pytest

from local.faults.calls import CallName, numbered, of_every_run
from local.faults.kinds import KINDS, fits
from local.faults.report import Cell, write
from local.faults.stage import Run
from local.faults.state import Normal, differences, told, vpn
from local.faults.verdict import judge

READ, CHANGE = CallName("AdmitFunction", "ec2:DescribeVpcs", "hub"), CallName("AdmitFunction", "ec2:CreateTags", "hub")
TELL = CallName("peerway-connect", "events:PutEvents", "hub")
LINES = {
    section: [f"{section} as it should be"]
    for section in ("routes", "groups", "peerings", "tags", "nft", "saved", "told")
}
GOOD = Run(LINES, failures=[], calls=[READ, CHANGE, TELL], struck=True, redrives=1, undone=[])


def test_the_same_end_is_no_miss() -> None:
    assert judge(GOOD, replace(GOOD, failures=["peerway-connect FAILED"]), CHANGE, "refused").misses == []


@pytest.mark.parametrize("section", LINES)
@pytest.mark.parametrize("found", [[], ["something else"], ["twice", "twice"]])
def test_whatever_differs_in_the_end_is_a_miss(section: str, found: list[str]) -> None:
    found = [line.replace("twice", LINES[section][0]) for line in found]
    misses = judge(GOOD, replace(GOOD, lines=LINES | {section: found}), CHANGE, "lost").misses
    assert misses and all(miss.startswith(f"{section}: ") for miss in misses)


def test_a_section_that_was_not_looked_at_is_a_miss() -> None:
    assert judge(
        GOOD, replace(GOOD, lines={name: lines for name, lines in LINES.items() if name != "nft"}), CHANGE, "refused"
    ).misses


def test_the_order_of_rules_counts() -> None:
    assert differences({"nft": ["drop", "accept"]}, {"nft": ["accept", "drop"]}) == ["nft: in another order"]


def test_a_fault_that_never_happened_is_a_miss() -> None:
    assert judge(GOOD, replace(GOOD, struck=False), CHANGE, "killed").misses == [f"the call was not made: {CHANGE}"]


def test_an_execution_that_cannot_be_completed_is_a_miss() -> None:
    stuck = replace(GOOD, undone=["arn:aws:states:eu-west-1:123456789012:execution:peerway-connect:under-test"])
    assert judge(GOOD, stuck, CHANGE, "refused").misses == [
        "did not succeed, however often it was redriven: peerway-connect:under-test"
    ]


def test_only_a_letter_whose_own_publish_was_struck_after_its_effect_may_come_twice() -> None:
    twice = replace(GOOD, lines=LINES | {"told": LINES["told"] * 2})
    thrice = replace(GOOD, lines=LINES | {"told": LINES["told"] * 3})
    other = replace(GOOD, lines=LINES | {"told": [*LINES["told"], "something else"]})
    assert (
        judge(GOOD, twice, TELL, "lost").misses == [] and judge(GOOD, twice, TELL, "lost").told_again == LINES["told"]
    )
    assert judge(GOOD, thrice, TELL, "lost").misses and judge(GOOD, other, TELL, "lost").misses
    assert judge(GOOD, twice, TELL, "refused").misses and judge(GOOD, twice, CHANGE, "lost").misses


def test_a_failure_may_be_told_of_an_execution_that_failed_and_of_no_other() -> None:
    arn = "arn:aws:states:eu-west-1:123456789012:execution:peerway-connect:under-test"
    letter = {"subject": None, "message": f"Peerway: FAILED. redrive\nhttps://console/#/v2/executions/details/{arn}"}
    assert told([letter], {arn}, Normal()).news == []
    assert told([letter], {arn + "2"}, Normal()).failures == []


def test_only_new_ids_and_times_are_taken_out_of_the_text() -> None:
    normal = Normal({"pcx-0123456789abcdef0"})
    assert (
        normal("pcx-0123456789abcdef0 to sg-0123456789abcdef1 since 2026-01-02T03:04:05Z")
        == "pcx-0123456789abcdef0 to <new sg> since <time>"
    )
    assert normal("# generation 1767225600000, 10.110.0.0/16") == "# generation <milliseconds>, 10.110.0.0/16"
    assert normal("peerway-vpc-0123456789abcdef0") == "peerway-<new vpc>"
    assert vpn("table ip peerway {\n/var/lib/peerway/nat.nft: x\n", normal) == {
        "nft": ["table ip peerway {"],
        "saved": ["/var/lib/peerway/nat.nft: x"],
    }


def test_a_call_keeps_its_name_from_run_to_run() -> None:
    calls = numbered(
        [("A", "ec2:CreateRoute", "hub"), ("A", "ec2:CreateRoute", "hub"), ("A", "ec2:CreateRoute", "service")]
    )
    assert [str(call) for call in calls] == [
        "A ec2:CreateRoute hub #1",
        "A ec2:CreateRoute hub #2",
        "A ec2:CreateRoute service #1",
    ]
    assert [CallName.parse(str(call)) for call in calls] == calls
    assert of_every_run([calls, calls[:1]]) == calls[:1]
    with pytest.raises(ValueError, match="no call as the report has them"):
        CallName.parse("anything")


def test_every_kind_fits_every_call_of_a_function_and_a_workflow_has_no_process() -> None:
    assert all(fits(kind, call) for kind in KINDS for call in (READ, CHANGE))
    assert [kind for kind in KINDS if not fits(kind, TELL)] == ["killed"]
    assert sum(variant.fits(READ) for variant in KINDS["killed"]) == 1
    assert sum(variant.fits(CHANGE) for variant in KINDS["killed"]) == 2


def answer(*misses: str) -> dict[str, object]:
    return {"misses": list(misses), "toldAgain": [], "toldOfTheFault": [], "redrives": 0}


def test_reached_is_said_only_where_all_of_n_were_tried_and_none_missed(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    good, missed, half, none = (Cell("connect", "lost", of) for of in (1, 1, 2, 0))
    good.add(str(CHANGE), answer())
    missed.add(str(CHANGE), answer("routes: missing: one"))
    half.add(str(CHANGE), answer())
    failed = Cell("connect", "lost", 1)
    failed.add(str(CHANGE), {"error": "TimeoutError: still running"})
    assert write([good], {}, {}, True, 1, out)
    assert not any(write([good, cell], {}, {}, True, 1, out) for cell in (missed, half, none, failed))
    assert not write([], {}, {}, True, 1, out)
    assert not write([good], {}, {"reconcile": "two undisturbed runs differ"}, True, 1, out)
    assert (missed.report()["reached"], missed.report()["misses"]) == (
        0,
        [{"call": str(CHANGE), "differs": ["routes: missing: one"]}],
    )
