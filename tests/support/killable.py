"""`crossdock`, dying by SIGKILL at the moment that KILL_AT names: `before:claim`, `after:write`, ...

Moments are the journal's transactions (`claim`, `succeed`) and the calls to the vendor (`read orders`,
`read returnOrders`, `write`).
"""

import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from crossdock.cli import main
from crossdock.connector.client import VendorClient
from crossdock.storage.database import Database

MOMENT, _, STEP = os.environ["KILL_AT"].partition(":")
AsyncMethod = Callable[..., Awaitable[Any]]


def die(moment: str, step: str) -> None:
    """Ends this process at once, if this is the moment."""
    if (moment, step) == (MOMENT, STEP):
        os.kill(os.getpid(), signal.SIGKILL)


def deadly(method: AsyncMethod, name_of: Callable[..., str]) -> AsyncMethod:
    """The method, with a death before and after it."""

    async def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        step = name_of(*args)
        die("before", step)
        answer = await method(self, *args, **kwargs)
        die("after", step)
        return answer

    return call


patched: Any = Database
patched.write = deadly(Database.write, lambda query, *_: str(query.__name__))
patched = VendorClient
patched.write = deadly(VendorClient.write, lambda *_: "write")
patched.read_decoded = deadly(VendorClient.read_decoded, lambda request: f"read {request.path.split('/')[1]}")

if __name__ == "__main__":
    main()
