"""The machines of a real run: the VPN instance with a client behind it, and how commands get there."""

import shlex
from typing import Any

from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.target import Ran
from prove.waiting import Patience, until

IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
"""RunInstances resolves it ("Use Systems Manager parameters instead of AMI IDs", EC2 user guide).
The image has an SSM agent and sshd.
"""

TYPE = "t4g.nano"

CLIENT_POOL = "100.64.250.0/24"
_GATEWAY, _CLIENT = "100.64.250.1", "100.64.250.2"

USER_DATA = f"""#!/bin/bash
# A VPN client lives on the VPN instance itself, in a network namespace: what it sends comes in from an address of the
# client pool, as from a tunnel. It needs no key and no certificate.
dnf install -y nftables conntrack-tools iproute util-linux
dnf upgrade -y amazon-ssm-agent
ip netns add client
ip link add tunnel type veth peer name eth0 netns client
ip addr add {_GATEWAY}/24 dev tunnel
ip link set tunnel up
ip -n client addr add {_CLIENT}/24 dev eth0
ip -n client link set eth0 up
ip -n client link set lo up
ip -n client route add default via {_GATEWAY}
touch /var/lib/peerway-prove-ready
"""

READY = "test -e /var/lib/peerway-prove-ready"


def knock(ip: str) -> str:
    """From the client: the first bytes of whatever listens on port 22.
    An ssh server says `SSH-2.0-…` at once (RFC 4253, 4.2).
    """
    return f"ip netns exec client timeout 6 bash -c 'exec 3<>/dev/tcp/{ip}/22 && head -c 7 <&3 | grep SSH-2.0'"


class Machines:
    def __init__(self, ssm: Any, patience: Patience) -> None:
        self._ssm, self._patience = ssm, patience

    def online(self, instance: str) -> None:
        """Its agent has registered, which needs a minute or two after the boot."""

        def is_online() -> bool:
            asked = self._ssm.describe_instance_information(Filters=[{"Key": "InstanceIds", "Values": [instance]}])
            return any(each["PingStatus"] == "Online" for each in asked["InstanceInformationList"])

        until(f"SSM agent of {instance} that is online", is_online, self._patience.workflow, self._patience.poll)

    def run(self, instance: str, command: str) -> Ran:
        """As root, by Run Command with AWS's own document."""
        sent = self._ssm.send_command(
            InstanceIds=[instance],
            DocumentName="AWS-RunShellScript",
            TimeoutSeconds=60,
            Parameters={"commands": [command], "executionTimeout": ["60"]},
        )["Command"]["CommandId"]

        def ended() -> dict[str, Any] | None:
            try:
                now = self._ssm.get_command_invocation(CommandId=sent, InstanceId=instance)
            except ClientError as e:
                if code(e) == "InvocationDoesNotExist":  # right after SendCommand
                    return None
                raise
            return dict(now) if now["Status"] not in ("Pending", "InProgress", "Delayed") else None

        done = until(f"end of a command on {instance}", ended, self._patience.call + 120, 2)
        return Ran(done["ResponseCode"], (done["StandardOutputContent"] + done["StandardErrorContent"]).strip()[-500:])

    def run_words(self, instance: str, argv: list[str]) -> Ran:
        return self.run(instance, shlex.join(argv))
