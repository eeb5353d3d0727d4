"""Which face is followed: the same choice in every command, reported once."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from app.cli import run
from app.evaluating.observed_clips import track_video
from app.pipeline.whole_source import open_observer
from app.sources import open_source
from app.training.gathering.clip import ClipTask, gather_clip
from flame_model.arrays import Picture
from mappings.frames import Frame
from mappings.records.take import load_take
from mappings.tracking.views.zoom import Zoom

SEVERAL = "2 faces are seen; the nearest is followed"
HIDDEN = slice(8, 12)


@pytest.fixture(scope="module")
def two(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip of a near person, hidden for four frames, and a bystander on the right."""
    path = tmp_path_factory.mktemp("two") / "two.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = 640, 320, "yuv420p"
        for index, (near, far) in enumerate(zip(*_pictures(test_data), strict=False)):
            picture = np.full((320, 640, 3), 120, np.uint8)
            if index not in range(HIDDEN.start, HIDDEN.stop):
                picture[:, :320] = cv2.resize(near, (320, 320))
            picture[60:260, 380:580] = cv2.resize(far, (200, 200))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


def _pictures(test_data: Path) -> list[list[Picture]]:
    clips = []
    for name in ("mouth_shapes", "expressive"):
        with av.open(str(test_data / "clips" / f"{name}.mp4")) as container:
            clips.append([f.to_ndarray(format="rgb24") for f in islice(container.decode(video=0), 20)])
    return clips


def test_a_take_of_two_people_holds_one_of_them(
    two: Path, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "take.npz"
    assert run(["track", str(two), str(out), "--landmarks", "--landmarker", str(bundle)]) == 0
    assert capsys.readouterr().err.count(SEVERAL) == 1
    seen = load_take(out).observations
    assert [index for index, each in enumerate(seen) if each is None] == [*range(HIDDEN.start, HIDDEN.stop)]
    assert all(each.landmarks[:, 0].mean() < 320 for each in seen if each is not None)


def test_gathering_and_evaluating_look_at_the_same_person(two: Path, bundle: Path) -> None:
    gathered = gather_clip(ClipTask(two, bundle))
    assert len(gathered.frame) >= 12
    assert gathered.landmarks[..., 0].mean(axis=1).max() < 320
    sight = track_video(str(two), bundle)
    assert all(o.landmarks[:, 0].mean() < 320 for o in sight.observations if o is not None)


def test_a_live_run_says_it_as_well(two: Path, bundle: Path) -> None:
    said: list[str] = []
    with (
        open_source(str(two), live=True) as source,
        closing(open_observer(source, bundle, said.append)) as observer,
    ):
        for item in islice(source, 3):
            if isinstance(item, Frame):
                observer.observe(item)
    assert said == [SEVERAL]


def test_a_zoom_chooses_and_a_mirror_shows_it_the_other_way_round(two: Path, bundle: Path) -> None:
    with open_source(str(two), live=False) as source:
        frame = next(item for item in source if isinstance(item, Frame))
        right = Zoom(2.0, (0.75, 0.5))
        with closing(open_observer(source, bundle, zoom=right)) as observer:
            plain = observer.observe(frame).observation
        with closing(open_observer(source, bundle, zoom=right)) as observer:
            observer.mirror = True
            mirrored = observer.observe(frame).observation
    assert plain is not None
    assert mirrored is not None
    assert plain.landmarks[:, 0].mean() > 380
    assert mirrored.landmarks[:, 0].mean() == pytest.approx(640 - plain.landmarks[:, 0].mean(), abs=0.01)


def test_a_photo_that_lies_stands_upright_beside_the_head(
    test_data: Path, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upright = Image.open(test_data / "photos" / "einstein.jpg").convert("RGB")
    upright.save(tmp_path / "stands.png")
    upright.rotate(90, expand=True).save(tmp_path / "lies.png")
    pictures = []
    for name in ("stands", "lies"):
        out = tmp_path / f"{name}_out.png"
        options = ["--side-by-side", "--size", "64x64", "--background", "studio", "--landmarker", str(bundle)]
        assert run(["render", str(tmp_path / f"{name}.png"), str(out), *options]) == 0
        pictures.append(np.asarray(Image.open(out).convert("RGB")).astype(int))
    assert "lies on its side: it is turned upright" in capsys.readouterr().err
    assert np.abs(pictures[0] - pictures[1]).max() <= 1


def test_an_animal_is_told_to_be_nobody(
    test_data: Path, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dog, out = test_data / "photos" / "no_face_dog.jpg", tmp_path / "dog.npz"
    assert run(["track", str(dog), str(out), "--landmarker", str(bundle)]) == 0
    assert "1 frame written to" in (said := capsys.readouterr().err)
    assert "without a face: no human face was found." in said


@pytest.mark.parametrize(
    ("zoom", "words"),
    [
        ("0.5", "is not a zoom"),
        ("three", "is not a zoom"),
        ("2,0.5", "is not a zoom"),
        ("nan", "is not a zoom"),
        ("1e9", "is not a zoom"),
        ("2,0.5,1.5", "is a zoom outside the picture"),
        ("2,nan,0.5", "is a zoom outside the picture"),
    ],
)
def test_a_zoom_that_is_none_is_refused(zoom: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["track", "demo", "out.npz", "--zoom", zoom]) != 0
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["render"], ["track"], ["calibrate"], ["mapping", "evaluate"]])
def test_every_command_that_tracks_can_look_closer(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*command, "--help"])
    assert "--zoom FACTOR[,X,Y]" in capsys.readouterr().out
