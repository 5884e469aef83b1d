"""The reasons for a return that one Ongoing account knows.

Source: `GET /returnOrders/returnCauses`, model `GetReturnCauseModel`. The specification gives names
without descriptions; the reading of the three flags below is ours, from their names.
"""

from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id

LEFT_OUT_BECAUSE = (
    (
        "isRemoveCause",
        "marked isRemoveCause: it writes goods off, which the warehouse decides when they arrive",
    ),
    (
        "isChangeCause",
        "marked isChangeCause: it exchanges goods, which a return alone does not do",
    ),
    (
        "isReturnCommentMandatory",
        "marked isReturnCommentMandatory: Ongoing wants a comment with it and the write has no such field",
    ),
)


def request(account: Account) -> VendorRequest:
    """Operation `returnOrdersGetReturnCauses`."""
    return VendorRequest("GET", "/returnOrders/returnCauses", {"goodsOwnerId": goods_owner_id(account)})


def parse(answer: Any) -> Choices:
    """Rows of `code` and `name`. Raises `ValueError` when the answer is no `GetReturnCausesModel`."""
    causes = answer.get("returnCauses") or [] if isinstance(answer, dict) else None
    if not isinstance(causes, list) or not all(isinstance(cause, dict) for cause in causes):
        raise ValueError("the answer is not a list of return causes")
    rows, left_out = [], []
    for cause in causes:
        if reason := _why_not_offered(cause):
            left_out.append(LeftOut(f"{cause.get('code') or ''} {cause.get('name') or ''}".strip(), reason))
        else:
            rows.append({"code": cause["code"], "name": cause.get("name")})
    return Choices(rows, left_out)


def _why_not_offered(cause: dict[str, Any]) -> str | None:
    if not cause.get("code"):
        return "it has no code, and a return names its cause by code"
    return next((reason for flag, reason in LEFT_OUT_BECAUSE if cause.get(flag)), None)


OPTION = Option("return_causes", request, parse)
