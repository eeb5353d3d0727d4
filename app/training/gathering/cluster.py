"""Gather clips on a dask.distributed cluster whose workers see the clips under the same paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.training.gathering.clip import ClipTask, gather_clip
from app.training.gathering.processes import Outcome
from flame_model.errors import FlameCamError, InputError, SourceError

_CONNECT_S = 10
"""Longest wait for the scheduler to answer."""


def on_cluster(tasks: Sequence[ClipTask], address: str) -> Iterator[Outcome]:
    """Yield the outcome of each clip as soon as a worker of the scheduler at `address` has finished it.

    A scheduler can run any code on its workers and read their results, so it has to be trusted. Raises
    InputError where the extra `cluster` is missing or no scheduler answers, FlameCamError where the workers
    are lost.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise InputError(
            "--scheduler needs dask.distributed; install it with: pip install 'flame-cam[cluster]'."
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_S)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No scheduler answers at {address!r} ({type(error).__name__}); start one with: dask scheduler."
        ) from error
    with client:
        # pure=False, since a clip may have changed since another run on the same cluster.
        futures = {client.submit(gather_clip, task, pure=False): task for task in tasks}
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except SourceError as error:
                yield futures[future], error
            except KilledWorker as error:
                raise FlameCamError(f"The workers of {address} were lost; start them again.") from error
