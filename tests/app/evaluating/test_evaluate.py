"""`flame-cam mapping evaluate` prints figures and writes a page."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from app.evaluating.report.figures import JUDGES, header
from app.model.solvers import SOLVERS
from tests.app.conftest import FlameCam, sentence
from tests.flame_files import write_flame_file
from tests.synthetic_heads import mixed_flame_head


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of both tables by column, joined where clip and solver are the same."""
    joined: dict[tuple[str, str], dict[str, str]] = {}
    for figures, lines in zip(JUDGES, text.split("\n\n"), strict=True):
        names = ["clip", "solver", *header(figures)]
        for line in lines.splitlines()[1:]:
            row = dict(zip(names, line.split(), strict=True))
            joined.setdefault((row["clip"], row["solver"]), {}).update(row)
    return list(joined.values())


def test_every_solver_is_evaluated_and_reported(
    flame_cam: FlameCam, tmp_path: Path, test_data: Path, bundle: Path
) -> None:
    clip = test_data / "clips" / "grin.mp4"
    finished = flame_cam(
        "mapping",
        "evaluate",
        clip,
        "demo",
        "--frames",
        "30",
        "--out",
        "report.html",
        "--landmarker",
        bundle,
    )
    assert finished.returncode == 0, finished.stderr
    read = {(row["clip"], row["solver"]): row for row in rows(finished.stdout)}
    assert list(read) == list(product(("grin.mp4", "demo", "mean"), SOLVERS))
    for solver in SOLVERS:
        grin, demo, mean = (read[clip, solver] for clip in ("grin.mp4", "demo", "mean"))
        assert float(grin["seen"]) == 1.0
        assert float(grin["r"]) > 0.5
        both = float(grin["error"]) + float(demo["error"])
        assert float(mean["error"]) == pytest.approx(both / 2, abs=1e-4)
        assert float(grin["jitter mm"]) < 0.005
        assert 0.0 < float(grin["turn °"]) < 10.0
        assert 0.0 < float(grin["lips err"]) < 0.05
        assert float(grin["gain off"]) >= 1.0
        assert demo["jitter mm"] == "-", "a take has no pictures"
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg") >= 9, "pairs of pictures, and heads alone for the take"


def test_a_published_mapping_dropped_in_is_evaluated_too(
    flame_cam: FlameCam, tmp_path: Path, bundle: Path
) -> None:
    random = np.random.default_rng(0)
    folder = tmp_path / "published"
    folder.mkdir()
    for name, columns, size in (("bs2exp", 50, 1.5), ("bs2jaw", 3, 0.05), ("bs2eye", 6, 0.05)):
        np.save(folder / f"{name}.npy", size * random.normal(size=(52, columns)))
    write_flame_file(mixed_flame_head(), tmp_path / "flame.pkl")
    finished = flame_cam(
        "mapping",
        "evaluate",
        "demo",
        "--frames",
        "12",
        "--landmarker",
        bundle,
        "--head",
        "flame.pkl",
        "--mapping",
        "published",
    )
    assert finished.returncode == 0, finished.stderr
    (row,) = rows(finished.stdout)
    assert float(row["out of range"].rstrip("%")) > 1.0
    assert row["bias mm"] == "-", "nobody knows where the landmarks of a plain file lie"
    assert "heads add" in finished.stderr


def test_a_clip_without_a_face_is_one_sentence(flame_cam: FlameCam, test_data: Path, bundle: Path) -> None:
    photo = test_data / "photos" / "no_face_cat.jpg"
    finished = flame_cam("mapping", "evaluate", photo, "--landmarker", bundle)
    assert finished.returncode == 2
    assert "No face was found in no_face_cat.jpg" in sentence(finished)


def test_an_output_that_cannot_be_written_is_refused_first(flame_cam: FlameCam, bundle: Path) -> None:
    finished = flame_cam(
        "mapping", "evaluate", "demo", "--out", "nowhere/report.html", "--landmarker", bundle
    )
    assert finished.returncode == 2
    assert "nowhere" in sentence(finished)
    assert not finished.stdout
