"""What a query costs, and the bucket of points of one app in one shop.

Sources: scalars cost nothing and an object one, a connection is sized by `first` and `last`, a mutation costs
ten, the requested cost has to be there and the difference to the actual one is given back, no query may cost
more than 1000 (vendor's "GraphQL Admin API rate limits"); a bucket of 2000 with 100 points a second (an
answer that a developer posted in the vendor's community). How a connection grows with its size is in no
source: ours grows with the square root, scaled so that the 250 variants with inventory items of that answer
cost 24.
"""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    value_from_ast_untyped,
)

from crossdock.doubles.shopify.declined import Declined

MAXIMUM_AVAILABLE = 2000.0
RESTORE_RATE = 100.0
DEAREST_QUERY = 1000
MUTATION_COST = 10
SCALE = 0.76


class Points:
    """The bucket. `clock` gives seconds and is all that time means here."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        maximum: float = MAXIMUM_AVAILABLE,
        restore_rate: float = RESTORE_RATE,
    ) -> None:
        self._clock = clock
        self.maximum = maximum
        self.restore_rate = restore_rate
        self._left = maximum
        self._at = clock()

    @property
    def available(self) -> float:
        """The points that are there now."""
        now = self._clock()
        self._left = min(self.maximum, self._left + (now - self._at) * self.restore_rate)
        self._at = now
        return self._left

    def spend(self, amount: float) -> None:
        """Takes points without asking whether there are enough; never below none."""
        self._left = max(0.0, self.available - amount)

    def demand(self, requested: int) -> None:
        """Raises `Declined` when fewer are there, or when no bucket is that large."""
        if requested > DEAREST_QUERY:
            raise Declined(
                f"Query cost is {requested}, which exceeds the single query max cost limit "
                f"({DEAREST_QUERY}).",
                "MAX_COST_EXCEEDED",
                cost=requested,
                maxCost=DEAREST_QUERY,
            )
        if requested > self.available:
            raise Declined("Throttled", "THROTTLED")

    def told(self, requested: int, actual: int | None) -> dict[str, Any]:
        """`extensions.cost` of an answer."""
        return {
            "requestedQueryCost": requested,
            "actualQueryCost": actual,
            "throttleStatus": {
                "maximumAvailable": self.maximum,
                "currentlyAvailable": int(self.available),
                "restoreRate": self.restore_rate,
            },
        }


def grown(size: int) -> float:
    """How many times its record's cost a connection of that size costs."""
    return SCALE * math.sqrt(size)


def requested_cost(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> int:
    """The most that an operation can cost."""
    mutation = operation.operation is OperationType.MUTATION
    root = schema.mutation_type if mutation else schema.query_type
    below = _below(operation.selection_set, root, dict(variables))
    return max(1, math.ceil(below)) + (MUTATION_COST if mutation else 0)


def actual_cost(operation: OperationDefinitionNode, data: Any) -> int:
    """What an answer cost: as above, by what is in it."""
    mutation = operation.operation is OperationType.MUTATION
    return max(1, math.ceil(sum(map(_given, (data or {}).values())))) + (MUTATION_COST if mutation else 0)


def _below(
    selected: SelectionSetNode | None, parent: GraphQLNamedType | None, variables: dict[str, Any]
) -> float:
    total = 0.0
    for node in selected.selections if selected else ():
        if isinstance(node, InlineFragmentNode):
            total += _below(node.selection_set, parent, variables)
        elif isinstance(node, FieldNode) and isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            total += _field(node, parent, variables)
    return total


def _field(
    node: FieldNode, parent: GraphQLObjectType | GraphQLInterfaceType, variables: dict[str, Any]
) -> float:
    field = parent.fields.get(node.name.value)
    if field is None or node.selection_set is None or node.name.value == "pageInfo":
        return 0.0
    of = get_named_type(field.type)
    within = _below(node.selection_set, of, variables)
    sized = isinstance(get_nullable_type(field.type), GraphQLList) or of.name.endswith("Connection")
    if of.name.endswith("Edge") or not sized:
        return within if of.name.endswith("Edge") else within + 1
    arguments = {one.name.value: value_from_ast_untyped(one.value, variables) for one in node.arguments or ()}
    size = arguments.get("first") or arguments.get("last") or len(arguments.get("ids") or "1")
    return grown(int(size)) * (within if of.name.endswith("Connection") else within + 1)


def _given(value: Any) -> float:
    if isinstance(value, list):
        below = sum(map(_given, value))
        return grown(len(value)) * below / len(value) if value else 0.0
    if not isinstance(value, dict):
        return 0.0
    inner = sum(_given(one) for name, one in value.items() if name != "pageInfo")
    return inner if value.keys() & {"edges", "nodes", "node"} else inner + 1
