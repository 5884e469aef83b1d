"""The sandbox of each kind of system."""

from collections.abc import Mapping

from crossdock.sandbox.cart import doors as cart
from crossdock.sandbox.doors import System
from crossdock.sandbox.erp import doors as erp
from crossdock.sandbox.freight import doors as freight
from crossdock.sandbox.wms import doors as wms
from crossdock.schemas.actions import IntegrationType

SYSTEMS: Mapping[IntegrationType, System] = {
    "wms": wms.SYSTEM,
    "cart": cart.SYSTEM,
    "freight": freight.SYSTEM,
    "erp": erp.SYSTEM,
}
