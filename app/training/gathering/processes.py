"""Gather clips in several processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess

from app.training.gathering.clip import ClipTask, gather_clip
from flame_model.errors import FlameCamError, SourceError
from mappings.records.gathered import Gathered

Outcome = tuple[ClipTask, Gathered | SourceError]
"""A clip with its frames, or with the error with which reading it ended."""


def in_processes(tasks: Sequence[ClipTask], jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each clip as soon as it is finished, using `jobs` processes.

    Leaving the iteration early ends the processes. Raises FlameCamError where a process died.
    """
    # Processes are spawned, not forked: the same on all systems, without half-copied threads of libraries.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), context, initializer=_end_with_the_parent)
    futures = {pool.submit(gather_clip, task): task for task in tasks}
    try:
        for future in as_completed(futures):
            yield futures[future], _outcome(future)
    except BrokenProcessPool as error:
        raise FlameCamError(
            "A gathering process died, probably for lack of memory; run again with fewer --jobs."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _outcome(future: Future[Gathered]) -> Gathered | SourceError:
    """Return the frames of a finished clip, or the error with which reading it ended."""
    try:
        return future.result()
    except SourceError as error:
        return error


def _end_with_the_parent() -> None:
    """End this process when the one that started it is killed, since it would wait for work forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)
