"""Taking all tags off.

AWS behaviour ("DeleteTags", Amazon EC2 API Reference): without the parameter Tags, all tags of the resources are
deleted except those that AWS has made (prefix aws:). moto deletes none.
"""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "delete_tags")
def delete(response: EC2Response, moto: Operation) -> ActionResult:
    result = moto()
    if not response._get_param("Tags", []):
        for resource in response._get_param("Resources", []):
            tags = response.ec2_backend.tags.get(resource, {})
            for key in [key for key in tags if not key.startswith("aws:")]:
                del tags[key]
    return result
