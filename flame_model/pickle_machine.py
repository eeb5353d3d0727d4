"""Run a pickle that may build nothing but plain values and the records it is given for names.

Python's own unpickler hashes, compares and grows what a file tells it to: keys of nested tuples overflow the
C stack, colliding ones take minutes, 127 bytes of doubled tuples never end. Here keys are texts, steps are
counted, and what is copied counts against a budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flame_model import pickle_arguments as arguments
from flame_model.files import Budget
from flame_model.pickle_arguments import PickleBytes

STEP_LIMIT = 1_000_000
"""Opcodes of one pickle, two seconds; FLAME's files have some hundred, masks written as lists 100,000."""
_STEP_COST, _ENTRY_COST = 100, 16
"""Bytes that the smallest object takes, and its place in a container with what that keeps free to grow."""
_CONTAINERS = (list, tuple, dict, set, frozenset)


class ForbiddenNameError(Exception):
    """Carry the name a pickle asked for."""


class PickleMachine:
    """Run one pickle; raises ForbiddenNameError for names it may not use, nearly anything where it is broken.

    `names` gives the class that stands for each name: a record that takes any arguments and has `state`, or
    a container.
    """

    def __init__(self, data: bytes, names: Mapping[tuple[str, str], type], budget: Budget) -> None:
        self._data, self._names, self._budget = PickleBytes(data), names, budget
        self._classes = frozenset(names.values())
        self._stack: list[Any] = []
        self._marks: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def run(self) -> Any:
        """Return the value that the pickle builds."""
        for _ in range(STEP_LIMIT):
            code = self._data.take(1)
            if code == b".":
                return self._stack.pop()
            if code not in _OPCODES:
                raise ValueError(f"{code!r} at byte {self._data.place - 1} is no step of a pickle of arrays")
            read, act = _OPCODES[code]
            argument = read(self._data)
            self._budget.take(_STEP_COST + (len(argument) if isinstance(argument, bytes | str) else 0))
            act(self, argument)
        raise ValueError(f"it has more than {STEP_LIMIT} steps")

    def push(self, value: Any) -> None:
        """Put a value on the stack."""
        self._stack.append(value)

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
        if not 0 <= place < STEP_LIMIT:
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

    def fill(self, values: list[Any]) -> None:
        """Put keys and values in turn into the dictionary on top."""
        _fill(self._stack[-1], zip(values[::2], values[1::2], strict=True))

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
            return _fill({}, items)
        return kind(items) if kind in (list, tuple) else ()

    def reduce(self, _: None) -> None:
        """Call what lies below the arguments on top."""
        values = self._stack.pop()
        self.call(self._stack.pop(), values)

    def call_with_names(self, _: None) -> None:
        """Call as `reduce`, with keyword arguments on top, of which arrays have none."""
        self._stack.pop()
        self.reduce(None)

    def build(self, _: None) -> None:
        """Give the state on top to the record below; containers have none."""
        state = self._stack.pop()
        if hasattr(self._stack[-1], "state") and not isinstance(self._stack[-1], type):
            self._stack[-1].state = state


def _fill(table: Any, pairs: Any) -> Any:
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


_Read = Callable[[PickleBytes], Any]
_Act = Callable[[PickleMachine, Any], None]


def _constant(make: Callable[[], Any]) -> tuple[_Read, _Act]:
    return arguments.nothing, lambda machine, _: machine.push(make())


def _of_group(make: Callable[[list[Any]], Any]) -> tuple[_Read, _Act]:
    return arguments.nothing, lambda machine, _: machine.push(make(machine.group()))


def _call_of_group(machine: PickleMachine, name: tuple[str, str] | None) -> None:
    """Call the named class, or the first value of the group, with the others."""
    values = machine.group()
    if name is None:
        machine.push(values.pop(0))
    else:
        machine.find(name)
    machine.push(tuple(values))
    machine.reduce(None)


def _pushed(*readers: tuple[bytes, _Read]) -> dict[bytes, tuple[_Read, _Act]]:
    return {code: (read, PickleMachine.push) for code, read in readers}


def _ignored(machine: PickleMachine, argument: Any) -> None:
    """Do nothing: protocol numbers and frames say nothing about values."""


_OPCODES: dict[bytes, tuple[_Read, _Act]] = {
    **_pushed((b"I", arguments.integer_line), (b"L", arguments.integer_line), (b"J", arguments.signed)),
    **_pushed((b"K", arguments.unsigned(1)), (b"M", arguments.unsigned(2))),
    **_pushed((b"\x8a", arguments.long_integer(1)), (b"\x8b", arguments.long_integer(4))),
    **_pushed((b"F", arguments.float_line), (b"G", arguments.double)),
    **_pushed((b"S", arguments.quoted_line), (b"T", arguments.latin(4)), (b"U", arguments.latin(1))),
    **_pushed((b"V", arguments.text_line), (b"\x8c", arguments.text(1)), (b"X", arguments.text(4))),
    **_pushed((b"\x8d", arguments.text(8)), (b"C", arguments.raw(1)), (b"B", arguments.raw(4))),
    **_pushed((b"\x8e", arguments.raw(8)), (b"\x96", arguments.raw(8))),
    b"N": _constant(lambda: None),
    b"\x88": _constant(lambda: True),
    b"\x89": _constant(lambda: False),
    b"]": _constant(list),
    b"}": _constant(dict),
    b")": _constant(tuple),
    b"\x8f": _constant(tuple),
    b"l": _of_group(list),
    b"t": _of_group(tuple),
    b"\x91": _of_group(lambda _: ()),
    b"d": _of_group(lambda values: _fill({}, zip(values[::2], values[1::2], strict=True))),
    b"\x85": (lambda _: 1, PickleMachine.tuple_of),
    b"\x86": (lambda _: 2, PickleMachine.tuple_of),
    b"\x87": (lambda _: 3, PickleMachine.tuple_of),
    b"(": (arguments.nothing, PickleMachine.mark),
    b"0": (arguments.nothing, PickleMachine.pop),
    b"1": (arguments.nothing, lambda machine, _: _ignored(machine, machine.group())),
    b"2": (arguments.nothing, lambda machine, _: machine.push(machine._stack[-1])),
    b"p": (arguments.integer_line, PickleMachine.put),
    b"q": (arguments.unsigned(1), PickleMachine.put),
    b"r": (arguments.unsigned(4), PickleMachine.put),
    b"\x94": (arguments.nothing, PickleMachine.put),
    b"g": (arguments.integer_line, PickleMachine.get),
    b"h": (arguments.unsigned(1), PickleMachine.get),
    b"j": (arguments.unsigned(4), PickleMachine.get),
    b"a": (arguments.nothing, lambda machine, _: machine.extend([machine._stack.pop()])),
    b"e": (arguments.nothing, lambda machine, _: machine.extend(machine.group())),
    b"\x90": (arguments.nothing, lambda machine, _: machine.extend(machine.group())),
    b"s": (
        arguments.nothing,
        lambda machine, _: machine.fill([machine._stack.pop(-2), machine._stack.pop()]),
    ),
    b"u": (arguments.nothing, lambda machine, _: machine.fill(machine.group())),
    b"c": (arguments.name_lines, PickleMachine.find),
    b"\x93": (arguments.nothing, PickleMachine.find_on_stack),
    b"i": (arguments.name_lines, _call_of_group),
    b"o": (arguments.nothing, _call_of_group),
    b"R": (arguments.nothing, PickleMachine.reduce),
    b"\x81": (arguments.nothing, PickleMachine.reduce),
    b"\x92": (arguments.nothing, PickleMachine.call_with_names),
    b"b": (arguments.nothing, PickleMachine.build),
    b"\x80": (arguments.unsigned(1), _ignored),
    b"\x95": (arguments.unsigned(8), _ignored),
}
