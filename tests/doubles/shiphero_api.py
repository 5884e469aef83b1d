"""A ShipHero double that is served, and a caller of it with a token."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from crossdock.doubles.server import running
from crossdock.doubles.shiphero import ShipHeroDouble


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Api:
    """Calls of the double; `clock` is its time."""

    def __init__(self, double: ShipHeroDouble, client: httpx.Client, clock: Clock) -> None:
        self.double = double
        self.client = client
        self.clock = clock
        self.refresh()

    def refresh(self) -> None:
        """Fetches an access token."""
        given = self.client.post("/auth/refresh", json={"refresh_token": "refresh-1"}).json()
        self.client.headers["authorization"] = f"{given['token_type']} {given['access_token']}"

    def post(self, query: str, **variables: Any) -> httpx.Response:
        """`POST /graphql`."""
        return self.client.post("/graphql", json={"query": query, "variables": variables})

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = self.post(query, **variables).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def change(self, name: str, input_type: str, selected: str, data: dict[str, Any]) -> Any:
        """The value of a mutation that is taken."""
        return self.ask(_mutation(name, input_type, selected), data=data)[name]

    def refused(self, name: str, input_type: str, selected: str, data: dict[str, Any]) -> Any:
        """The error of a mutation that is not taken."""
        answer = self.post(_mutation(name, input_type, selected), data=data)
        assert answer.status_code == 200
        assert answer.json()["data"] == {name: None}
        (error,) = answer.json()["errors"]
        return error

    def order(self, number: str) -> Any:
        """An order of the double by its number."""
        return next(o for o in self.double.account.orders.values() if o["order_number"] == number)


def _mutation(name: str, input_type: str, selected: str) -> str:
    return f"mutation($data: {input_type}!) {{ {name}(data: $data) {{ {selected} }} }}"


@contextmanager
def api() -> Iterator[Api]:
    """A double of its own."""
    clock = Clock()
    double = ShipHeroDouble(refresh_token="refresh-1", clock=clock)
    with running(double) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield Api(double, client, clock)
