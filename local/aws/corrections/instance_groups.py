"""ModifyInstanceAttribute with groups changes those of the primary network interface.

AWS behaviour ("ModifyInstanceAttribute", Amazon EC2 API Reference, GroupId: "Replaces the security groups of the
instance with the specified security groups"; "Change the security groups for your Amazon EC2 instance", User Guide:
they are the interface's). moto leaves the interface the groups that it had, and shows both.
"""

from moto.ec2.models.instances import Instance, InstanceBackend

_moto_modifies = InstanceBackend.modify_instance_security_groups


def _modify(self: InstanceBackend, instance_id: str, new_group_id_list: list[str]) -> Instance:
    instance = _moto_modifies(self, instance_id, new_group_id_list)
    instance.nics[0]._group_set = list(instance.security_groups)
    return instance


InstanceBackend.modify_instance_security_groups = _modify  # type: ignore[method-assign]
