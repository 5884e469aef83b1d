"""Business Central's API over a company, every request and answer checked, and the endpoint for tokens.

The specification is derived, see the README beside it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers

from crossdock.doubles.business_central import orders, postings, queries
from crossdock.doubles.business_central.company import Asked, Refusal
from crossdock.doubles.business_central.grant import AUTHORIZE, Delegated, NotGiven
from crossdock.doubles.business_central.seed import seeded
from crossdock.doubles.double import Door, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.rest import RestDouble
from crossdock.doubles.specification import Call, specification_of

FILE = Path(__file__).parent / "specification" / "openapi.json"
API = "/api/v2.0"
TOKEN = "/oauth2/v2.0/token"  # noqa: S105  (a path)
SCOPE = "https://api.businesscentral.dynamics.com/.default"
ENTRA = frozenset({("POST", TOKEN), ("GET", AUTHORIZE)})
GRANTS = frozenset({"client_credentials", "authorization_code", "refresh_token"})
LIFETIME = 3599
COMPANY = "/companies({company_id})"
CODES = {401: "Authentication_InvalidCredentials", 404: "BadRequest_NotFound", 500: "Internal_ServerError"}

READ_ONLY = (
    "items", "locations", "customers", "vendors", "employees",
    "currencies", "paymentTerms", "shipmentMethods", "unitsOfMeasure",
)  # fmt: skip
DOCUMENTS = ("salesOrders", "purchaseOrders", "salesShipments", "purchaseReceipts")


def _operations() -> Mapping[str, Callable[[Any], Any]]:
    found: dict[str, Callable[[Any], Any]] = {
        f"GET {COMPANY}": lambda asked: {"id": asked.company.id, "name": "EXAMPLE", "displayName": "Example"}
    }
    found |= {f"GET {COMPANY}/{name}": queries.collection(name) for name in (*READ_ONLY, *DOCUMENTS)}
    found |= {f"GET {COMPANY}/{name}({{id}})": queries.one(name) for name in DOCUMENTS}
    for name, lines, action in (
        ("salesOrders", "salesOrderLines", "shipAndInvoice"),
        ("purchaseOrders", "purchaseOrderLines", "receiveAndInvoice"),
    ):
        one, line = f"{COMPANY}/{name}({{id}})", f"{COMPANY}/{lines}({{id}})"
        found |= {
            f"POST {COMPANY}/{name}": orders.create(name),
            f"PATCH {one}": orders.update(name),
            f"DELETE {one}": orders.delete(name),
            f"POST {one}/{lines}": orders.create_line(name),
            f"PATCH {line}": orders.update_line(name),
            f"DELETE {line}": orders.delete_line(name),
            f"POST {one}/Microsoft.NAV.{action}": postings.post(name),
        }
    return found


class BusinessCentralDouble(RestDouble):
    """An ASGI application; `company` is seeded as `seed` says. `clock` gives seconds; tokens end by it.

    `client_id` and `client_secret` are those of the application that gets tokens, any unless told, and
    `delegated` what people let it do.
    """

    def __init__(
        self,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        latency: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(specification_of(FILE), _operations(), api=API, latency=latency)
        self.company = seeded()
        self.delegated = Delegated()
        self._client = (client_id, client_secret)
        self._clock = clock
        self._numbers = count(1)
        self._good_until: dict[str, float] = {}
        # One record at a time: numbers are given out in order.
        self._writing = threading.Lock()

    def relative(self, path: str) -> str:
        """A path of the API, or that of one of Microsoft Entra's endpoints."""
        entra = next((one for one in (TOKEN, AUTHORIZE) if path.endswith(one)), None)
        return super().relative(path) if entra is None else entra

    def call(self, received: Received, path: str) -> Call:
        """The operation. Raises `Violation`."""
        if (received.method, received.path) in ENTRA:
            return Call(received.method, received.path, {})
        return super().call(received, path)

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when there is no such method and path."""
        if (method, path) not in ENTRA:
            super().known_call(method, path)

    def caller(self, call: Call, headers: Headers) -> str:
        """The token. Raises `Refused` for one that is not good, and for another company."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or self._good_until.get(token, 0.0) <= self._clock():
            raise Refused("The credentials provided are incorrect", 401)
        if call.path_parameters.get("company_id", "").lower() != self.company.id:
            raise Refusal("The company cannot be found.", "Internal_CompanyNotFound", 404)
        return token

    def asked(self, caller: Any, parameters: Mapping[str, Any], body: Any) -> Asked:  # noqa: ARG002
        """As the operations have it."""
        link = f"https://api.businesscentral.dynamics.com/v2.0/contoso.com/production{API}"
        return Asked(self.company, dict(parameters), body, link)

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """As every REST double, one request after the other."""
        with self._writing:
            if call.path == AUTHORIZE:
                return self.delegated.authorize(received.query)
            if call.path == TOKEN:
                return self._token(received, headers)
            return super().perform(call, received, headers)

    def _token(self, received: Received, headers: Headers) -> Answer:
        """The grants of Microsoft Entra. The words of its refusals are ours."""
        form = dict(parse_qsl(received.body.decode("utf-8", "replace")))
        known = all(
            wanted in (None, form.get(name))
            for name, wanted in zip(("client_id", "client_secret"), self._client, strict=True)
        )
        plain = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        by_itself = form.get("grant_type") == "client_credentials"
        if not plain or (by_itself and form.get("scope") != SCOPE) or form.get("grant_type") not in GRANTS:
            return _refused_token(400, "invalid_request", "The request is of no grant that there is.")
        if not known or not form.get("client_id") or not form.get("client_secret"):
            return _refused_token(401, "invalid_client", "Invalid client id or secret provided.")
        try:
            more = {} if by_itself else self.delegated.given(form)
        except NotGiven as refused:
            return _refused_token(400, str(refused), "The grant has expired or was withdrawn.")
        token = f"business-central-token-{next(self._numbers)}"
        self._good_until[token] = self._clock() + LIFETIME
        told = {"token_type": "Bearer", "expires_in": LIFETIME, "access_token": token, **more}
        return Answer(200, orjson.dumps(told))

    def end_tokens(self) -> None:
        """No token is good any more."""
        self._good_until.clear()

    def refusal(self, refused: Refused) -> Answer:
        """The vendor's envelope of a code and a message."""
        code = refused.code if isinstance(refused, Refusal) else CODES.get(refused.status, "BadRequest")
        error = {"code": code, "message": refused.message}
        return Answer(refused.status, orjson.dumps({"error": error}), dict(refused.headers))

    def state_shown(self) -> dict[str, Any]:
        """Documents by id."""
        return {name: list(self.company.records[name]) for name in DOCUMENTS}

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """A door that ends every access token."""
        return {("DELETE", "tokens"): self._end_tokens}

    def _end_tokens(self, body: bytes) -> Any:  # noqa: ARG002
        self.end_tokens()
        return {}


def _refused_token(status: int, error: str, description: str) -> Answer:
    return Answer(status, orjson.dumps({"error": error, "error_description": description}))
