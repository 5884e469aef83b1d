"""How the ShipHero double is called: tokens, credits, errors in the vendor's form, violations and faults."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.doubles.shiphero_api import Api, api

ACCOUNT = "{ account { request_id complexity data { warehouses { id identifier } } } }"
ORDERS = (
    "query($first: Int) { orders { request_id complexity data(first: $first) { edges { node { id } } } } }"
)
CANCEL = "mutation($data: CancelOrderInput!) { order_cancel(data: $data) { order { fulfillment_status } } }"


@pytest.fixture
def shiphero() -> Iterator[Api]:
    with api() as served:
        yield served


def test_a_refresh_token_gives_access_for_28_days(shiphero: Api) -> None:
    assert shiphero.ask(ACCOUNT)["account"]["data"]["warehouses"] == [
        {"id": "V2FyZWhvdXNlOjEwMQ==", "identifier": "Primary"},
        {"id": "V2FyZWhvdXNlOjEwMg==", "identifier": "East"},
    ]
    shiphero.clock.now += 28 * 24 * 3600 - 1
    assert shiphero.post(ACCOUNT).status_code == 200
    shiphero.clock.now += 1
    assert shiphero.post(ACCOUNT).status_code == 401
    shiphero.refresh()
    assert shiphero.post(ACCOUNT).status_code == 200


def test_tokens_that_are_ended_or_wrong_are_401(shiphero: Api) -> None:
    shiphero.double.tokens.expire()
    assert shiphero.post(ACCOUNT).status_code == 401
    shiphero.refresh()
    shiphero.client.delete("/_double/tokens")
    assert shiphero.post(ACCOUNT).status_code == 401
    shiphero.client.headers["authorization"] = "Bearer made-up"
    assert shiphero.post(ACCOUNT).status_code == 401
    assert shiphero.double.credits.remaining == 4004


@pytest.mark.parametrize("body", [{"refresh_token": "other"}, {}, {"refresh_token": 1}])
def test_another_refresh_token_is_refused(shiphero: Api, body: Any) -> None:
    assert shiphero.client.post("/auth/refresh", json=body).status_code == 403


def test_what_returns_is_charged_and_credits_come_back(shiphero: Api) -> None:
    assert shiphero.ask(ORDERS, first=10)["orders"]["complexity"] == 11
    assert shiphero.double.credits.remaining == 4004 - 7
    shiphero.clock.now += 0.1
    assert shiphero.double.credits.remaining == 4004 - 1
    shiphero.clock.now += 60
    assert shiphero.ask("{ user_quota { credits_remaining max_available increment_rate } }") == {
        "user_quota": {"credits_remaining": 4004, "max_available": 4004, "increment_rate": 60}
    }


def test_too_few_credits_are_an_error_that_says_how_long(shiphero: Api) -> None:
    shiphero.double.credits.spend(3950)
    answer = shiphero.post(ORDERS)
    assert answer.status_code == 200
    assert answer.json()["data"] == {"orders": None}
    (error,) = answer.json()["errors"]
    assert error["message"].startswith("There are not enough credits to perform the requested operation")
    assert (error["code"], error["operation"], error["field"]) == (30, "orders", "orders")
    assert (error["required_credits"], error["remaining_credits"]) == (101, 54)
    assert error["time_remaining"] == "1 seconds"
    assert error["request_id"]
    shiphero.clock.now += 1
    assert shiphero.post(ORDERS).json()["data"]["orders"]["data"]["edges"]


def test_nested_connections_multiply_and_analyzing_is_free(shiphero: Api) -> None:
    query = "{ orders(analyze: true) { complexity data(first: 5) { edges { node { %s } } } } }"
    assert shiphero.ask(query % "line_items(last: 3) { total_count }")["orders"] == {
        "complexity": 1 + 5 + 15,
        "data": None,
    }
    assert shiphero.ask(query % "line_items { total_count }")["orders"]["complexity"] == 1 + 5 + 500
    assert shiphero.double.credits.remaining == 4004


def test_a_refusal_is_an_error_in_the_vendors_form(shiphero: Api) -> None:
    nobody = {"order_id": "T3JkZXI6MQ=="}
    error = shiphero.refused("order_cancel", "CancelOrderInput", "order { id }", nobody)
    assert error.pop("request_id")
    assert error == {
        "message": "Order not found",
        "code": 5,
        "operation": "order_cancel",
        "field": "order_cancel",
    }
    assert shiphero.double.violations == []


@pytest.mark.parametrize(
    ("query", "variables", "words"),
    [
        ("{ account { nonsense } }", {}, "Cannot query field 'nonsense'"),
        ("{ order { data { id } } }", {}, "'Query.order(id:)' of type 'String!' is required"),
        ("{", {}, "no GraphQL request"),
        (CANCEL, {"data": {"order_id": 7}}, "String cannot represent"),
        (CANCEL, {"data": {"order_id": "x", "why": "x"}}, "why"),
        (CANCEL, {}, "non-null type 'CancelOrderInput!'"),
        ('{ orders(updated_from: "yesterday") { request_id } }', {}, "ISO 8601"),
    ],
)
def test_what_the_schema_forbids_is_a_violation(
    shiphero: Api, query: str, variables: dict[str, Any], words: str
) -> None:
    answer = shiphero.post(query, **variables)
    assert answer.status_code == 500
    assert answer.json()["message"].startswith("specification violation: ")
    (violation,) = shiphero.double.violations
    assert words in violation


def test_an_answer_that_the_schema_forbids_is_a_violation(shiphero: Api) -> None:
    shiphero.order("SO-1001")["colour"] = "red"
    assert shiphero.post(ORDERS).status_code == 500
    assert shiphero.double.violations == ["Order has no field colour"]


def test_a_filter_or_operation_it_does_not_have_is_501(shiphero: Api) -> None:
    assert shiphero.post('{ orders(sku: "SKU-01") { request_id } }').status_code == 501
    assert shiphero.double.violations == []


def test_other_paths_and_content_types_are_violations(shiphero: Api) -> None:
    assert shiphero.client.get("/graphql").status_code == 500
    assert shiphero.client.post("/graph", json={}).status_code == 500
    plain = {"content-type": "text/plain"}
    body = '{"query": "{ account { request_id } }"}'
    assert shiphero.client.post("/graphql", content=body, headers=plain).status_code == 500
    assert len(shiphero.double.violations) == 3


def test_calls_are_counted_and_misbehave_by_operation(shiphero: Api) -> None:
    shiphero.double.misbehave("POST", "order_cancel", "status", status=429, retry_after=3)
    assert shiphero.post(ACCOUNT).status_code == 200
    data = {"order_id": shiphero.order("SO-1004")["id"]}
    throttled = shiphero.post(CANCEL, data=data)
    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "3")
    assert shiphero.post(CANCEL, data=data).json()["data"] == {
        "order_cancel": {"order": {"fulfillment_status": "canceled"}}
    }
    assert shiphero.double.counts["POST order_cancel"] == 2
    with pytest.raises(ValueError, match="order_explode"):
        shiphero.double.misbehave("POST", "order_explode", "status")


def test_a_fault_after_the_effect_waits_for_one(shiphero: Api) -> None:
    shiphero.double.misbehave("POST", "order_cancel", "drop_after")
    assert shiphero.post(CANCEL, data={"order_id": "T3JkZXI6MQ=="}).status_code == 200
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        shiphero.post(CANCEL, data={"order_id": shiphero.order("SO-1005")["id"]})
    assert shiphero.order("SO-1005")["fulfillment_status"] == "canceled"


def test_all_calls_can_misbehave_at_once(shiphero: Api) -> None:
    shiphero.double.misbehave("POST", "/graphql", "garbage")
    assert "html" in shiphero.post(ACCOUNT).text
    assert shiphero.post(ACCOUNT).status_code == 200
    shiphero.double.misbehave("POST", "/auth/refresh", "status", status=503)
    assert shiphero.client.post("/auth/refresh", json={"refresh_token": "refresh-1"}).status_code == 503
