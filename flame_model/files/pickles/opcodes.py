"""Run a pickle of any protocol, opcode by opcode, within a step limit and a memory budget.

Python's own unpickler hashes, compares and grows whatever a file asks for: keys of nested tuples overflow the
C stack, colliding keys take minutes, and 127 bytes of doubled tuples never end. Here keys are text or small
integers, steps are counted, and copies count against the budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flame_model.files.pickles import opcode_arguments as arguments
from flame_model.files.pickles.opcode_arguments import PickleBytes
from flame_model.files.pickles.stack_machine import PickleMachine, filled
from flame_model.files.reading import Budget

STEP_LIMIT = 1_000_000
"""Opcodes of one pickle, about two seconds of work. FLAME's models have a few hundred opcodes, and its masks,
which are stored as lists, have 100,000."""
_STEP_COST = 100
"""Bytes of the smallest Python object."""


def run_pickle(data: bytes, names: Mapping[tuple[str, str], type], budget: Budget) -> Any:
    """Return the value that a pickle builds; `names` and exceptions are those of PickleMachine."""
    source, machine = PickleBytes(data), PickleMachine(names, budget)
    for _ in range(STEP_LIMIT):
        code = source.take(1)
        if code == b".":
            return machine.result()
        if code not in _OPCODES:
            raise ValueError(f"{code!r} at byte {source.place - 1} is not an opcode of a pickle of arrays")
        read, act = _OPCODES[code]
        argument = read(source)
        budget.take(_STEP_COST + (len(argument) if isinstance(argument, bytes | str) else 0))
        act(machine, argument)
    raise ValueError(f"it has more than {STEP_LIMIT} steps")


_Read = Callable[[PickleBytes], Any]
_Act = Callable[[PickleMachine, Any], None]


def _constant(make: Callable[[], Any]) -> tuple[_Read, _Act]:
    """Return the opcode that pushes a new value."""
    return arguments.nothing, lambda machine, _: machine.push(make())


def _of_group(make: Callable[[list[Any]], Any]) -> tuple[_Read, _Act]:
    """Return the opcode that replaces a group by a value made of it."""
    return arguments.nothing, lambda machine, _: machine.push(make(machine.group()))


def _pushed(*readers: tuple[bytes, _Read]) -> dict[bytes, tuple[_Read, _Act]]:
    """Return the opcodes that push their argument."""
    return {code: (read, PickleMachine.push) for code, read in readers}


def _ignored(machine: PickleMachine, argument: Any) -> None:
    """Do nothing: protocol numbers and frame lengths carry no values."""


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
    b"d": _of_group(lambda values: filled({}, zip(values[::2], values[1::2], strict=True))),
    b"\x85": (lambda _: 1, PickleMachine.tuple_of),
    b"\x86": (lambda _: 2, PickleMachine.tuple_of),
    b"\x87": (lambda _: 3, PickleMachine.tuple_of),
    b"(": (arguments.nothing, PickleMachine.mark),
    b"0": (arguments.nothing, PickleMachine.pop),
    b"1": (arguments.nothing, lambda machine, _: _ignored(machine, machine.group())),
    b"2": (arguments.nothing, PickleMachine.duplicate),
    b"p": (arguments.integer_line, PickleMachine.put),
    b"q": (arguments.unsigned(1), PickleMachine.put),
    b"r": (arguments.unsigned(4), PickleMachine.put),
    b"\x94": (arguments.nothing, PickleMachine.put),
    b"g": (arguments.integer_line, PickleMachine.get),
    b"h": (arguments.unsigned(1), PickleMachine.get),
    b"j": (arguments.unsigned(4), PickleMachine.get),
    b"a": (arguments.nothing, PickleMachine.append),
    b"e": (arguments.nothing, lambda machine, _: machine.extend(machine.group())),
    b"\x90": (arguments.nothing, lambda machine, _: machine.extend(machine.group())),
    b"s": (arguments.nothing, PickleMachine.set_entry),
    b"u": (arguments.nothing, lambda machine, _: machine.fill(machine.group())),
    b"c": (arguments.name_lines, PickleMachine.find),
    b"\x93": (arguments.nothing, PickleMachine.find_on_stack),
    b"i": (arguments.name_lines, PickleMachine.call_group),
    b"o": (arguments.nothing, PickleMachine.call_group),
    b"R": (arguments.nothing, PickleMachine.reduce),
    b"\x81": (arguments.nothing, PickleMachine.reduce),
    b"\x92": (arguments.nothing, PickleMachine.call_with_names),
    b"b": (arguments.nothing, PickleMachine.build),
    b"\x80": (arguments.unsigned(1), _ignored),
    b"\x95": (arguments.unsigned(8), _ignored),
}
