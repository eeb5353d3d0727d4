"""Gathered data are complete and in order, whichever processes did the work, and after interruptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import distributed
import numpy as np
import pytest

from app.training.gathering import gather as module
from app.training.gathering.clip import ClipTask
from app.training.gathering.gather import GatherReport, GatherSettings, gather
from app.training.gathering.parts import Parts
from app.training.gathering.processes import Outcome, in_processes
from flame_model.errors import InputError, OutputError
from mappings.records.gathered import Gathered, load_gathered


def run(clips: tuple[Path, ...], out: Path, bundle: Path, **options: object) -> GatherReport:
    settings = GatherSettings(clips, out, landmarker=bundle, **options)  # type: ignore[arg-type]
    return gather(settings, say=print)


@pytest.fixture(scope="module")
def plain(clips: tuple[Path, ...], bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data that one process gathers from the three clips."""
    out = tmp_path_factory.mktemp("plain") / "data.npz"
    run(clips, out, bundle, jobs=1)
    return out


def test_every_frame_is_there_in_the_order_of_the_clips(plain: Path) -> None:
    data = load_gathered(plain)
    assert data.clip_names == ("grin", "mouth_shapes", "expressive")
    assert np.bincount(data.clip).tolist() == [12, 12, 12]
    assert data.frame.reshape(3, 12).tolist() == [list(range(12))] * 3
    assert data.person_count == 3
    assert not data.left_out.any()


def test_two_workers_of_a_cluster_give_the_same_bytes(
    clips: tuple[Path, ...], bundle: Path, plain: Path, tmp_path: Path
) -> None:
    options = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "dashboard_address": ":0",
        "local_directory": tmp_path,
    }
    with distributed.LocalCluster(**options) as cluster:
        run(clips, tmp_path / "data.npz", bundle, scheduler=cluster.scheduler_address)
    assert (tmp_path / "data.npz").read_bytes() == plain.read_bytes()


def test_a_killed_run_continues_where_it_was(
    clips: tuple[Path, ...],
    bundle: Path,
    plain: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tracked: list[str] = []

    def dying(tasks: list[ClipTask], jobs: int) -> Iterator[Outcome]:
        for done in in_processes(tasks, jobs):
            tracked.append(done[0].clip.stem)
            yield done
            if len(tracked) == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(module, "in_processes", dying)
    with pytest.raises(KeyboardInterrupt):
        run(clips, tmp_path / "data.npz", bundle, jobs=1)
    assert not (tmp_path / "data.npz").exists()
    assert len(list(Parts(tmp_path / "data.npz").folder.iterdir())) == 2
    run(clips, tmp_path / "data.npz", bundle, jobs=2)
    assert len(tracked) == len(set(tracked)) == 3, "no clip was tracked twice"
    assert (tmp_path / "data.npz").read_bytes() == plain.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["data.npz"]


def test_what_cannot_be_used_is_listed_with_its_reason(
    clips: tuple[Path, ...], test_data: Path, bundle: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no clip at all")
    cat = test_data / "photos" / "no_face_cat.jpg"
    report = run((clips[0], broken, cat), tmp_path / "data.npz", bundle, jobs=1, licence="tests only")
    assert report.lines()[:2] == ["grin: 12 frames", "no_face_cat: 0 frames, 1 no face"]
    assert "broken.mp4" in report.lines()[2]
    assert report.data.left_out.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0]]
    assert load_gathered(tmp_path / "data.npz").licence == "tests only"


def test_clips_of_one_folder_may_show_one_person(tmp_path: Path) -> None:
    tasks = [ClipTask(tmp_path / name, tmp_path) for name in ("a/1.mp4", "b/1.mp4", "a/2.mp4")]
    assert module._people(tasks, "folder") == [0, 1, 0]
    assert module._people(tasks, "clip") == [0, 1, 2]


def test_nothing_of_use_is_one_sentence(test_data: Path, bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"None of the clips holds a frame that can be used: 1 no face\.$"):
        run((test_data / "photos" / "no_face_cat.jpg",), tmp_path / "data.npz", bundle)
    assert not list(tmp_path.iterdir())
    with pytest.raises(OutputError, match=r"should end in \.npz, received '\.npy'"):
        run((), tmp_path / "data.npy", bundle)


def test_a_scheduler_that_is_not_there_is_one_sentence(
    clips: tuple[Path, ...], bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training.gathering.cluster._CONNECT_S", 0.2)
    with pytest.raises(InputError, match=r"No scheduler answers at 'tcp://127\.0\.0\.1:1'"):
        run(clips[:1], tmp_path / "data.npz", bundle, scheduler="tcp://127.0.0.1:1")
    assert not list(tmp_path.iterdir())


def test_a_single_take_can_be_gathered(bundle: Path, tmp_path: Path) -> None:
    demo = Path(module.__file__).parents[3] / "assets" / "takes" / "demo.npz"
    data: Gathered = run((demo,), tmp_path / "data.npz", bundle, jobs=1).data
    assert len(data.time_s) > 500
