"""`flame-cam heads fit`: people from photos, clips and takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.heads.fitting import FitHeadSettings, fit_head_to_person
from app.model.animated_head import AnimatedHead
from flame_model.errors import InputError
from flame_model.files.head_file import save_head
from flame_model.find_heads import head_names, load_head
from tests.app.heads.conftest import Command
from tests.synthetic_heads import make_head

WITHIN = 0.03
"""Share of the eye distance."""
PORTRAITS = ("einstein", "girl_painting", "mona_lisa", "obama", "pearl_earring", "portrait_lady")

pytestmark = pytest.mark.usefixtures("heads_folder")


def settings(source: Path | str, bundle: Path, **changes: Any) -> FitHeadSettings:
    return replace(FitHeadSettings(str(source), "me", landmarker=bundle), **changes)


def asymmetry(path: str) -> float:
    """Return how far the eyes' outer corners are from mirroring each other, metres."""
    head = load_head(path)
    left, right = head.template[263], head.template[33]
    return float(np.abs(left - right * (-1, 1, 1)).max())


@pytest.mark.parametrize("name", PORTRAITS)
def test_a_photo_becomes_a_head_that_lies_on_it(
    said: list[str], bundle: Path, test_data: Path, name: str
) -> None:
    fitted = fit_head_to_person(settings(test_data / "photos" / f"{name}.jpg", bundle), said.append)
    assert fitted.error < WITHIN
    assert fitted.frames == 1
    assert not said
    moved = np.linalg.norm(fitted.head.template - load_head("builtin").template, axis=1)
    assert 0.002 < np.percentile(moved, 90) < 0.03


def test_the_head_is_kept_with_all_that_a_head_has(
    command: Command, heads_folder: Path, bundle: Path, test_data: Path
) -> None:
    photo = test_data / "photos" / "obama.jpg"
    fitted = command("heads", "fit", photo, "--name", "me", "--landmarker", bundle)
    assert fitted.code == 0, fitted.err
    assert "the observed ones is 0." in fitted.err
    assert "flame-cam --head me" in fitted.err
    kept = sorted(path.name for path in (heads_folder / "me").iterdir())
    assert kept == ["about.json", "head.npz", "mapping", "picture.png"]
    shown = command("heads", "show", "me").out
    assert all(words in shown for words in ("fitted to obama.jpg", "478 placed", "MIT"))
    rendered = command("render", "demo", "out.png", "--head", "me", "--frames", "2", "--size", "64x64")
    assert rendered.code == 0, rendered.err


def test_a_person_can_be_fitted_again_from_their_own_head(
    said: list[str], bundle: Path, test_data: Path
) -> None:
    fit_head_to_person(settings(test_data / "photos" / "obama.jpg", bundle), said.append)
    again = fit_head_to_person(
        settings(test_data / "photos" / "einstein.jpg", bundle, head="me"), said.append
    )
    assert said == ["there is a head 'me' already; it is replaced by this one"]
    assert again.error < WITHIN
    animated = AnimatedHead.load("me")
    assert animated.head.landmarks is not None
    assert animated.response is not None, "its tracker's reading is that of the head it was made from"


def test_a_clip_and_a_take_serve_as_well(said: list[str], bundle: Path, test_data: Path) -> None:
    clip = fit_head_to_person(settings(test_data / "clips" / "grin.mp4", bundle, symmetric=True), said.append)
    assert 30 <= clip.frames <= 40
    assert clip.error < WITHIN
    assert asymmetry("me") < 2e-4
    take = fit_head_to_person(settings("demo", bundle, name="demo"), said.append)
    assert take.error < WITHIN
    assert asymmetry("demo") > 2e-4
    assert not said


def test_of_two_people_the_larger_counts_and_it_is_said(
    said: list[str], bundle: Path, test_data: Path
) -> None:
    assert (
        fit_head_to_person(settings(test_data / "photos" / "two_people.jpg", bundle), said.append).error
        < WITHIN
    )
    assert said == ["2 faces are in the picture; the largest is used"]


@pytest.mark.parametrize("photo", ["no_face_cat", "no_face_dog"])
def test_no_person_no_head(said: list[str], bundle: Path, test_data: Path, photo: str) -> None:
    with pytest.raises(InputError, match="No human face was found in"):
        fit_head_to_person(settings(test_data / "photos" / f"{photo}.jpg", bundle), said.append)
    assert head_names() == ["builtin"]


@pytest.mark.parametrize(
    ("added", "words"), [(False, r"add it first \(flame-cam heads add"), (True, "choose")]
)
def test_a_head_without_landmarks_cannot_be_fitted(
    bundle: Path, heads_folder: Path, tmp_path: Path, added: bool, words: str
) -> None:
    bare = heads_folder / "bare" / "head.npz" if added else tmp_path / "bare.npz"
    bare.parent.mkdir(parents=True, exist_ok=True)
    save_head(make_head(), bare)
    with pytest.raises(InputError, match=words):
        fit_head_to_person(settings("demo", bundle, head="bare" if added else str(bare)), print)


@pytest.mark.parametrize("name", ["builtin", "ict", "../me"])
def test_names_that_are_taken_or_no_names_are_refused(said: list[str], bundle: Path, name: str) -> None:
    with pytest.raises(InputError, match="choose another with --name"):
        fit_head_to_person(settings("demo", bundle, name=name), said.append)
