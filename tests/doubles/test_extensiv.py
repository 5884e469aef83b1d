"""The Extensiv double itself: a stand-in is only worth what it refuses."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from crossdock.doubles.extensiv import ExtensivDouble
from crossdock.doubles.server import running

ORDER = {
    "customerIdentifier": {"id": 21},
    "facilityIdentifier": {"id": 1},
    "referenceNum": "R-1",
    "shipTo": {"name": "Ada Example"},
    "orderItems": [{"itemIdentifier": {"sku": "SKU-01"}, "qty": 1}],
}
Api = tuple[ExtensivDouble, httpx.Client]


@pytest.fixture
def api() -> Iterator[Api]:
    double = ExtensivDouble(client_id="c", client_secret="s")
    with running(double) as url, httpx.Client(base_url=url, trust_env=False) as client:
        client.headers["authorization"] = f"Bearer {token(client)}"
        yield double, client


def token(client: httpx.Client, auth: tuple[str, str] = ("c", "s")) -> str:
    body = {"grant_type": "client_credentials", "user_login": "ada"}
    answer = client.post("/AuthServer/api/Token", json=body, auth=auth)
    return str(answer.json().get("access_token", answer.status_code))


def test_tokens_are_for_the_client_and_end(api: Api) -> None:
    double, client = api
    assert token(client, ("c", "wrong")) == "401"
    assert client.get("/orders").status_code == 200
    double.tokens.expire()
    assert client.get("/orders").status_code == 401


def test_resources_are_hal_with_an_etag(api: Api) -> None:
    _, client = api
    answer = client.get("/orders/901", params={"detail": "OrderItems"})
    assert answer.headers["content-type"] == "application/hal+json"
    assert answer.headers["etag"] == '"1"'
    assert list(answer.json()["_embedded"]) == ["http://api.3plCentral.com/rels/orders/item"]
    assert "_embedded" not in client.get("/orders/901").json()


def test_a_change_needs_the_etag_that_is(api: Api) -> None:
    _, client = api
    change = {"referenceNum": "R-9"}
    assert client.put("/orders/901", json=change).status_code == 428
    assert client.put("/orders/901", json=change, headers={"If-Match": '"7"'}).status_code == 412
    changed = client.put("/orders/901", json=change, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    shipped = client.put("/orders/902", json=change, headers={"If-Match": '"1"'})
    assert (shipped.status_code, shipped.json()["ErrorCode"]) == (403, "OrderConfirmed")


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"customerIdentifier": {"id": 99}}, "CustomerIdentifier", "DoesNotExist"),
        ({"facilityIdentifier": {"id": 99}}, "FacilityIdentifier", "DoesNotExist"),
        ({"referenceNum": "SO-901"}, "ReferenceNum", "Duplicate"),
        ({"orderItems": []}, "OrderItems", "Required"),
        (
            {"orderItems": [{"itemIdentifier": {"sku": "no"}, "qty": 1}]},
            "OrderItems[0].ItemIdentifier.Sku",
            "DoesNotExist",
        ),
        (
            {"orderItems": [{"itemIdentifier": {"id": 513}, "qty": 1}]},
            "OrderItems[0].ItemIdentifier.Id",
            "DoesNotExist",
        ),
    ],
)
def test_what_is_not_accepted_is_named(api: Api, change: dict[str, Any], name: str, code: str) -> None:
    double, client = api
    answer = client.post("/orders", json={**ORDER, **change})
    assert answer.status_code == 400
    assert answer.json()["ErrorCode"] == code
    assert answer.json()["Properties"][0]["Name"] == name
    assert double.violations == []


@pytest.mark.parametrize("change", [{"colour": "red"}, {"shipTo": None}, {"orderItems": [{"qty": 1}]}])
def test_what_the_specification_does_not_have_is_a_violation(api: Api, change: dict[str, Any]) -> None:
    double, client = api
    assert client.post("/orders", json={**ORDER, **change}).status_code == 500
    assert len(double.violations) == 1


def test_a_query_is_understood_or_refused(api: Api) -> None:
    _, client = api
    found = client.get("/orders", params={"rql": "referenceNum==SO-901;readOnly.customerIdentifier.id==21"})
    assert found.json()["totalResults"] == 1
    since = client.get("/orders", params={"rql": "ReadOnly.CreationDate=gt=2026-01-12T08:30:00"})
    assert since.json()["totalResults"] == 0
    among = client.get(
        "/orders", params={"rql": "readOnly.orderId=in=(902,903)", "sort": "-readOnly.orderId"}
    )
    assert among.json()["totalResults"] == 1
    for wrong in (
        {"rql": "readOnly.creationDate=~2026"},
        {"rql": "readOnly.creationDate=gt=yesterday"},
        {"rql": "colour==red"},
        {"sort": "colour"},
        {"pgsiz": 1001},
        {"pgnum": 0},
    ):
        refused = client.get("/orders", params=wrong)
        assert (refused.status_code, refused.json()["ErrorCode"]) == (400, "NotParsable"), wrong
    assert client.get("/orders", params={"pgsiz": 1, "pgnum": 2}).json()["totalResults"] == 2


def test_operators_answer_nothing_and_move_stock(api: Api) -> None:
    double, client = api
    made = client.post("/orders", json=ORDER)
    assert made.status_code == 201
    path = f"/orders/{made.json()['readOnly']['orderId']}"
    shipped = client.post(f"{path}/confirmer", json={}, headers={"If-Match": made.headers["etag"]})
    assert (shipped.status_code, shipped.content) == (204, b"")
    assert double.warehouse.stock[1, 501] == 99
    came = client.post("/inventory/receivers/801/confirmer", json={}, headers={"If-Match": '"1"'})
    assert came.status_code == 204
    assert double.warehouse.stock[1, 502] == 120
    again = client.post(
        "/inventory/receivers/801/canceler", json={"reason": "x"}, headers={"If-Match": '"2"'}
    )
    assert again.status_code == 403


@pytest.mark.parametrize(
    ("customer", "item", "is_return", "receiver_type"),
    [(21, 501, False, 2), (22, 513, False, 0), (22, 513, True, 1)],
)
def test_a_receivers_type_is_its_customers_way(
    api: Api, customer: int, item: int, is_return: bool, receiver_type: int
) -> None:
    _, client = api
    body = {
        "customerIdentifier": {"id": customer},
        "facilityIdentifier": {"id": 1},
        "referenceNum": "A-1",
        "isReturn": is_return,
        "receiveItems": [{"itemIdentifier": {"id": item}, "qty": 1}],
    }
    made = client.post("/inventory/receivers", json=body)
    assert (made.status_code, made.json()["readOnly"]["receiverType"]) == (201, receiver_type)
