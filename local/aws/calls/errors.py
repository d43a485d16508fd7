"""An AWS error that moto turns into an answer in the protocol of the call."""

from moto.core.exceptions import ServiceException


class AwsError(ServiceException):
    """Code and message. moto's own subclasses are tied to one service by their module;
    this one is to the service called.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
