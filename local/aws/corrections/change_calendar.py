"""Change Calendar: documents of type ChangeCalendar, and their state.

AWS behaviour ("AWS Systems Manager Change Calendar", its User Guide; "GetCalendarState", "CreateDocument", API
Reference; "AWS::SSM::Document", example "Create a Systems Manager Change Calendar document"):
- such a document has the format TEXT and holds iCalendar 2.0 data, whose X-CALENDAR-TYPE is DEFAULT_OPEN or
  DEFAULT_CLOSED; another content is refused (InvalidDocumentContent);
- a calendar of DEFAULT_OPEN is CLOSED during its events and OPEN at all other times, one of DEFAULT_CLOSED the other
  way round. Of several calendars the answer is OPEN only where all are;
- AtTime is the moment that is asked for, now if there is none; NextTransitionTime is when the state changes next;
- a name that does not exist is InvalidDocument, a document of another type InvalidDocumentType; a calendar of another
  account that shares it is named by its ARN.

moto knows the type, takes no TEXT, and has no GetCalendarState.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]
from moto.core.responses import ActionResult
from moto.ssm.models import Document, ssm_backends
from moto.ssm.responses import SimpleSystemManagerResponse

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects

_TYPE = "ChangeCalendar"
_STAND_IN = '{"schemaVersion": "1.0"}'
"""What moto is given to keep, as it reads no text."""

_AHEAD = timedelta(days=366)
"""How far the next transition is looked for."""


class Calendar:
    def __init__(self, text: str) -> None:
        try:
            self._events = icalendar.Calendar.from_ical(text)
        except ValueError as wrong:
            raise AwsError("InvalidDocumentContent", f"The content for the document is not valid: {wrong}") from None
        kind = self._events.get("X-CALENDAR-TYPE")
        if kind not in ("DEFAULT_OPEN", "DEFAULT_CLOSED"):
            raise AwsError("InvalidDocumentContent", f"X-CALENDAR-TYPE: DEFAULT_OPEN or DEFAULT_CLOSED, got {kind}")
        self._open_by_default = kind == "DEFAULT_OPEN"

    def spans(self, moment: datetime) -> list[tuple[datetime, datetime]]:
        """The events from a year before to a year after, each with its beginning and its end."""
        events = recurring_ical_events.of(self._events).between(moment - _AHEAD, moment + _AHEAD)
        return [(_moment(event["DTSTART"].dt), _moment(event["DTEND"].dt)) for event in events]

    def is_open(self, moment: datetime) -> bool:
        during = any(begin <= moment < end for begin, end in self.spans(moment))
        return self._open_by_default is not during


def _moment(value: date) -> datetime:
    """Of a whole day its first moment."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


@corrects(SimpleSystemManagerResponse, "create_document")
def create(response: SimpleSystemManagerResponse, moto: Operation) -> ActionResult:
    if response._get_param("DocumentType") != _TYPE:
        return moto()
    text = _text(response)
    documents = response.ssm_backend.create_document(
        content=_STAND_IN,
        requires=response._get_param("Requires"),
        attachments=response._get_param("Attachments"),
        name=response._get_param("Name"),
        version_name=response._get_param("VersionName"),
        document_type=_TYPE,
        document_format="JSON",
        target_type=response._get_param("TargetType"),
        tags=response._get_param("Tags"),
    )
    _keep(documents.get_latest_version(), text)
    return ActionResult({"DocumentDescription": documents.describe(tags=response._get_param("Tags"))})


@corrects(SimpleSystemManagerResponse, "update_document")
def update(response: SimpleSystemManagerResponse, moto: Operation) -> ActionResult:
    name = response._get_param("Name")
    documents = response.ssm_backend._get_documents(name)
    if documents.get_default_version().document_type != _TYPE:
        return moto()
    text = _text(response)
    if any(version.content == text for version in documents.versions.values()):
        raise AwsError("DuplicateDocumentContent", "The content of the document matches another version")
    described = response.ssm_backend.update_document(
        content=_STAND_IN,
        attachments=response._get_param("Attachments"),
        name=name,
        version_name=response._get_param("VersionName"),
        document_version=response._get_param("DocumentVersion", "$LATEST"),
        document_format="JSON",
        target_type=response._get_param("TargetType"),
    )
    _keep(documents.get_latest_version(), text)
    return ActionResult({"DocumentDescription": described | {"DocumentFormat": "TEXT"}})


def _text(response: SimpleSystemManagerResponse) -> str:
    if response._get_param("DocumentFormat") != "TEXT":
        raise AwsError("InvalidDocumentContent", "a change calendar has the document format TEXT")
    text = str(response._get_param("Content"))
    Calendar(text)
    return text


def _keep(document: Document, text: str) -> None:
    document.content = text
    document.document_format = "TEXT"


def _get_calendar_state(response: SimpleSystemManagerResponse) -> ActionResult:
    asked = response._get_param("AtTime")
    moment = _moment(datetime.fromisoformat(asked)) if asked else datetime.now(UTC)
    calendars = [_calendar(response, name) for name in response._get_param("CalendarNames")]
    is_open = _all_open(calendars, moment)
    turn = next((at for at in _boundaries(calendars, moment) if _all_open(calendars, at) is not is_open), None)
    answer: dict[str, Any] = {"State": "OPEN" if is_open else "CLOSED", "AtTime": _written(moment)}
    return ActionResult(answer | ({"NextTransitionTime": _written(turn)} if turn else {}))


SimpleSystemManagerResponse.get_calendar_state = _get_calendar_state  # type: ignore[attr-defined]


def _all_open(calendars: list[Calendar], moment: datetime) -> bool:
    return all(calendar.is_open(moment) for calendar in calendars)


def _boundaries(calendars: list[Calendar], after: datetime) -> Iterator[datetime]:
    bounds = {bound for calendar in calendars for span in calendar.spans(after) for bound in span}
    yield from sorted(bound for bound in bounds if bound > after)


def _calendar(response: SimpleSystemManagerResponse, name: str) -> Calendar:
    account, region = response.current_account, response.region
    if name.startswith("arn:"):
        _, _, _, region, account, name = name.replace("document/", "").split(":", 5)
    documents = ssm_backends[account][region]._documents.get(name)
    if documents is None:
        raise AwsError("InvalidDocument", "The specified document does not exist.")
    document = documents.get_default_version()
    if document.document_type != _TYPE:
        raise AwsError("InvalidDocumentType", f"{name} is a document of type {document.document_type}")
    return Calendar(document.content)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
