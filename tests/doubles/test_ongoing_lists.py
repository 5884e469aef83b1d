"""Lists of the Ongoing double: pages by id, and what changed since a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.doubles.conftest import Account


def at(**ago: float) -> str:
    moment = datetime.now(UTC) - timedelta(**ago)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def numbers(account: Account, **asked: Any) -> list[int]:
    answer = account.get("/orders", **asked)
    assert answer.status_code == 200, answer.text
    return [order["orderInfo"]["orderId"] for order in answer.json()]


def test_pages_of_orders_are_in_the_order_of_ids(account: Account) -> None:
    first = numbers(account, maxOrdersToGet=4)
    assert first == account.orders[:4]
    rest = numbers(account, maxOrdersToGet=4, orderIdFrom=first[-1] + 1)
    assert first + rest == account.orders
    assert numbers(account, orderIdFrom=account.orders[-1] + 1) == []
    assert numbers(account, maxOrdersToGet=2, orderStatusTo=449) == [account.orders[4]]


def test_orders_are_filtered_by_when_they_changed(account: Account) -> None:
    owned = account.double.owner(account.goods_owner).orders
    for order_id in account.orders:
        owned[order_id]["orderInfo"]["advanced"]["orderHeaderUpdated"] = at(hours=3)
    moment = at(hours=2)
    assert numbers(account, orderUpdatedTimeFrom=moment) == []
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    account.written("PUT", f"/orders/{account.orders[0]}/parcels", a_parcel())
    found = [account.orders[0], made]
    assert numbers(account, orderUpdatedTimeFrom=moment) == found
    assert numbers(account, orderStatusChangedTimeFrom=moment, orderIdFrom=made) == [made]
    late = datetime.fromisoformat(moment).astimezone().isoformat()
    assert numbers(account, orderUpdatedTimeFrom=late) == found


def test_updates_of_more_than_two_days_ago_are_not_told(account: Account) -> None:
    old = at(days=2, minutes=1)
    said = account.refused("GET", "/orders", goodsOwnerId=account.goods_owner, orderUpdatedTimeFrom=old)
    assert "within 48 hours" in said
    assert numbers(account, orderUpdatedTimeFrom=at(hours=47.9)) == account.orders
    assert numbers(account, orderStatusChangedTimeFrom=at(days=60)) == account.orders


def test_articles_are_filtered_by_when_they_changed(account: Account) -> None:
    assert account.get("/articles", articleDataLastUpdatedFrom=at(days=300)).json() == []
    account.written("PUT", "/articles", account.article_body())
    [scarf] = account.get("/articles", articleDataLastUpdatedFrom=at(hours=1)).json()
    assert scarf["articleNumber"] == "SCARF"
    assert account.get("/articles", articleDataLastUpdatedFrom=at(hours=-1)).json() == []


def a_parcel() -> dict[str, Any]:
    return {"parcelNumber": "P1", "transportAdministrationType": "delivery"}
