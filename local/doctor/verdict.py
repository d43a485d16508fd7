"""Whether the doctor was right."""

from typing import Any

from local.doctor.ways import Way


def misses(way: Way, answer: dict[str, Any], accounts: dict[str, str]) -> list[str]:
    """What the answer lacks, each in a line; none where it is right.

    `accounts`: those of `hub` and `service`.
    """
    first = answer.get("first") or {}
    found = [
        f"{what}: {wanted!r} expected, got {got!r}"
        for what, wanted, got, is_so in (
            ("at", way.at, first.get("at", ""), first.get("at", "") == way.at),
            ("evidence", way.says, first.get("evidence", ""), way.says in first.get("evidence", "")),
            ("summary", way.summary, answer["summary"], way.summary in answer["summary"]),
            ("mend", way.mend, first.get("mend", ""), way.mend in first.get("mend", "")),
            (
                "changed",
                accounts.get(way.by, ""),
                first.get("changed", ""),
                not way.by or f":{accounts[way.by]}:" in first.get("changed", ""),
            ),
        )
        if not is_so
    ]
    if way.at and first.get("evidence", "") not in answer["summary"]:
        found.append("the summary does not say what the first wrong station is")
    return found


def false_alarms(answer: dict[str, Any]) -> list[str]:
    """Of a path that works: whatever is not right."""
    return [
        f"{hop['at']} is {hop['verdict']}: {hop['evidence']}" for hop in answer["hops"] if hop["verdict"] != "RIGHT"
    ]
