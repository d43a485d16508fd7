"""An execution that is stopped, a function that dies, an answer that is lost: in the middle of a step."""

import json
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.ministack_child.functions.exits import how
from local.aws.ministack_child.workflows.redrive import last_entered
from local.aws.tests.conftest import Network, refused

CALL = "sts:GetCallerIdentity"
"""What the function of tests/java calls."""


@pytest.fixture
def states(aws: LocalAws) -> Any:
    return aws.client("stepfunctions")


@pytest.fixture
def machine(aws: LocalAws, hub: dict[str, str], states: Any) -> Iterator[Any]:
    """Makes state machines; they and their executions are gone afterwards."""
    made: list[str] = []

    def make(name: str, start: str, **members: Any) -> str:
        made.append(
            states.create_state_machine(
                name=name,
                roleArn=f"arn:aws:iam::{HUB}:role/any",
                definition=json.dumps({"StartAt": start, "States": members}),
            )["stateMachineArn"]
        )
        return made[-1]

    yield make
    for arn in made:
        for execution in states.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]:
            states.stop_execution(executionArn=execution["executionArn"])
        states.delete_state_machine(stateMachineArn=arn)


@pytest.fixture
def probe(aws: LocalAws, hub: dict[str, str]) -> str:
    """ARN of the function that calls STS once."""
    functions = aws.client("lambda").list_functions()["Functions"]
    return next(str(function["FunctionArn"]) for function in functions if "ProbeFunction" in function["FunctionName"])


def ended(states: Any, execution: str) -> dict[str, Any]:
    until = time.monotonic() + 90
    while (found := states.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() < until, "it does not end"
        time.sleep(0.02)
    return dict(found)


def entered(states: Any, execution: str) -> list[str]:
    return [
        event["stateEnteredEventDetails"]["name"]
        for event in states.get_execution_history(executionArn=execution)["events"]
        if "stateEnteredEventDetails" in event
    ]


def nothing_under_way(aws: LocalAws) -> None:
    until = time.monotonic() + 90
    while aws.ask_ministack("executions", {})["underWay"]:
        assert time.monotonic() < until
        time.sleep(0.02)


def task(resource: str, **members: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": resource} | members


@pytest.mark.parametrize("kind", ["killed", "killed-after"])
def test_a_killed_function_is_told_as_runtime_exit_error(
    aws: LocalAws, states: Any, machine: Any, probe: str, kind: Any
) -> None:
    """ "Troubleshoot invocation issues in Lambda", "Handling errors in Step Functions workflows"."""
    dying = machine("dying", "Probe", Probe=task(probe, End=True))
    fault = aws.faults.add(CALL, kind, function="ProbeFunction")
    mark = aws.calls.last
    failed = ended(states, states.start_execution(stateMachineArn=dying, input='{"fail": "never"}')["executionArn"])
    assert (failed["status"], failed["error"]) == ("FAILED", "Runtime.ExitError")
    assert json.loads(failed["cause"])["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")
    assert fault.times == 0
    assert [call.effect for call in aws.calls.since(mark)] == [kind == "killed-after"]
    # The next invocation gets a new process.
    aws.redrive(failed["executionArn"])
    assert ended(states, failed["executionArn"])["status"] == "SUCCEEDED"


def test_the_words_are_those_of_lambda() -> None:
    assert how(-9) == "Runtime exited with error: signal: killed"
    assert how(1) == "Runtime exited with error: exit status 1"
    assert how(0) == "Runtime exited without providing a reason"


def test_a_lost_answer_has_had_its_effect(aws: LocalAws, network: Network) -> None:
    """ "Retry behavior" (AWS SDKs and Tools Reference Guide): no answer is a passing error,
    so an SDK makes the call again.
    """
    peering = network.request()
    once = boto3.client(
        "ec2",
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=HUB,
        aws_secret_access_key="x",
        config=Config(retries={"max_attempts": 0}),
    )
    aws.faults.add("ec2:AcceptVpcPeeringConnection", "lost")
    mark = aws.calls.last
    with pytest.raises(ConnectionClosedError):
        once.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "active"
    assert aws.calls.since(mark)[0].effect
    aws.faults.add("ec2:DescribeVpcs", "lost")
    assert network.hub_ec2.describe_vpcs()["Vpcs"]  # a client with retries sees nothing of it


def test_a_fault_can_be_ordered_for_a_later_call_and_one_region(aws: LocalAws, network: Network) -> None:
    aws.faults.add("ec2:DescribeVpcs", "before", error="AuthFailure", skip=1)
    aws.faults.add("ec2:DescribeVpcs", "before", error="AuthFailure", region="us-east-1", times=9)
    network.hub_ec2.describe_vpcs()
    with refused("AuthFailure"):
        network.hub_ec2.describe_vpcs()
    network.hub_ec2.describe_vpcs()


def test_a_stopped_execution_enters_no_further_state_and_its_function_goes_on(
    aws: LocalAws, states: Any, machine: Any, probe: str
) -> None:
    """ "StopExecution", AWS Step Functions API Reference."""
    two = machine("two", "First", First=task(probe, ResultPath=None, Next="Second"), Second={"Type": "Succeed"})
    aws.faults.add(CALL, "stopped", function="ProbeFunction")
    mark = aws.calls.last
    execution = states.start_execution(stateMachineArn=two, input='{"fail": "never"}')["executionArn"]
    assert ended(states, execution)["status"] == "ABORTED"
    nothing_under_way(aws)
    assert [call.effect for call in aws.calls.since(mark)] == [True]
    assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"
    assert entered(states, execution) == ["First"]
    aws.redrive(execution)
    assert ended(states, execution)["status"] == "SUCCEEDED"
    assert entered(states, execution)[-2:] == ["First", "Second"]


def test_an_execution_that_was_stopped_before_its_first_state_is_redriven_from_there() -> None:
    definition = {
        "StartAt": "First",
        "States": {"First": {"Type": "Pass", "Next": "Second"}, "Second": {"Type": "Succeed"}},
    }
    execution = {"input": '{"peeringId": "pcx-1"}', "events": [{"type": "ExecutionStarted", "id": 1}]}
    assert last_entered(definition, execution) == ("First", {"peeringId": "pcx-1"})
    second = {"type": "SucceedStateEntered", "stateEnteredEventDetails": {"name": "Second", "input": "{}"}}
    assert last_entered(definition, execution | {"events": [*execution["events"], second]}) == ("Second", {})


def test_a_branch_of_a_stopped_execution_goes_no_further_either(
    aws: LocalAws, states: Any, machine: Any, probe: str
) -> None:
    branch = {
        "StartAt": "First",
        "States": {"First": task(probe, ResultPath=None, Next="Second"), "Second": task(probe, End=True)},
    }
    both = machine(
        "both",
        "Both",
        Both={
            "Type": "Parallel",
            "Branches": [branch],
            "End": True,
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}],
        },
        Caught={"Type": "Succeed"},
    )
    aws.faults.add(CALL, "stopped", function="ProbeFunction")
    mark = aws.calls.last
    execution = states.start_execution(stateMachineArn=both, input='{"fail": "never"}')["executionArn"]
    assert ended(states, execution)["status"] == "ABORTED"
    nothing_under_way(aws)
    time.sleep(0.3)
    assert len(aws.calls.since(mark)) == 1
    assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"


def nesting(machine: Any, nested: str, **members: Any) -> str:
    return str(
        machine(
            "nesting",
            "Nest",
            Nest=task(
                "arn:aws:states:::states:startExecution.sync:2",
                End=True,
                Parameters={"StateMachineArn": nested, "Name": "nested", "Input": {"fail": "never"}},
                **members,
            ),
        )
    )


def test_a_nested_execution_that_fails_fails_its_task_with_all_that_describes_it(
    aws: LocalAws, states: Any, machine: Any, probe: str
) -> None:
    """ "Start a new AWS Step Functions state machine from a running execution"."""
    nested = machine("nested", "Probe", Probe=task(probe, End=True))
    aws.faults.add(CALL, "killed", function="ProbeFunction")
    failed = ended(states, states.start_execution(stateMachineArn=nesting(machine, nested))["executionArn"])
    cause = json.loads(failed["cause"])
    assert (failed["error"], cause["Status"], cause["Error"]) == ("States.TaskFailed", "FAILED", "Runtime.ExitError")
    # It is an execution like any other: its name is used, and it can be redriven.
    aws.redrive(failed["executionArn"])
    assert ended(states, failed["executionArn"])["error"] == "StepFunctions.ExecutionAlreadyExistsException"
    aws.redrive(cause["ExecutionArn"])
    assert ended(states, cause["ExecutionArn"])["status"] == "SUCCEEDED"


def test_what_a_redriven_execution_starts_runs_its_own_definition(aws: LocalAws, states: Any, machine: Any) -> None:
    nested = machine("nested", "Own", Own={"Type": "Pass", "Result": "its own", "End": True})
    parent = nesting(machine, nested)
    aws.ask_ministack(
        "faults", {"faults": [{"action": "states:StartExecution", "machine": "nesting", "kind": "before"}]}
    )
    failed = ended(states, states.start_execution(stateMachineArn=parent)["executionArn"])
    assert (failed["status"], failed["error"]) == ("FAILED", "StepFunctions.InternalErrorException")
    aws.redrive(failed["executionArn"])
    assert ended(states, failed["executionArn"])["status"] == "SUCCEEDED"
    (execution,) = states.list_executions(stateMachineArn=nested)["executions"]
    assert entered(states, execution["executionArn"]) == ["Own"]


def test_stopping_a_task_that_waits_for_a_nested_execution_stops_that_one_too(
    aws: LocalAws, states: Any, machine: Any
) -> None:
    """ "Run a Job (.sync)" in "Service integration patterns"."""
    nested = machine("nested", "Wait", Wait={"Type": "Wait", "Seconds": 600, "End": True})
    parent = states.start_execution(stateMachineArn=nesting(machine, nested))["executionArn"]
    until = time.monotonic() + 90
    while not (running := states.list_executions(stateMachineArn=nested)["executions"]):
        assert time.monotonic() < until
        time.sleep(0.02)
    states.stop_execution(executionArn=parent)
    assert ended(states, running[0]["executionArn"])["status"] == "ABORTED"


@pytest.mark.parametrize(
    ("kind", "error", "told"),
    [
        ("before", "SNS.InternalErrorException", 0),
        ("after", "SNS.InternalErrorException", 1),
        ("lost", "SNS.SdkClientException", 1),
        ("throttle", "SNS.AmazonSNSException", 0),
    ],
)
def test_what_a_workflow_calls_itself_can_fail_as_well(
    aws: LocalAws, states: Any, machine: Any, hub: dict[str, str], kind: str, error: str, told: int
) -> None:
    """ "Integrating optimized services with Step Functions"."""
    sns, sqs = aws.client("sns"), aws.client("sqs")
    topic = sns.create_topic(Name=f"told-{kind}")["TopicArn"]
    queue = sqs.create_queue(QueueName=f"told-{kind}")["QueueUrl"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"],
    )
    telling = machine(
        "telling",
        "Tell",
        Tell=task("arn:aws:states:::sns:publish", End=True, Parameters={"TopicArn": topic, "Message": "news"}),
    )
    mark = aws.ask_ministack("integrations", {})["last"]
    struck = aws.ask_ministack("faults", {"faults": [{"action": "sns:Publish", "machine": "telling", "kind": kind}]})[
        "struck"
    ]
    failed = ended(states, states.start_execution(stateMachineArn=telling)["executionArn"])
    assert (failed["status"], failed["error"]) == ("FAILED", error)
    assert aws.ask_ministack("faults", {})["struck"] == struck + 1
    assert len(sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])) == told
    calls = aws.ask_ministack("integrations", {"since": mark})["calls"]
    assert [(call["action"], call["machine"]) for call in calls] == [("sns:Publish", "telling")]


def test_what_has_ended_can_be_forgotten(aws: LocalAws, states: Any, machine: Any) -> None:
    quick = machine("quick", "Done", Done={"Type": "Succeed"})
    execution = states.start_execution(stateMachineArn=quick, name="once")["executionArn"]
    ended(states, execution)
    assert execution in aws.ask_ministack("executions", {})["executions"]
    assert execution not in aws.ask_ministack("executions", {"forget": True})["executions"]
    states.start_execution(stateMachineArn=quick, name="once")
