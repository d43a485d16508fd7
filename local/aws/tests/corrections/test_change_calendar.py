"""Change Calendar: documents of type ChangeCalendar, and their state."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import refused

EVENT = """BEGIN:VEVENT
UID:{n}
SUMMARY:Freeze
DTSTART:{begin}
DTEND:{end}
{rule}END:VEVENT
"""
Make = Callable[..., str]


def calendar(*events: tuple[str, str], kind: str = "DEFAULT_OPEN", rule: str = "") -> str:
    """An event lasts from its first to its second time."""
    body = "".join(
        EVENT.format(n=n, begin=begin, end=end, rule=rule and rule + "\n") for n, (begin, end) in enumerate(events)
    )
    head = f"BEGIN:VCALENDAR\nPRODID:-//AWS//Change Calendar 1.0//EN\nVERSION:2.0\nX-CALENDAR-TYPE:{kind}\n"
    return (head + body + "END:VCALENDAR\n").replace("\n", "\r\n")


@pytest.fixture
def make(aws: LocalAws) -> Iterator[Make]:
    made = []

    def create(content: str, name: str = "year-end") -> str:
        aws.client("ssm").create_document(
            Name=name, Content=content, DocumentType="ChangeCalendar", DocumentFormat="TEXT"
        )
        made.append(name)
        return name

    yield create
    for name in made:
        aws.client("ssm").delete_document(Name=name)


def state(aws: LocalAws, at: str | None = None, *names: str) -> tuple[str, str | None]:
    asked = {"AtTime": at} if at else {}
    answer: dict[str, Any] = aws.client("ssm").get_calendar_state(CalendarNames=list(names or ["year-end"]), **asked)
    return answer["State"], answer.get("NextTransitionTime")


DECEMBER = ("20261220T000000Z", "20270102T060000Z")


def test_a_calendar_that_is_open_by_default_is_closed_during_its_events(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER))
    assert state(aws, "2026-12-01T00:00:00Z") == ("OPEN", "2026-12-20T00:00:00Z")
    assert state(aws, "2026-12-20T00:00:00Z") == ("CLOSED", "2027-01-02T06:00:00Z")
    assert state(aws, "2027-01-02T06:00:00Z") == ("OPEN", None)


def test_one_that_is_closed_by_default_is_open_during_its_events(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER, kind="DEFAULT_CLOSED"))
    assert state(aws, "2026-12-01T00:00:00Z") == ("CLOSED", "2026-12-20T00:00:00Z")
    assert state(aws, "2026-12-24T00:00:00Z") == ("OPEN", "2027-01-02T06:00:00Z")
    assert state(aws, "2027-01-03T00:00:00+01:00") == ("CLOSED", None)


def test_events_that_meet_are_one_freeze(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER, ("20270101T000000Z", "20270110T000000Z")))
    assert state(aws, "2026-12-24T00:00:00Z") == ("CLOSED", "2027-01-10T00:00:00Z")


def test_an_event_that_recurs_closes_it_again(aws: LocalAws, make: Make) -> None:
    make(calendar(("20261204T180000Z", "20261207T060000Z"), rule="RRULE:FREQ=WEEKLY"))
    assert state(aws, "2026-12-12T00:00:00Z") == ("CLOSED", "2026-12-14T06:00:00Z")
    assert state(aws, "2026-12-15T00:00:00Z") == ("OPEN", "2026-12-18T18:00:00Z")


def test_without_a_time_it_is_the_state_of_now(aws: LocalAws, make: Make) -> None:
    make(calendar(("20000101T000000Z", "29990101T000000Z")))
    assert state(aws) == ("CLOSED", "2999-01-01T00:00:00Z")


def test_several_are_open_only_together(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER))
    make(calendar(("20261201T000000Z", "20261202T000000Z")), "month-end")
    assert state(aws, "2026-12-01T12:00:00Z", "year-end", "month-end") == ("CLOSED", "2026-12-02T00:00:00Z")


def test_a_new_version_counts_once_it_is_the_default(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER))
    ssm = aws.client("ssm")
    ssm.update_document(Name="year-end", Content=calendar(), DocumentFormat="TEXT", DocumentVersion="$LATEST")
    assert state(aws, "2026-12-24T00:00:00Z")[0] == "CLOSED"
    ssm.update_document_default_version(Name="year-end", DocumentVersion="2")
    assert state(aws, "2026-12-24T00:00:00Z") == ("OPEN", None)
    with refused("DuplicateDocumentContent"):
        ssm.update_document(Name="year-end", Content=calendar(), DocumentFormat="TEXT", DocumentVersion="$LATEST")


def test_what_is_no_calendar_is_refused(aws: LocalAws, make: Make) -> None:
    with refused("InvalidDocument"):
        state(aws, None, "nobody-made-it")
    aws.client("ssm").create_document(
        Name="a-command", Content='{"schemaVersion": "2.2", "mainSteps": []}', DocumentType="Command"
    )
    with refused("InvalidDocumentType"):
        state(aws, None, "a-command")
    for content in ("no calendar", calendar(kind="DEFAULT_SLEEPING")):
        with refused("InvalidDocumentContent"):
            make(content, "broken")


def test_another_accounts_calendar_is_named_by_its_arn(aws: LocalAws, make: Make) -> None:
    make(calendar(DECEMBER))
    owner = aws.client("sts").get_caller_identity()["Account"]
    region = aws.client("ssm").meta.region_name
    arn = f"arn:aws:ssm:{region}:{owner}:document/year-end"
    assert state(aws, "2026-12-24T00:00:00Z", arn) == ("CLOSED", "2027-01-02T06:00:00Z")
