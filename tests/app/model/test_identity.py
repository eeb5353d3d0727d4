"""`--identity`: another face for the head."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from app.model.animated_head import AnimatedHead
from flame_model.deform import prepare
from flame_model.files.head_file import save_head
from flame_model.find_heads import load_head
from tests.app.conftest import FlameCam, sentence
from tests.synthetic_heads import make_head


def first_frame(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.int16)


def test_render_shows_the_identity_of_the_file(flame_cam: FlameCam, tmp_path: Path) -> None:
    (tmp_path / "wide.json").write_text(json.dumps([3.0, -2.0]))
    options = ("--frames", "1", "--size", "96x96", "--background", "black")
    for name, identity in (("plain", ()), ("wide", ("--identity", "wide.json"))):
        finished = flame_cam("render", "demo", f"{name}.png", *options, *identity)
        assert finished.returncode == 0, finished.stderr
    difference = np.abs(first_frame(tmp_path / "plain.png") - first_frame(tmp_path / "wide.png"))
    assert (difference.max(axis=2) > 20).mean() > 0.02


def test_a_file_that_does_not_fit_is_refused_in_one_sentence(flame_cam: FlameCam, tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text(json.dumps([0.0] * 400))
    finished = flame_cam("render", "demo", "out.png", "--identity", "many.json")
    assert finished.returncode == 2
    assert "holds 400 coefficients" in sentence(finished)
    assert not (tmp_path / "out.png").exists()


def test_faces_are_those_of_the_basis_where_lips_and_lids_are_not(tmp_path: Path) -> None:
    np.savez(tmp_path / "person.npz", identity=[0.0, 2.0])
    head = AnimatedHead.load("builtin", None, tmp_path / "person.npz").head
    expected = prepare(load_head("builtin"), [0.0, 2.0]).rest_vertices
    away = np.linalg.norm(head.template - expected, axis=1)
    assert np.median(away) < 1e-4
    assert np.median(np.linalg.norm(expected - load_head("builtin").template, axis=1)) > 1e-3


def test_a_head_without_landmarks_takes_the_coefficients_as_they_are(tmp_path: Path) -> None:
    bare = replace(make_head(expression=load_head("builtin").expression_count), landmarks=None)
    save_head(bare, tmp_path / "bare.npz")
    np.savez(tmp_path / "person.npz", betas=[[1.0, -1.0]])
    head = AnimatedHead.load(str(tmp_path / "bare.npz"), None, tmp_path / "person.npz").head
    np.testing.assert_allclose(head.template, prepare(bare, [1.0, -1.0]).rest_vertices, atol=1e-6)
