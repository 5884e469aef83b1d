"""The Business Central double: what it keeps, and what it refuses in Business Central's own form."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from crossdock.doubles.business_central import BusinessCentralDouble
from crossdock.doubles.business_central.app import SCOPE
from crossdock.doubles.business_central.seed import COMPANY_ID
from crossdock.doubles.server import running

GRANT = {
    "grant_type": "client_credentials",
    "client_id": "an-application",
    "client_secret": "its-secret",
    "scope": SCOPE,
}


@pytest.fixture
def double() -> BusinessCentralDouble:
    return BusinessCentralDouble(client_secret="its-secret")


@pytest.fixture
def api(double: BusinessCentralDouble) -> Iterator[httpx.Client]:
    with running(double) as url, httpx.Client(trust_env=False, timeout=30) as client:
        token = client.post(f"{url}/contoso.com/oauth2/v2.0/token", data=GRANT).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        client.base_url = f"{url}/v2.0/contoso.com/production/api/v2.0/companies({COMPANY_ID})"
        yield client


def code(answer: httpx.Response, status: int) -> str:
    """The code of a refusal."""
    assert answer.status_code == status, answer.text
    return str(answer.json()["error"]["code"])


def first(double: BusinessCentralDouble, collection: str) -> dict[str, Any]:
    return next(iter(double.company.records[collection].values()))


def test_a_page_links_to_the_next_one(api: httpx.Client) -> None:
    preferred = {"prefer": "odata.maxpagesize=3"}
    page = api.get("/items", headers=preferred).json()
    assert len(page["value"]) == 3
    query = httpx.URL(page["@odata.nextLink"]).params
    rest = api.get("/items", params=query, headers=preferred).json()
    assert len(rest["value"]) == 2
    assert "@odata.nextLink" not in rest


def test_a_record_that_changed_is_told_by_a_code(api: httpx.Client, double: BusinessCentralDouble) -> None:
    order = dict(first(double, "salesOrders"))
    path, etag = f"/salesOrders({order['id']})", order["@odata.etag"]
    change = {"requestedDeliveryDate": "2026-05-01"}
    assert api.patch(path, json=change, headers={"if-match": etag}).status_code == 200
    again = api.patch(path, json=change, headers={"if-match": etag})
    assert code(again, 409) == "Request_EntityChanged"
    assert "If-Match" in api.patch(path, json=change).text
    assert double.violations == ["PATCH /companies({company_id})/salesOrders({id}) needs the header If-Match"]


def test_an_order_whose_line_is_refused_is_not_made(api: httpx.Client, double: BusinessCentralDouble) -> None:
    known = set(double.company.records["salesOrders"])
    body = {
        "customerId": first(double, "customers")["id"],
        "salesOrderLines": [{"lineType": "Item", "lineObjectNumber": "NONE", "quantity": 1}],
    }
    assert code(api.post("/salesOrders", json=body), 400) == "Application_DialogException"
    assert set(double.company.records["salesOrders"]) == known


def test_an_order_that_is_all_posted_goes(api: httpx.Client, double: BusinessCentralDouble) -> None:
    order = dict(first(double, "salesOrders"))
    path = f"/salesOrders({order['id']})"
    assert api.post(f"{path}/Microsoft.NAV.shipAndInvoice").status_code == 204
    assert code(api.get(path), 404) == "BadRequest_NotFound"
    query = {"$filter": f"orderNumber eq '{order['number']}'", "$expand": "salesShipmentLines"}
    (shipment,) = api.get("/salesShipments", params=query).json()["value"]
    assert [line["quantity"] for line in shipment["salesShipmentLines"]] == [2, 6]


def test_filters_beyond_what_it_knows_are_not_ignored(api: httpx.Client) -> None:
    for text in ("startswith(number,'1')", "number eq '1' or displayName eq '2'", "number eq '1' and"):
        assert api.get("/items", params={"$filter": text}).status_code == 501, text
    assert code(api.get("/items", params={"$filter": "colour eq 'red'"}), 400) == "BadRequest"


def test_tokens_are_given_to_the_application_only_and_end(
    api: httpx.Client, double: BusinessCentralDouble
) -> None:
    host = api.base_url.copy_with(path="/contoso.com/oauth2/v2.0/token")
    wrong = api.post(host, data={**GRANT, "client_secret": "another"})
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert api.post(host, data={**GRANT, "scope": "openid"}).status_code == 400
    assert api.get("/items").status_code == 200
    double.end_tokens()
    assert code(api.get("/items"), 401) == "Authentication_InvalidCredentials"
