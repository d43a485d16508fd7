"""A call adds all of its security group rules or none.

AWS behaviour ("AuthorizeSecurityGroupIngress", Amazon EC2 API Reference: the request either succeeds or fails as a
whole; a rule that exists makes it InvalidPermission.Duplicate). moto adds rules one after the other and keeps those
before the one that it refuses.
"""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "authorize_security_group_ingress", "authorize_security_group_egress")
def all_or_none(response: EC2Response, moto: Operation) -> ActionResult:
    name = response._get_param("GroupId") or response._get_param("GroupName")
    group = response.ec2_backend.get_security_group_by_name_or_id(name)
    if group is None:
        return moto()
    before = list(group.ingress_rules), list(group.egress_rules)
    try:
        return moto()
    except Exception:
        group.ingress_rules, group.egress_rules = before
        raise
