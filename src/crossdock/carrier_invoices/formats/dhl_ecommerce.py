"""DHL eCommerce: an `HDR` row for each invoice and `DTL` rows for its shipments, without column names.

Sources: the contract's notes (resources.md, section 3.1), the publisher's sample and its page about it: the
third cell of an `HDR` row is the invoice's number and the twelfth its total, to which all charges of its
`DTL` rows add up; every charge that is not zero is a line item.

The page names the columns in groups and not in their order. The order here is the one in which its groups
fill the sample's 79 columns exactly: to `Charge*`, the customer's two references, nine `ZZWS`, seven `ZSC`
and sixteen `ZRM` charges, `ZFuel*`, `Min_PickupChg*`. If it were wrong, the amounts would be right under
another name; a charge that stood in a column behind these would show in the total. No column is for the
currency.
"""

from collections.abc import Sequence

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Format, Match, Opening, Row, Sheet, unique
from crossdock.carrier_invoices.values import ZERO, amount, day

_TEXT = """
Invoice|Sold_To*|Inv_Posnr*|BOL*|BillRef*|BillRef2*|SHIPPOINT*|PickUpFrom*|PUDATE*|PUTIME*|
Internal_Tracking_Num:|Customer_Confirm*|Delivery_Confirm*|Name*|Address1*|Address2*|City*|State*|Zip*|
Country*|Material_or_VAS_Num*|Material_or_VAS_Desc*|ACTWeight*|UOM_ACTWeight*|BILLWEIGHT*|UOM_BillWgt*|
Quantity*|UOM_Quantity*|Pricing_Zone*|Charge*|CustRef*|CustRef2*|ZZWS1PRI_Dropoff*|ZZWS2*|ZZWS3*|ZZWS4*|
ZZWS5*|ZZWS6*|ZZWS7*|ZZWS8*|ZZWS9PRI_NEW*|ZSC1_Content_Endorsement*|ZSC2_Unassignable_Addrs*|
ZSC3_Special_Handling*|ZSC4_Late_Arrival*|ZSC5_USPS_Qualif*|ZSC6_Client_SRD*|ZSC7_SC_Irreg*|
ZRM1_Ret_Unassn_Chg*|ZRM2_Ret_Unprocess_Chg*|ZRM3_Ret_Recall_Disc_Chg*|ZRM4_Ret_Dup_Mail_Chg*|
ZRM5_Ret_Cont_Assur_Chg*|ZRM6_Move_Update_Return*|ZRM7_GST_Tax|ZRM8_HST_Tax|ZRM9_PST_Tax|ZRM10_VAT_Tax|
ZRM11_Duties|ZRM12_Tax|ZRM13_Paper_Invoice_Fee*|ZRM14_Screening_Fee*|ZRM15_Non_Auto-Flats|ZRM16_ORM_D|
ZFuel*|Min_PickupChg*|
"""
_NAMED = tuple(_TEXT.replace("\n", "").removesuffix("|").split("|"))
_WIDTHS = frozenset({78, 79})
"""The page says 78 columns; the sample's `HDR` row has 78 and its `DTL` rows 79."""
_NAMES = unique(_NAMED + ("",) * (max(_WIDTHS) - len(_NAMED)))
_HEADER, _DETAIL = "HDR", "DTL"
_ACCOUNT, _POSITION, _DATE, _TRACKING = 1, 2, 8, 10
_CHARGES = (29, *range(32, 66))
_HEADER_NUMBER, _HEADER_TOTAL = 2, 11


def _match(rows: Sequence[Row]) -> Match | None:
    if not rows or rows[0][0].strip() != _HEADER or len(rows[0]) <= _HEADER_TOTAL:
        return None
    return Match(_NAMES, header_rows=0)


def _open(opening: Opening) -> Sheet:
    ledger, comma = opening.ledger, opening.decimal_comma
    invoice: list[str | None] = []

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]] | None:
        sort = row[0].strip()
        if sort == _HEADER:
            invoice[:] = [row[_HEADER_NUMBER] or None]
            stated = amount(row[_HEADER_TOTAL], "the total of HDR", comma)
            ledger.add(invoice[0], ZERO, number, stated)
            return None
        if sort != _DETAIL:
            raise BadRow(f"it begins with {row[0][:20]!r}; HDR and DTL are known")
        if not invoice:
            raise BadRow("a DTL row comes before any HDR row, so that its invoice is not known")
        found = []
        for at in _CHARGES:
            paid = amount(row[at], _NAMES[at], comma)
            if paid:
                found.append(Money(_NAMES[at].rstrip("*"), paid, paid, row[_POSITION]))
        parcel = Parcel(
            row[_ACCOUNT] or None, invoice[0], row[_TRACKING] or None, day(row[_DATE], _NAMES[_DATE])
        )
        ledger.add(invoice[0], sum((one.net for one in found), ZERO), number)
        return parcel, found

    return Sheet(read, frozenset({0, _ACCOUNT, _DATE, _TRACKING, *_CHARGES}), _WIDTHS)


FORMATS = (
    Format(
        "dhl-ecommerce",
        "DHL eCommerce invoice",
        "no header row; rows of 78 or 79 columns that begin with HDR and DTL",
        _match,
        _open,
    ),
)
