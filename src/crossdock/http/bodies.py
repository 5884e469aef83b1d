"""JSON bodies as the types that say what they may hold."""

import re
from typing import TypeVar

import msgspec
from starlette.requests import Request

from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.requests import json_content
from crossdock.writes.validation import parse

BodyT = TypeVar("BodyT")

_AT = " - at `$"
_NAMED = re.compile(r"(?:required|unknown) field `([^`]+)`")


async def typed_body(request: Request, kind: type[BodyT]) -> BodyT:
    """The body as a value of that type. Raises `Unprocessable` with the first fault and its place."""
    try:
        return msgspec.convert(parse(await json_content(request)), kind)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(_AT)
        pointer = re.sub(r"\[(\d+)\]", r"/\1", path.rstrip("`")).replace(".", "/")
        if named := _NAMED.search(message):
            pointer = f"{pointer}/{named[1]}"
        raise Unprocessable(message, [FieldFault(pointer, message)]) from error
