"""Size and weight, as shipments, products and kits have them."""

from crossdock.schemas.fields import WriteBody
from crossdock.schemas.wms_writes import fields


class Measurements(WriteBody, kw_only=True):
    """Size and weight with their units, all of them."""

    length: fields.Length
    width: fields.Width
    height: fields.Height
    unit: fields.LengthUnit
    weight: fields.Weight
    weight_unit: fields.WeightUnit
