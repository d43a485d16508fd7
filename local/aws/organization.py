"""Who belongs to the organisation, and whose account is closed."""

from moto.organizations.models import organizations_backends


def organization_of(account: str) -> str | None:
    """The id of the organisation that an account belongs to, as its management account or a member."""
    for management_account, backends in list(organizations_backends.items()):
        for backend in backends.values():
            if backend.org and account in (management_account, *(member.id for member in backend.accounts)):
                return str(backend.org.id)
    return None


def is_closed(account: str) -> bool:
    """AWS behaviour ("What to expect after you close your account", AWS Account Management Reference Guide): nobody can use a closed
    account's services any more, though what it had remains for 90 days.
    """
    return any(member.id == account and member.status != "ACTIVE"
               for backends in list(organizations_backends.values()) for backend in backends.values() for member in backend.accounts)
