"""A Region that an account has not enabled.

AWS behaviour ("Enable or disable AWS Regions in your account", AWS Account Management Reference Guide: Regions
introduced after 20 March 2019 are disabled by default, and IAM's data is not there until they are enabled): EC2 of such
a Region does not know the account's credentials and answers 401 AuthFailure, "AWS was not able to validate the provided
access credentials" (turbot/steampipe-plugin-aws issue 75). moto knows every account everywhere.
"""

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world

_OPERATIONS = [camelcase_to_underscores(name) for name in get_service_model("ec2").operation_names]


@corrects(EC2Response, *(name for name in _OPERATIONS if hasattr(EC2Response, name)))
def know_nobody(response: EC2Response, moto: Operation) -> ActionResult:
    if (response.current_account, response.region) in world.current.regions_not_enabled:
        raise AwsError("AuthFailure", "AWS was not able to validate the provided access credentials")
    return moto()
