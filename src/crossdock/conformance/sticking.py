"""A double whose pages never end: the first answer to a question is the answer to every further one."""

import orjson
from starlette.types import Message, Receive, Scope, Send

from crossdock.doubles.double import Double

Question = tuple[str, str, str]

CURSORS = {"after", "before", "cursor", "first", "last", "offset", "page"}
"""What the variables of a GraphQL query that say which page is wanted are usually called."""


class Sticking:
    """An ASGI application before a double. While `stuck`, whatever is asked again gets its first answer.

    What is asked is told by method, path and body: not by the query, nor by a cursor among the variables of
    a GraphQL request.
    `asked` counts the requests since it stuck.
    """

    def __init__(self, double: Double) -> None:
        self._double = double
        self._answers: dict[Question, list[Message]] = {}
        self.stuck = False
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if not self.stuck:
            await self._double(scope, receive, send)
            return
        self.asked += 1
        messages = [await receive()]
        while messages[-1].get("more_body"):
            messages.append(await receive())
        body = b"".join(message.get("body", b"") for message in messages)
        question = (scope["method"], scope["path"], _but_for_cursor(body))
        if question not in self._answers:
            self._answers[question] = await self._first_answer(scope, messages, receive)
        for message in self._answers[question]:
            await send(message)

    async def _first_answer(self, scope: Scope, messages: list[Message], receive: Receive) -> list[Message]:
        waiting = iter(messages)
        sent: list[Message] = []

        async def replayed() -> Message:
            return next(waiting, None) or await receive()

        async def kept(message: Message) -> None:
            sent.append(message)

        await self._double(scope, replayed, kept)
        return sent


def _but_for_cursor(body: bytes) -> str:
    """A body as text, a GraphQL one without the variables that say which page is wanted."""
    try:
        decoded = orjson.loads(body)
    except ValueError:
        return body.decode("latin-1")
    if isinstance(decoded, dict) and isinstance(decoded.get("variables"), dict):
        kept = {name: value for name, value in decoded["variables"].items() if name not in CURSORS}
        decoded = {**decoded, "variables": kept}
    return orjson.dumps(decoded).decode()
