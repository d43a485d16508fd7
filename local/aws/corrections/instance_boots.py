"""An instance that is rebooted, or stopped and started, starts anew.

AWS behaviour ("Instance lifecycle", Amazon EC2 User Guide): both keep the instance's id, private address and root
volume, and lose what was in its memory. moto has nothing that runs and so nothing to lose; the boots are counted for
the packet lab.
"""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world


@corrects(EC2Response, "reboot_instances", "start_instances")
def boot(response: EC2Response, moto: Operation) -> ActionResult:
    answer = moto()
    for instance in response._get_param("InstanceIds", []):
        world.current.boots[instance] = world.current.boots.get(instance, 0) + 1
    return answer
