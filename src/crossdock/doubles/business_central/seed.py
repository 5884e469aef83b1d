"""What every double begins with: the same ids and times in every run.

| what | which |
| --- | --- |
| items | `1896-S` desk, `1900-S` chair, `1996-S` whiteboard, in pieces; `BLOCKED`; `SERVICE`, no stock |
| locations | `MAIN`, `EAST` |
| customers | `C10000`, `C20000`, and `C30000`, which is blocked |
| vendors, employees | `V10000`, `V20000`; `EMP1`, `EMP2` |
| sales orders | one draft, one released, one shipped in part, one in review; one all posted and gone |
| purchase orders | one draft, one received in part |
"""

from crossdock.doubles.business_central.company import NO_DAY, NO_ID, Company, Model
from crossdock.doubles.business_central.orders import add_order
from crossdock.doubles.business_central.postings import post_order

COMPANY_ID = "4a25f4ab-7a62-4cb3-9d39-2ac2ba3d1d9c"
BUSY = 100_000


def seeded() -> Company:
    """A company with some of everything."""
    company = Company(COMPANY_ID, stopped_at="2026-01-05T08:00:00.25Z")
    piece = company.add(
        "unitsOfMeasure", code="PCS", displayName="Piece", internationalStandardCode="EA", symbol=""
    )
    company.add("unitsOfMeasure", code="BOX", displayName="Box", internationalStandardCode="BX", symbol="")
    for code, name in (("EUR", "Euro"), ("USD", "US dollar")):
        company.add("currencies", code=code, displayName=name, symbol="", amountDecimalPlaces="2:2")
    terms = company.add("paymentTerms", code="30 DAYS", displayName="Net 30 days", dueDateCalculation="30D")
    company.add("paymentTerms", code="COD", displayName="Cash on delivery", dueDateCalculation="0D")
    company.add("shipmentMethods", code="EXW", displayName="Ex works")
    company.add("shipmentMethods", code="CIF", displayName="Cost, insurance and freight")
    for code, name in (("MAIN", "Main warehouse"), ("EAST", "East warehouse")):
        company.add("locations", code=code, displayName=name, contact="Ada Example", website="", **_place())
    for number, name, kind, blocked in (
        ("1896-S", "Desk", "Inventory", False),
        ("1900-S", "Chair", "Inventory", False),
        ("1996-S", "Whiteboard", "Inventory", False),
        ("BLOCKED", "No longer sold", "Inventory", True),
        ("SERVICE", "Assembly", "Service", False),
    ):
        _item(company, piece, number, name, kind, blocked=blocked)
    for number, stopped in (("C10000", "_x0020_"), ("C20000", "_x0020_"), ("C30000", "All")):
        _customer(company, terms, number, stopped)
    for number in ("V10000", "V20000"):
        _vendor(company, terms, number)
    for number, status in (("EMP1", "Active"), ("EMP2", "Terminated")):
        _employee(company, number, status)
    _orders(company)
    company.stopped_at = None
    return company


def _place() -> Model:
    return {
        "addressLine1": "1 Example Road",
        "addressLine2": "",
        "city": "London",
        "state": "",
        "country": "GB",
        "postalCode": "N16 34Z",
        "phoneNumber": "0044 20 0000 0000",
        "email": "info@example.com",
    }


def _item(company: Company, piece: Model, number: str, name: str, kind: str, *, blocked: bool) -> None:
    company.add(
        "items",
        number=number,
        displayName=name,
        displayName2="",
        type=kind,
        itemCategoryId=NO_ID,
        itemCategoryCode="",
        blocked=blocked,
        gtin="",
        inventory=0 if kind == "Service" else BUSY,
        unitPrice=649.4,
        priceIncludesTax=False,
        unitCost=506.6,
        taxGroupId=NO_ID,
        taxGroupCode="FURNITURE",
        baseUnitOfMeasureId=piece["id"],
        baseUnitOfMeasureCode=piece["code"],
        generalProductPostingGroupId=NO_ID,
        generalProductPostingGroupCode="RETAIL",
        inventoryPostingGroupId=NO_ID,
        inventoryPostingGroupCode="RESALE",
    )


def _customer(company: Company, terms: Model, number: str, blocked: str) -> None:
    company.add(
        "customers",
        number=number,
        displayName=f"Example customer {number}",
        type="Company",
        website="",
        salespersonCode="",
        balanceDue=0,
        creditLimit=0,
        taxLiable=True,
        taxAreaId=NO_ID,
        taxAreaDisplayName="",
        taxRegistrationNumber="",
        currencyId=NO_ID,
        currencyCode="GBP",
        paymentTermsId=terms["id"],
        shipmentMethodId=NO_ID,
        paymentMethodId=NO_ID,
        blocked=blocked,
        **_place(),
    )


def _vendor(company: Company, terms: Model, number: str) -> None:
    company.add(
        "vendors",
        number=number,
        displayName=f"Example vendor {number}",
        website="",
        taxRegistrationNumber="",
        currencyId=NO_ID,
        currencyCode="GBP",
        irs1099Code="",
        paymentTermsId=terms["id"],
        paymentMethodId=NO_ID,
        taxLiable=False,
        blocked="_x0020_",
        balance=0,
        **_place(),
    )


def _employee(company: Company, number: str, status: str) -> None:
    company.add(
        "employees",
        number=number,
        displayName="Ada Example",
        givenName="Ada",
        middleName="",
        surname="Example",
        jobTitle="Buyer",
        mobilePhone="",
        personalEmail="",
        employmentDate="2020-01-01",
        terminationDate="2025-12-31" if status == "Terminated" else NO_DAY,
        status=status,
        birthDate=NO_DAY,
        statisticsGroupCode="",
        **_place(),
    )


def _orders(company: Company) -> None:
    desk, chair, *_ = company.records["items"].values()
    customer = next(iter(company.records["customers"]))
    vendor = next(iter(company.records["vendors"]))
    lines = [{"itemId": desk["id"], "quantity": 2}, {"itemId": chair["id"], "quantity": 6}]
    for at, status in enumerate(("Draft", "Open", "Open", "Open", "In_x0020_Review")):
        company.stopped_at = f"2026-02-{at + 1:02d}T09:30:00.25Z"
        order = add_order(
            company,
            "salesOrders",
            {"customerId": customer, "externalDocumentNumber": f"SEED-{at}", "salesOrderLines": lines},
        )
        order["status"] = status
        if at == 2:
            company.lines("salesOrders", order["id"])[0]["shipQuantity"] = 1
        if at in {2, 3}:
            post_order(company, "salesOrders", order)
    for at in range(2):
        company.stopped_at = f"2026-03-{at + 1:02d}T09:30:00.25Z"
        order = add_order(company, "purchaseOrders", {"vendorId": vendor, "purchaseOrderLines": lines})
        if at == 1:
            order["status"] = "Open"
            company.lines("purchaseOrders", order["id"])[0]["receiveQuantity"] = 1
            post_order(company, "purchaseOrders", order)
