"""The base body of every write action: what the catalog compares an integration's own body with."""

from crossdock.schemas.actions import WRITE_ACTIONS, Action
from crossdock.schemas.cart_writes import base as cart
from crossdock.schemas.erp_writes import base as erp
from crossdock.schemas.fields import WriteBody
from crossdock.schemas.freight_writes import base as freight
from crossdock.schemas.wms_writes import base as wms

BY_TYPE = {
    "wms": wms.BASE_BODIES,
    "cart": cart.BASE_BODIES,
    "freight": freight.BASE_BODIES,
    "erp": erp.BASE_BODIES,
}

BASE_BODIES: dict[Action, type[WriteBody]] = {
    action: BY_TYPE[action.integration_type][action.name] for action in WRITE_ACTIONS
}
"""By the action; every action of the contract has one."""
