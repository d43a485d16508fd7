"""What the page asks of AWS, as a person of the hub account would."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.console import metrics

Json = dict[str, Any]


class Refused(Exception):
    """AWS's own words for why there is no answer."""


class Account(Protocol):
    """Each method may raise Refused."""

    id: str
    region: str

    def dashboards(self) -> list[str]: ...

    def dashboard(self, name: str) -> Json:
        """Its body."""
        ...

    def invoke(self, function: str, event: Json) -> Any:
        """What the function answers. Never sent twice: it may be an action."""
        ...

    def values(self, widget: Json, seconds: int) -> list[Json]:
        """The latest value of each metric of a widget in that time, where there is one."""
        ...

    def alarms(self, arns: list[str]) -> list[Json]:
        """Name, state and the state's reason of each."""
        ...


class HubAccount:
    """An Account behind an endpoint of the local AWS."""

    def __init__(self, account: str, region: str, endpoint: str) -> None:
        self.id, self.region = account, region
        session = boto3.session.Session()

        def client(service: str) -> Any:
            return session.client(
                service,
                region_name=region,
                endpoint_url=endpoint,
                aws_access_key_id=account,
                aws_secret_access_key="local",
                config=Config(retries={"max_attempts": 0}, read_timeout=120),
            )

        self._cloudwatch, self._lambda = client("cloudwatch"), client("lambda")

    def dashboards(self) -> list[str]:
        pages = self._asked(lambda: list(self._cloudwatch.get_paginator("list_dashboards").paginate()))
        return [entry["DashboardName"] for page in pages for entry in page.get("DashboardEntries", [])]

    def dashboard(self, name: str) -> Json:
        body = self._asked(lambda: self._cloudwatch.get_dashboard(DashboardName=name))["DashboardBody"]
        return dict(json.loads(body))

    def invoke(self, function: str, event: Json) -> Any:
        answer = self._asked(lambda: self._lambda.invoke(FunctionName=function, Payload=json.dumps(event)))
        payload = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            raise Refused(
                f"{payload.get('errorType', answer['FunctionError'])}: {payload.get('errorMessage', payload)}"
            )
        return payload

    def values(self, widget: Json, seconds: int) -> list[Json]:
        try:
            series = list(metrics.of_widget(widget))
        except metrics.Malformed as e:
            raise Refused(str(e)) from None
        return [self._latest(each, seconds) for each in series]

    def _latest(self, series: metrics.Series | metrics.Expression, seconds: int) -> Json:
        if isinstance(series, metrics.Expression):
            return {"label": series.label, "value": None, "why": "not calculated here"}
        now = datetime.now(UTC)
        query = {
            "Id": "m",
            "MetricStat": {
                "Metric": {
                    "Namespace": series.namespace,
                    "MetricName": series.name,
                    "Dimensions": [{"Name": name, "Value": value} for name, value in series.dimensions],
                },
                "Period": series.period,
                "Stat": series.stat,
            },
        }
        told = {key: value for key, value in asdict(series).items() if key in ("label", "stat")}
        try:
            (result,) = self._asked(
                lambda: self._cloudwatch.get_metric_data(
                    MetricDataQueries=[query],
                    StartTime=now - timedelta(seconds=seconds),
                    EndTime=now,
                    ScanBy="TimestampDescending",
                )
            )["MetricDataResults"]
        except Refused as e:
            return {**told, "value": None, "why": str(e)}
        if not result["Values"]:
            return {**told, "value": None, "why": "no value here"}
        return {**told, "value": result["Values"][0], "at": result["Timestamps"][0].isoformat()}

    def alarms(self, arns: list[str]) -> list[Json]:
        names = [arn.split(":alarm:", 1)[-1] for arn in arns]
        found = self._asked(lambda: self._cloudwatch.describe_alarms(AlarmNames=names))["MetricAlarms"] if names else []
        there = {alarm["AlarmName"]: alarm for alarm in found}
        return [
            {
                "name": name,
                "state": there[name]["StateValue"] if name in there else "MISSING",
                "reason": there[name].get("StateReason", "") if name in there else "there is no such alarm",
            }
            for name in names
        ]

    @staticmethod
    def _asked(call: Any) -> Any:
        try:
            return call()
        except (ClientError, BotoCoreError) as e:
            raise Refused(str(e)) from None
