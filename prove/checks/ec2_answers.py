"""What EC2 answers to a call that changes nothing any more, or that is one too many."""

from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.registry import Later, assumption
from prove.stage import SCRATCH_CIDRS, Stage
from prove.target import HUB, SECOND
from prove.verdict import DoesNotHold, Holds, Verdict
from prove.waiting import NotInTime, until

DECIDED_ALREADY = ("InvalidStateTransition", "IncorrectState")
"""What Ec2Network takes for "somebody else has decided meanwhile"."""


@assumption("accept-twice")
def accept_twice(stage: Stage) -> Verdict:
    try:
        stage.ec2(HUB).accept_vpc_peering_connection(VpcPeeringConnectionId=stage.peering)
    except ClientError as e:
        seen = f"{code(e)} for {stage.peering}, which is active"
        return Holds(seen) if code(e) in DECIDED_ALREADY else DoesNotHold(seen)
    return DoesNotHold(f"no error for {stage.peering}, which is active")


@assumption("route-twice")
def route_twice(stage: Stage) -> Verdict:
    ec2, table = stage.ec2(HUB), stage.hub_scratch_table
    route = {
        "RouteTableId": table,
        "DestinationCidrBlock": SCRATCH_CIDRS[SECOND],
        "VpcPeeringConnectionId": stage.peering,
    }
    ec2.create_route(**route)
    try:
        ec2.create_route(**route)
    except ClientError as e:
        seen = f"{code(e)} for the route that {table} has"
        return Holds(seen) if code(e) == "RouteAlreadyExists" else DoesNotHold(seen)
    finally:
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock=SCRATCH_CIDRS[SECOND])
    return DoesNotHold(f"no error for the route that {table} has")


@assumption("tag-limit")
def tag_limit(stage: Stage) -> Verdict:
    ec2 = stage.ec2(SECOND)
    group = stage.make.group(SECOND, stage.second_scratch, "tags")
    own = len(stage.make.tagged("security-group", "tags")[0]["Tags"])
    ec2.create_tags(Resources=[group], Tags=[{"Key": f"prove-{number}", "Value": ""} for number in range(50 - own)])
    try:
        ec2.create_tags(Resources=[group], Tags=[{"Key": "prove-too-many", "Value": ""}])
    except ClientError as e:
        seen = f"{code(e)} for the 51st tag of {group}"
        return Holds(seen) if code(e) == "TagLimitExceeded" else DoesNotHold(seen)
    finally:
        ec2.delete_security_group(GroupId=group)
    return DoesNotHold(f"no error for the 51st tag of {group}")


@assumption("deleted-peering-tags")
def deleted_peering_tags(stage: Stage) -> Verdict:
    ec2, id = stage.ec2(HUB), stage.peering
    ec2.create_tags(Resources=[id], Tags=[{"Key": "prove-before", "Value": "1"}])
    ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=id)
    stage.make.wait_for_peering(HUB, id, "deleted")
    try:
        ec2.create_tags(Resources=[id], Tags=[{"Key": "prove-after", "Value": "1"}])
    except ClientError as e:
        return DoesNotHold(f"tags of {id}, which is deleted, cannot be written: {code(e)}")

    def both() -> bool:
        found = ec2.describe_vpc_peering_connections(Filters=[{"Name": "vpc-peering-connection-id", "Values": [id]}])
        keys = {tag["Key"] for peering in found["VpcPeeringConnections"] for tag in peering.get("Tags", [])}
        return {"prove-before", "prove-after"} <= keys

    try:
        until("tag", both, stage.target.patience.call, stage.target.patience.poll)
    except NotInTime:
        return DoesNotHold(f"EC2 shows {id}, which is deleted, without the tags it got before and after")
    return Holds(f"{id} is deleted, and shows a tag it got before and one it got after")


@assumption("vpc-deletion-ends-peering")
def vpc_deletion_ends_peering(stage: Stage) -> Later:
    vpc, id = stage.second_scratch, stage.peered()
    stage.ec2(SECOND).delete_vpc(VpcId=vpc)
    del stage.second_scratch  # the next check that wants one has it made
    try:
        stage.make.wait_for_peering(HUB, id, "deleted")
    except NotInTime:
        return DoesNotHold(
            f"{id} was active, {vpc} is deleted, and {id} is not deleted after {stage.target.patience.call:.0f} s"
        )
    yield
    event = stage.in_second.first("DeleteVpc", lambda event: vpc in str(event["detail"]["requestParameters"]))
    if event is None:
        return stage.in_second.absence(
            f"{id} went with {vpc}; no DeleteVpc event came within {stage.target.patience.event:.0f} s"
        )
    told = [
        each
        for recorder in (stage.in_second, stage.in_hub)
        for each in recorder.all()
        if each["detail"].get("eventName") == "DeleteVpcPeeringConnection"
        and id in str(each["detail"]["requestParameters"])
    ]
    if told:
        return DoesNotHold(f"{id} went with {vpc}, and a DeleteVpcPeeringConnection event told of it")
    return Holds(f"{id} went with {vpc}; DeleteVpc was the only event")
