"""Read files in separate processes, so that crashes, hangs and excessive memory are seen from outside."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import psutil

from flame_model.errors import FlameCamError
from tests.robustness.fuzz.corpus import Case

READERS_MODULE = "tests.robustness.fuzz.readers"
TIME_LIMIT_S = 10.0
MEMORY_LIMIT = 2**30
"""Bytes that reading may add to the memory of a process."""
_HARD_LIMIT = 4 * 2**30
"""Bytes of address space that reading may add; a larger allocation fails and leaves the machine alone."""
_START_S = 120.0


class Outcome(NamedTuple):
    """The result of reading one case."""

    case: Case
    fault: str
    """What went wrong; empty where the file was read or refused in a sentence."""
    sentence: str = ""


def read_all(
    cases: Iterable[Case], readers: str = READERS_MODULE, time_limit_s: float = TIME_LIMIT_S
) -> Iterator[Outcome]:
    """Read the cases one after another and yield the result of each; a process that failed is replaced.

    `readers` names the module that holds READERS.
    """
    worker = _Worker(readers, time_limit_s)
    try:
        for case in cases:
            outcome = worker.read(case)
            if outcome.fault:
                worker.close()
                worker = _Worker(readers, time_limit_s)
            yield outcome
    finally:
        worker.close()


class _Worker:
    def __init__(self, readers: str, time_limit_s: float) -> None:
        self._time_limit_s = time_limit_s
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there, readers), daemon=True)
        self._process.start()
        there.close()
        if not self._here.poll(_START_S):
            raise RuntimeError("the reading process does not start")
        self._here.recv()

    def read(self, case: Case) -> Outcome:
        self._here.send(case)
        if not self._here.poll(self._time_limit_s):
            return Outcome(case, f"hangs for more than {self._time_limit_s:g} s")
        try:
            fault, sentence, taken = self._here.recv()
        except EOFError:
            self._process.join(5)
            return Outcome(case, f"ends the process with {self._process.exitcode}")
        if not fault and taken > MEMORY_LIMIT:
            fault = f"takes {taken / 2**30:.2f} GB"
        return Outcome(case, fault, sentence)

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._here.close()


def _work(pipe: Connection, module: str) -> None:
    """Read the cases that arrive through the pipe until it closes."""
    readers = importlib.import_module(module).READERS
    for reader in readers.values():  # The first file loads what all of a kind need.
        for name, content in list(reader.samples().items())[:1]:
            _read(Case("", name, content), reader.read)
    start = psutil.Process().memory_info().rss
    _limit_address_space()
    pipe.send("ready")
    while True:
        try:
            case = pipe.recv()
        except EOFError:
            return
        fault = sentence = ""
        try:
            _read(case, readers[case.reader].read)
        except FlameCamError as error:
            sentence = str(error)
        except BaseException as error:
            fault = f"raises {type(error).__name__}: {str(error)[:200]}"
        pipe.send((fault or _unfit(sentence), sentence[:300], _peak() - start))


def _read(case: Case, read) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.name
        path.write_bytes(case.content)
        read(path)


def _unfit(sentence: str) -> str:
    """Return what is wrong with a sentence for a terminal, nothing for a good one."""
    if len(sentence) > 1000:
        return f"says {len(sentence)} letters: {sentence[:100]}"
    return "" if all(letter.isprintable() for letter in sentence) else f"says {sentence!r}"


def _peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    if sys.platform.startswith("linux"):
        # getrusage counts what the starting process had before it became this one.
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return 1024 * int(status.split("VmHWM:")[1].split()[0])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit_address_space() -> None:
    if sys.platform == "win32":
        return
    import resource

    limit = psutil.Process().memory_info().vms + _HARD_LIMIT
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
