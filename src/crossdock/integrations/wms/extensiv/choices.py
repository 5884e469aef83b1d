"""What an account accepts: customers, facilities, and carriers with their services and billing codes."""

from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import REL, embedded

MOST = 100


def _customers(account: Account) -> VendorRequest:  # noqa: ARG001
    """rels/customers/customers; a page of 100, which is the most there is."""
    return VendorRequest("GET", "/customers", {"pgsiz": MOST, "pgnum": 1})


def _parse_customers(answer: Any) -> Choices:
    rows, left_out = [], []
    for customer in embedded(answer, REL + "customers/customer"):
        read_only = customer["readOnly"]
        number, name = str(read_only["customerId"]), (customer.get("companyInfo") or {}).get("companyName")
        if read_only.get("deactivated"):
            left_out.append(LeftOut(number, "the customer is deactivated"))
        else:
            rows.append({"id": number, "name": name})
    if answer.get("totalResults", 0) > MOST:
        left_out.append(LeftOut("further customers", f"only the first {MOST} are read"))
    return Choices(rows, left_out)


def _facilities(account: Account) -> VendorRequest:
    """rels/properties/facilities, those of the customer."""
    return VendorRequest("GET", "/properties/facilities", {"customerId": customer_id(account)})


def _parse_facilities(answer: Any) -> Choices:
    rows, left_out = [], []
    for facility in embedded(answer, REL + "properties/facility"):
        number = str(facility["facilityId"])
        if facility.get("deactivated"):
            left_out.append(LeftOut(number, "the facility is deactivated"))
        else:
            rows.append({"id": number, "name": facility.get("name")})
    return Choices(rows, left_out)


def _carriers(account: Account) -> VendorRequest:  # noqa: ARG001
    """rels/properties/carriers."""
    return VendorRequest("GET", "/properties/carriers")


def _parse_carriers(answer: Any) -> Choices:
    """A row for each carrier with each of its services; `billing` has its codes on further rows."""
    rows: list[dict[str, str | None]] = []
    left_out = []
    for code in (answer.get("defaultBillingCodes") or []) if isinstance(answer, dict) else []:
        rows.append({"carrier": None, "service": None, "billing": code["code"]})
    for carrier in embedded(answer, REL + "properties/carrier"):
        if carrier.get("deactivated"):
            left_out.append(LeftOut(carrier["name"], "the carrier is deactivated"))
            continue
        services = [service["code"] for service in carrier.get("shipmentServices") or []] or [None]
        rows += [{"carrier": carrier["name"], "service": code, "billing": None} for code in services]
        codes = [code["code"] for code in carrier.get("billingCodes") or []]
        rows += [{"carrier": carrier["name"], "service": None, "billing": code} for code in codes]
    return Choices(rows, left_out)


CUSTOMERS = Option("customers", _customers, _parse_customers)
FACILITIES = Option("facilities", _facilities, _parse_facilities)
CARRIERS = Option("carriers", _carriers, _parse_carriers)
