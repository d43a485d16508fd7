"""`DryRun` changes nothing.

AWS behaviour ("CreateRoute", Amazon EC2 API Reference, and every other action with the parameter): DryRun checks
whether the caller has the permissions, without making the request, and answers DryRunOperation if so. moto heeds it in
some actions only; CreateRoute and the peering actions go ahead.
"""

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.ec2.exceptions import DryRunClientError
from moto.ec2.responses import EC2Response

from local.aws.corrections.correction import Operation, corrects

_OPERATIONS = [camelcase_to_underscores(name) for name in get_service_model("ec2").operation_names]


@corrects(EC2Response, *(name for name in _OPERATIONS if hasattr(EC2Response, name)))
def answer_without_doing(response: EC2Response, moto: Operation) -> ActionResult:
    if response._get_bool_param("DryRun", False):
        raise DryRunClientError()
    return moto()
