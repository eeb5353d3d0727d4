"""The stack machine that runs a pickle's opcodes: it builds plain values and inert records, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flame_model.files.reading import Budget

_MEMO_LIMIT = 1_000_000
"""Values that a pickle may memoize."""
_ENTRY_COST = 16
"""Bytes per entry of a container, with the room that Python reserves for growth."""
_CONTAINERS = (list, tuple, dict, set, frozenset)


class ForbiddenNameError(Exception):
    """A pickle asks for a name that it may not use; the message is the name."""


class PickleMachine:
    """The stack, marks and memo of one pickle; each method carries out one opcode.

    The methods raise ForbiddenNameError for a name that is not permitted, and nearly any exception where the
    pickle is broken.

    `names` maps each permitted name to the class that stands for it: a record that takes any arguments and
    has `state`, or a container.
    """

    def __init__(self, names: Mapping[tuple[str, str], type], budget: Budget) -> None:
        self._names, self._budget = names, budget
        self._classes = frozenset(names.values())
        self._stack: list[Any] = []
        self._marks: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def push(self, value: Any) -> None:
        """Push a value onto the stack."""
        self._stack.append(value)

    def result(self) -> Any:
        """Return the value that the pickle has built, which is the top of the stack."""
        return self._stack.pop()

    def duplicate(self, _: None) -> None:
        """Push the top of the stack again."""
        self.push(self._stack[-1])

    def mark(self, _: None) -> None:
        """Begin a group of values."""
        self._marks.append(self._stack)
        self._stack = []

    def group(self) -> list[Any]:
        """End the group of values and return it."""
        values, self._stack = self._stack, self._marks.pop()
        return values

    def pop(self, _: None) -> None:
        """Drop the top of the stack."""
        if self._stack:
            self._stack.pop()
        else:
            self.group()

    def put(self, place: int | None) -> None:
        """Memoize the top of the stack under an index, or under the next free index for None."""
        place = len(self._memo) if place is None else place
        if not 0 <= place < _MEMO_LIMIT:
            raise ValueError(f"it uses memo index {place}, which no file needs")
        self._memo[place] = self._stack[-1]

    def get(self, place: int) -> None:
        """Push the value memoized under an index."""
        self.push(self._memo[place])

    def tuple_of(self, count: int) -> None:
        """Replace the top `count` values by a tuple of them."""
        if len(self._stack) < count:
            raise IndexError(f"it asks for a tuple of {count} values, of which {len(self._stack)} exist")
        self._stack[-count:] = [tuple(self._stack[-count:])]

    def extend(self, values: list[Any]) -> None:
        """Append values to the list on top; other containers are ignored."""
        if isinstance(self._stack[-1], list):
            self._stack[-1].extend(values)

    def append(self, _: None) -> None:
        """Append the top of the stack to the list below."""
        self.extend([self._stack.pop()])

    def set_entry(self, _: None) -> None:
        """Put the key and value on top into the dictionary below."""
        self.fill([self._stack.pop(-2), self._stack.pop()])

    def fill(self, values: list[Any]) -> None:
        """Put alternating keys and values into the dictionary on top."""
        filled(self._stack[-1], zip(values[::2], values[1::2], strict=True))

    def find(self, name: tuple[str, str]) -> None:
        """Push the class that stands for a (module, name)."""
        if name not in self._names:
            raise ForbiddenNameError(".".join(map(str, name)))
        self.push(self._names[name])

    def find_on_stack(self, _: None) -> None:
        """Push the class that stands for the module and name on top."""
        name, module = self._stack.pop(), self._stack.pop()
        if not (isinstance(module, str) and isinstance(name, str)):
            raise ValueError("it asks for a name that is not text")
        self.find((module, name))

    def call(self, kind: Any, values: Any) -> None:
        """Push a record or container of a class, made with arguments."""
        if not (isinstance(kind, type) and kind in self._classes and isinstance(values, tuple)):
            raise ValueError("it calls something that is not a class")
        self.push(self._container(kind, values) if kind in _CONTAINERS else kind(*values))

    def _container(self, kind: type, values: tuple[Any, ...]) -> Any:
        """Return a plain container with the given entries; sets become empty tuples."""
        items = values[0] if values else ()
        if not isinstance(items, list | tuple):
            raise ValueError("it fills a container from something that is not a list")
        self._budget.take(_ENTRY_COST * len(items))
        if kind is dict:
            return filled({}, items)
        return kind(items) if kind in (list, tuple) else ()

    def reduce(self, _: None) -> None:
        """Call the class below the top with the arguments on top."""
        values = self._stack.pop()
        self.call(self._stack.pop(), values)

    def call_group(self, name: tuple[str, str] | None) -> None:
        """Call the named class, or the group's first value, with the group's other values."""
        values = self.group()
        if name is None:
            self.push(values.pop(0))
        else:
            self.find(name)
        self.call(self._stack.pop(), tuple(values))

    def call_with_names(self, _: None) -> None:
        """Drop the keyword arguments on top, which arrays never have, and call as `reduce` does."""
        self._stack.pop()
        self.reduce(None)

    def build(self, _: None) -> None:
        """Set the value on top as the state of the record below; containers have no state."""
        state = self._stack.pop()
        if hasattr(self._stack[-1], "state") and not isinstance(self._stack[-1], type):
            self._stack[-1].state = state


def filled(table: Any, pairs: Any) -> Any:
    """Put pairs into a dictionary and return it; keys are text, bytes (as Latin-1) or small integers."""
    if not isinstance(table, dict):
        raise ValueError("it sets entries of something that is not a dictionary")
    for pair in pairs:
        if not (isinstance(pair, list | tuple) and len(pair) == 2):
            raise ValueError("it has an entry that is not a pair of key and value")
        key = str(pair[0], "latin1") if isinstance(pair[0], bytes) else pair[0]
        # Larger integers can be chosen to have the same hash; texts cannot.
        if not (isinstance(key, str) or (isinstance(key, int) and abs(key) < 2**60)):
            raise ValueError(f"it has a key of type {type(key).__name__}; keys should be texts or integers")
        table[key] = pair[1]
    return table
