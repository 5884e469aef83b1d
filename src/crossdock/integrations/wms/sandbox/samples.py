"""Complete rows of the sandbox's lists: the catalog tells by them which fields are filled."""

from typing import Any

SAMPLES: dict[str, Any] = {
    "orders": {
        "id": "ord_000103",
        "created_date": "2026-10-30T22:50:44Z",
        "updated_date": "2026-10-31T08:26:44Z",
        "reference_id": "ord_000103",
        "trading_partner": None,
        "service_level": None,
        "invoice_currency_code": "USD",
        "total_price": 119.0,
        "total_tax": 0.0,
        "total_discount": 0.0,
        "total_shipping": 5.0,
        "warehouse_id": "wh_000001",
        "channel_object": {"channel_id": "chan_000018", "channel_name": "Marketplace"},
        "order_number": "SO-1001",
        "status": "packed",
        "shipping_method_id": "ship_000016",
        "shipping_method_name": "Freight",
        "carrier_id": "sample-freight",
        "carrier_name": "Sample Freight",
        "scac": None,
        "ship_to_address": {
            "full_name": "Eve Instance",
            "address1": "31 Sample Street",
            "city": "Denver",
            "state": "CO",
            "postal_code": "80202",
            "country": "United States",
        },
        "line_items": [
            {
                "product_id": "prod_000079",
                "sku": "POT-1",
                "quantity": 2,
                "unit_price": 39.0,
                "discount_amount": None,
                "is_picked": True,
                "shipped_quantity": 3,
                "is_kit": False,
                "components": [{"inventory_item_id": "inv_000080", "sku": "POT-1", "unit_quantity": 1}],
            }
        ],
        "shipments": [
            {
                "shipment_id": "ord_000106-1",
                "warehouse_id": "wh_000001",
                "status": "shipped",
                "shipped_date": "2026-11-02T18:02:44Z",
                "line_items": [
                    {
                        "inventory_item_id": "inv_000036",
                        "sku": "MUG-3",
                        "quantity": 3,
                        "parent_product_id": None,
                    }
                ],
                "ship_to_address": {
                    "full_name": "Ada Example",
                    "address1": "74 Sample Street",
                    "city": "Chicago",
                    "state": "IL",
                    "postal_code": "60601",
                    "country": "United States",
                },
                "ship_from_address": {
                    "address1": "1 Example Dock Road",
                    "city": "Edison",
                    "state": "NJ",
                    "postal_code": "08817",
                    "country": "United States",
                },
                "packages": [
                    {
                        "package_id": "ord_000106-1-1",
                        "tracking_number": "SIM00010601",
                        "tracking_url": None,
                        "shipping_method_id": "ship_000016",
                        "shipping_method_name": "Freight",
                        "carrier_id": "sample-freight",
                        "carrier_name": "Sample Freight",
                        "scac": None,
                        "shipping_cost": 7.5,
                        "measurements": {
                            "length": 30,
                            "width": 20,
                            "height": 15,
                            "unit": "cm",
                            "weight": 1.5,
                            "weight_unit": "kg",
                        },
                        "line_items": [
                            {
                                "inventory_item_id": "inv_000036",
                                "sku": "MUG-3",
                                "quantity": 3,
                                "parent_product_id": None,
                            }
                        ],
                    }
                ],
            }
        ],
        "files": [],
    },
    "channels": {
        "id": "chan_000017",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "name": "Web shop",
    },
    "inventory": {
        "id": "inv_000024",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-11-19T22:50:44Z",
        "name": "Canvas bag, Natural",
        "sku": "BAG-1",
        "unit_cost": None,
        "active": True,
        "measurements": {
            "length": 40,
            "width": 35,
            "height": 12,
            "unit": "cm",
            "weight": 0.4,
            "weight_unit": "kg",
        },
        "awaiting": 23,
        "committed": 23,
        "unfulfillable": 5,
        "fulfillable": 182,
        "onhand": 187,
        "unsellable": 5,
        "sellable": 182,
        "inventory_by_warehouse_id": {
            "wh_000001": {
                "awaiting": 23,
                "committed": 23,
                "unfulfillable": 1,
                "fulfillable": 110,
                "onhand": 111,
                "unsellable": 1,
                "sellable": 110,
            }
        },
        "locations": [{"location_id": "loc_000002", "quantity": 110, "warehouse_id": "wh_000001"}],
    },
    "products": {
        "id": "prod_000023",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "sku": "BAG-1",
        "name": "Canvas bag, Natural",
        "gtin": "0200000000011",
        "unit_price": 24.0,
        "measurements": {
            "length": 40,
            "width": 35,
            "height": 12,
            "unit": "cm",
            "weight": 0.4,
            "weight_unit": "kg",
        },
        "is_kit": True,
        "active": True,
        "inventory_items": [{"inventory_item_id": "inv_000024", "sku": "BAG-1", "unit_quantity": 1}],
    },
    "inbound-shipments": {
        "id": "asn_000099",
        "created_date": "2026-10-26T22:50:44Z",
        "updated_date": "2026-11-19T22:50:44Z",
        "purchase_order_number": "PO-1001",
        "status": "received",
        "supplier_object": {"supplier_id": "sup_000020", "supplier_name": "Example Mills"},
        "expected_arrival_date": "2026-11-20T22:50:44Z",
        "warehouse_id": "wh_000001",
        "line_items": [
            {
                "inventory_item_id": "inv_000030",
                "sku": "BAG-4",
                "expected_quantity": 23,
                "received_quantity": 23,
            }
        ],
        "receipts": [
            {
                "id": "asn_000099-1",
                "arrived_date": "2026-11-19T22:50:44Z",
                "line_items": [{"inventory_item_id": "inv_000030", "sku": "BAG-4", "quantity": 23}],
            }
        ],
        "tracking_numbers": ["SAMPLE000001"],
    },
    "suppliers": {
        "id": "sup_000020",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "name": "Example Mills",
    },
    "returns": {
        "id": "ret_000128",
        "created_date": "2026-11-19T22:50:44Z",
        "updated_date": "2026-11-19T22:50:44Z",
        "status": "open",
        "order_id": "ord_000106",
        "warehouse_id": "wh_000001",
        "line_items": [
            {
                "inventory_item_id": "inv_000036",
                "sku": "MUG-3",
                "expected_quantity": 3,
                "received_quantity": 1,
                "restocked_quantity": 2,
            }
        ],
        "shipments": [
            {
                "arrived_date": "2026-11-19T22:50:44Z",
                "warehouse_id": "wh_000001",
                "line_items": [
                    {
                        "inventory_item_id": "inv_000024",
                        "sku": "BAG-1",
                        "quantity": 1,
                        "receiving_details": [
                            {"quantity": 1, "condition": "damaged", "disposition": "quarantined"}
                        ],
                    }
                ],
            }
        ],
    },
    "shipping-methods": {
        "id": "ship_000013",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "name": "Ground",
        "carrier_id": "parcel-one",
        "carrier_name": "Parcel One",
        "scac": None,
    },
    "warehouses": {
        "id": "wh_000001",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "name": "East warehouse",
        "code": "EAST",
        "address": {
            "address1": "1 Example Dock Road",
            "city": "Edison",
            "state": "NJ",
            "postal_code": "08817",
            "country": "United States",
        },
    },
    "locations": {
        "id": "loc_000002",
        "created_date": "2026-10-25T22:50:44Z",
        "updated_date": "2026-10-25T22:50:44Z",
        "name": "EAST A-01",
        "warehouse_id": "wh_000001",
        "type": "shelf",
    },
}
"""By collection: a row in which the system says everything it can."""
