"""What Change Calendar answers."""

from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.registry import assumption
from prove.stage import Stage
from prove.target import HUB
from prove.verdict import DoesNotHold, Holds, Verdict

_CALENDAR = (
    "BEGIN:VCALENDAR\r\nPRODID:-//AWS//Change Calendar 1.0//EN\r\nVERSION:2.0\r\nX-CALENDAR-TYPE:DEFAULT_OPEN\r\n"
    "X-WR-CALDESC:make prove\r\nBEGIN:VEVENT\r\nUID:prove\r\nDTSTAMP:{begin}\r\nSUMMARY:Freeze\r\n"
    "DTSTART:{begin}\r\nDTEND:{end}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@assumption("closed-calendar-says-when-it-opens")
def closed_calendar(stage: Stage) -> Verdict:
    ssm, name = stage.target.client(HUB, "ssm"), f"{stage.target.run}-freezes"
    now = datetime.now(UTC).replace(microsecond=0)
    begin, end = now - timedelta(hours=1), now + timedelta(hours=1)
    content = _CALENDAR.format(begin=f"{begin:%Y%m%dT%H%M%SZ}", end=f"{end:%Y%m%dT%H%M%SZ}")
    with stage.journal.making("calendar", HUB, stage.target.region, name) as made:
        ssm.create_document(Name=name, Content=content, DocumentType="ChangeCalendar", DocumentFormat="TEXT")
        made.id = name
    answer = ssm.get_calendar_state(CalendarNames=[name])
    state, turn = answer["State"], answer.get("NextTransitionTime")
    seen = f"{state}, NextTransitionTime {turn}, for an event that ends at {end.isoformat()}"
    return Holds(seen) if state == "CLOSED" and _is(turn, end) else DoesNotHold(seen)


def _is(said: str | None, end: datetime) -> bool:
    try:
        return said is not None and abs(datetime.fromisoformat(said) - end) < timedelta(minutes=1)
    except (ValueError, TypeError):  # no time, or one without an offset
        return False


@assumption("calendar-that-is-gone")
def calendar_that_is_gone(stage: Stage) -> Verdict:
    name = f"{stage.target.run}-nobody-made-it"
    try:
        stage.target.client(HUB, "ssm").get_calendar_state(CalendarNames=[name])
    except ClientError as e:
        seen = f"{code(e)} for a calendar that does not exist"
        return Holds(seen) if code(e) == "InvalidDocument" else DoesNotHold(seen)
    return DoesNotHold("no error for a calendar that does not exist")
