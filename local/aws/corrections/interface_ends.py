"""What becomes of the network interfaces of an instance that is terminated.

AWS behaviour ("InstanceNetworkInterfaceSpecification", Amazon EC2 API Reference, DeleteOnTermination; "Delete a network
interface", Amazon EC2 User Guide): an interface made with the instance is deleted with it, unless the request says
otherwise; any other is detached and stays. moto deletes none that the request does not name so, and leaves them
attached to what is gone.
"""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "run_instances")
def run(response: EC2Response, moto: Operation) -> ActionResult:
    answer = moto()
    kept = {
        specification["DeviceIndex"]
        for specification in response._get_param("NetworkInterfaces", [])
        if "NetworkInterfaceId" in specification or specification.get("DeleteOnTermination") is False
    }
    for instance in answer.result.instances:
        for index, interface in instance.nics.items():
            interface.delete_on_termination = index not in kept
    return answer


@corrects(EC2Response, "terminate_instances")
def terminate(response: EC2Response, moto: Operation) -> ActionResult:
    answer = moto()
    for interface in response.ec2_backend.enis.values():
        if interface.instance is not None and interface.instance.state == "terminated":
            interface.instance = interface.attachment_id = interface.attach_time = None
            interface.status = "available"
    return answer
