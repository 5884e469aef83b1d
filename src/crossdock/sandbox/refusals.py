"""What the sandbox answers when it will not do what was asked."""


class Refused(Exception):
    """A refusal: an HTTP status, a sentence, and the place in the body (RFC 6901) where there is one."""

    def __init__(self, status: int, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.field = field


def missing(message: str) -> Refused:
    """404: the path names something that is not there."""
    return Refused(404, message)


def conflict(message: str, field: str | None = None) -> Refused:
    """409: the record's state, or a number that is taken, stands against it."""
    return Refused(409, message, field)


def unfit(message: str, field: str) -> Refused:
    """422: a value of the body cannot be used."""
    return Refused(422, message, field)
