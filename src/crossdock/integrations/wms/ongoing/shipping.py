"""How an order can be sent: the account's transporters, ways of delivery and order types.

The vendor's page "Transporters" knows two ways to say it. A transporter's service must be one that is set up
in Ongoing. A way of delivery is the goods owner's own word, which the warehouse assigns to a service; the
ones that Ongoing has learnt are offered.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id

BETWEEN = "/"
"""Stands between the code of a transporter and that of its service in a shipping method's id."""


def _transporters(account: Account) -> VendorRequest:
    return VendorRequest("GET", "/transporterContracts", {"goodsOwnerId": goods_owner_id(account)})


def method_id(code: str, service: str | None) -> str:
    """The id of a transporter's service as a shipping method."""
    return f"{code}{BETWEEN}{service}" if service else code


def transporter_of(shipping_method_id: str) -> Mapping[str, str]:
    """Model `PostOrderModelTransporter` for a shipping method."""
    code, _, service = shipping_method_id.partition(BETWEEN)
    return {"transporterCode": code} | ({"transporterServiceCode": service} if service else {})


def parse_transporters(answer: Any) -> Choices:
    """Rows of `id` and `name`, one a service. Raises `ValueError` for no list of `GetTransporterContract`."""
    if not isinstance(answer, list) or not all(isinstance(contract, dict) for contract in answer):
        raise ValueError("the answer is not a list of transporter contracts")
    rows: dict[str, str] = {}
    left_out = []
    for contract in answer:
        code, name = contract.get("transporterCode"), contract.get("transporterName") or ""
        if not code or BETWEEN in code:
            left_out.append(LeftOut(f"{code or ''} {name}".strip(), "its code cannot name it in an order"))
            continue
        for service, title in services_of(contract):
            rows.setdefault(method_id(code, service), " ".join(filter(None, [name, title])))
    return Choices([{"id": key, "name": name} for key, name in rows.items()], left_out)


def services_of(contract: Mapping[str, Any]) -> Iterator[tuple[str | None, str | None]]:
    """The code and the name of each service of a transporter; one without services is one itself."""
    services = [one for one in contract.get("transporterServices") or [] if one.get("transporterServiceCode")]
    if not services:
        yield contract.get("transporterServiceCode") or None, None
    for one in services:
        yield one["transporterServiceCode"], one.get("transporterServiceName")


def _listed(path: str, name: str, what: str) -> Option:
    """An option that is a list of objects with a code and a name."""

    def request(account: Account) -> VendorRequest:
        return VendorRequest("GET", path, {"goodsOwnerId": goods_owner_id(account)})

    return Option(what, request, _parse_coded(name, what))


def _parse_coded(name: str, what: str) -> Callable[[Any], Choices]:
    def parse(answer: Any) -> Choices:
        """Rows of `code` and `name`. Raises `ValueError` when the answer has no such list."""
        listed = answer.get(name) or [] if isinstance(answer, dict) else None
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            raise ValueError(f"the answer is not a list of {what.replace('_', ' ')}")
        rows = [{"code": row["code"], "name": row.get("name")} for row in listed if row.get("code")]
        without = [
            LeftOut(
                str(row.get("name") or row.get("id") or ""), "it has no code, and an order names it by that"
            )
            for row in listed
            if not row.get("code")
        ]
        return Choices(rows, without)

    return parse


TRANSPORTERS = Option("shipping_methods", _transporters, parse_transporters)
WAYS_OF_DELIVERY = _listed("/orders/wayOfDeliveryTypes", "wayOfDeliveryTypes", "ways_of_delivery")
ORDER_TYPES = _listed("/orders/types", "orderTypes", "order_types")
