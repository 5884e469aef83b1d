"""What is set up in an account: warehouses, ways of delivery, order types and transporter contracts.

`GET` answers of models `WarehouseModel`, `GetWayOfDeliveryTypesModel`, `GetOrderTypesModel`,
`GetPurchaseOrderTypesModel` and `GetTransporterContract`. The vendor's page "Transporters" says that a way of
delivery is the goods owner's own word, which Ongoing learns from orders; a transporter must be set up.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked
from crossdock.doubles.ongoing.models import Model


def _warehouses(asked: Asked) -> Any:
    return asked.warehouse.warehouses


def _ways_of_delivery(asked: Asked) -> Any:
    asked.goods_owner()
    return {"wayOfDeliveryTypes": asked.warehouse.ways_of_delivery}


def _order_types(asked: Asked) -> Any:
    asked.goods_owner()
    return {"orderTypes": asked.warehouse.order_types}


def _purchase_order_types(asked: Asked) -> Any:
    asked.goods_owner()
    return {"purchaseOrderTypes": []}


def _transporter_contracts(asked: Asked) -> Any:
    asked.goods_owner()
    return asked.warehouse.transporter_contracts


def transporter_model(contracts: list[Model], given: Model | None) -> Model | None:
    """The transporter of an order, model `GetOrderModelTransporter`. Raises `Refused` when not set up."""
    if not given or not given.get("transporterCode"):
        return None
    code, service = given["transporterCode"], given.get("transporterServiceCode")
    for contract in contracts:
        if contract["transporterCode"] != code:
            continue
        if not service:
            return {"transporterName": contract["transporterName"], "code": code}
        for one in contract["transporterServices"]:
            if one["transporterServiceCode"] == service:
                return {
                    "transporterName": contract["transporterName"],
                    "name": one["transporterServiceName"],
                    "code": code,
                    "serviceCode": service,
                }
    raise Refused(f"Transporter {code} with service {service} is not set up.")


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /warehouses": _warehouses,
    "GET /orders/wayOfDeliveryTypes": _ways_of_delivery,
    "GET /orders/types": _order_types,
    "GET /purchaseOrders/types": _purchase_order_types,
    "GET /transporterContracts": _transporter_contracts,
}
