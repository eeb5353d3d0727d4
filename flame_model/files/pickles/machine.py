"""What the steps of a pickle do: build plain values and the records that stand for names, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flame_model.files.reading import Budget

_MEMO_LIMIT = 1_000_000
_ENTRY_COST = 16
"""Bytes that a place in a container takes, with what it keeps free to grow."""
_CONTAINERS = (list, tuple, dict, set, frozenset)


class ForbiddenNameError(Exception):
    """Carry the name a pickle asked for."""


class PickleMachine:
    """Hold what one pickle has built so far.

    Its methods are the steps; they raise ForbiddenNameError for a name that may not be used and nearly
    anything where the pickle is broken.

    `names` gives the class that stands for each name: a record that takes any arguments and has `state`, or
    a container.
    """

    def __init__(self, names: Mapping[tuple[str, str], type], budget: Budget) -> None:
        self._names, self._budget = names, budget
        self._classes = frozenset(names.values())
        self._stack: list[Any] = []
        self._marks: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def push(self, value: Any) -> None:
        """Put a value on the stack."""
        self._stack.append(value)

    def top(self) -> Any:
        """Take the value off the top of the stack."""
        return self._stack.pop()

    def again(self, _: None) -> None:
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
        """Remember the top of the stack under a number, the next one for None."""
        place = len(self._memo) if place is None else place
        if not 0 <= place < _MEMO_LIMIT:
            raise ValueError(f"memo place {place}, which no file needs")
        self._memo[place] = self._stack[-1]

    def get(self, place: int) -> None:
        """Push what was remembered."""
        self.push(self._memo[place])

    def tuple_of(self, count: int) -> None:
        """Make a tuple of the top values."""
        if len(self._stack) < count:
            raise IndexError(f"a tuple of {count} values, of which {len(self._stack)} are there")
        self._stack[-count:] = [tuple(self._stack[-count:])]

    def extend(self, values: list[Any]) -> None:
        """Append to the list on top; other containers stand for nothing here."""
        if isinstance(self._stack[-1], list):
            self._stack[-1].extend(values)

    def append(self, _: None) -> None:
        """Append the top of the stack to the list below."""
        self.extend([self._stack.pop()])

    def set_entry(self, _: None) -> None:
        """Put the key and value on top into the dictionary below."""
        self.fill([self._stack.pop(-2), self._stack.pop()])

    def fill(self, values: list[Any]) -> None:
        """Put keys and values in turn into the dictionary on top."""
        filled(self._stack[-1], zip(values[::2], values[1::2], strict=True))

    def find(self, name: tuple[str, str]) -> None:
        """Push what stands for a name."""
        if name not in self._names:
            raise ForbiddenNameError(".".join(map(str, name)))
        self.push(self._names[name])

    def find_on_stack(self, _: None) -> None:
        """Push what stands for the module and name on top."""
        name, module = self._stack.pop(), self._stack.pop()
        if not (isinstance(module, str) and isinstance(name, str)):
            raise ValueError("a name that is no text")
        self.find((module, name))

    def call(self, kind: Any, values: Any) -> None:
        """Push a record or container made with arguments."""
        if not (isinstance(kind, type) and kind in self._classes and isinstance(values, tuple)):
            raise ValueError("a call of something that is no class")
        self.push(self._container(kind, values) if kind in _CONTAINERS else kind(*values))

    def _container(self, kind: type, values: tuple[Any, ...]) -> Any:
        items = values[0] if values else ()
        if not isinstance(items, list | tuple):
            raise ValueError("a container of something that is none")
        self._budget.take(_ENTRY_COST * len(items))
        if kind is dict:
            return filled({}, items)
        return kind(items) if kind in (list, tuple) else ()

    def reduce(self, _: None) -> None:
        """Call what lies below the arguments on top."""
        values = self._stack.pop()
        self.call(self._stack.pop(), values)

    def call_group(self, name: tuple[str, str] | None) -> None:
        """Call the named class, or the first value of the group, with the others."""
        values = self.group()
        if name is None:
            self.push(values.pop(0))
        else:
            self.find(name)
        self.call(self._stack.pop(), tuple(values))

    def call_with_names(self, _: None) -> None:
        """Call as `reduce`, with keyword arguments on top, of which arrays have none."""
        self._stack.pop()
        self.reduce(None)

    def build(self, _: None) -> None:
        """Give the state on top to the record below; containers have none."""
        state = self._stack.pop()
        if hasattr(self._stack[-1], "state") and not isinstance(self._stack[-1], type):
            self._stack[-1].state = state


def filled(table: Any, pairs: Any) -> Any:
    """Put pairs into a dictionary whose keys are texts (Python 2's and 3's bytes too) or small integers."""
    if not isinstance(table, dict):
        raise ValueError("entries for something that is no dictionary")
    for pair in pairs:
        if not (isinstance(pair, list | tuple) and len(pair) == 2):
            raise ValueError("an entry that is no key and value")
        key = str(pair[0], "latin1") if isinstance(pair[0], bytes) else pair[0]
        # Larger integers can be chosen to have one hash; texts cannot.
        if not (isinstance(key, str) or (isinstance(key, int) and abs(key) < 2**60)):
            raise ValueError(f"a key of type {type(key).__name__}; keys should be texts or integers")
        table[key] = pair[1]
    return table
