"""Who belongs to the organisation, and whose account is closed."""

from typing import Any

from moto.organizations.models import organizations_backends


def organization_of(account: str) -> str | None:
    """The id of the organisation that an account belongs to, as its management account or a member."""
    for management_account, backends in list(organizations_backends.items()):
        for backend in backends.values():
            if backend.org and account in (management_account, *(member.id for member in backend.accounts)):
                return str(backend.org.id)
    return None


def is_closed(account: str) -> bool:
    """AWS behaviour ("What to expect after you close your account", AWS Account Management Reference Guide): nobody can
    use a closed account's services any more, though what it had remains for 90 days.
    """
    return any(member.status == "SUSPENDED" for member in _members(account))


def set_state(account: str, state: str) -> None:
    """AWS behaviour ("CloseAccount", Organizations API Reference): while a closure is under way the account's state is
    PENDING_CLOSURE, afterwards SUSPENDED. moto knows the end only.
    """
    for member in _members(account):
        member.status = member.state = state


def _members(account: str) -> list[Any]:
    return [
        member
        for backends in list(organizations_backends.values())
        for backend in backends.values()
        for member in backend.accounts
        if member.id == account
    ]
