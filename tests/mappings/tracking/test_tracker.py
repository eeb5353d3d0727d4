"""The tracker observes the face in a real clip, whatever the times of its frames."""

from __future__ import annotations

import zipfile
from contextlib import closing
from itertools import islice

import av
import numpy as np
import pytest
from mediapipe.tasks.python.vision.face_landmarker import Blendshapes
from PIL import Image

from flame_model.errors import TrackerBundleError
from mappings.frames import Frame
from mappings.signals import MEDIAPIPE_NAMES
from mappings.tracking.landmarker import metres_from_centimetres
from mappings.tracking.people.face_finder import FaceFinder
from mappings.tracking.tracker import FaceTracker, observe_repeatedly

FIELD_OF_VIEW = np.radians(63)
"""Vertical angle of view that MediaPipe assumes of every camera."""


@pytest.fixture(scope="module")
def frames(test_data):
    """Return eight frames of a clip in which the head moves, 0.2 s apart."""
    with av.open(str(test_data / "clips" / "expressive.mp4")) as clip:
        pictures = [f.to_ndarray(format="rgb24") for f in islice(clip.decode(video=0), 0, 48, 6)]
    return [Frame(index, index * 0.2, picture) for index, picture in enumerate(pictures)]


@pytest.fixture
def face_tracker(bundle):
    """Return a fresh tracker."""
    with FaceTracker(bundle) as made:
        yield made


def observe_all(bundle, frames, smoothed):
    """Return what a new tracker observes in `frames`."""
    with FaceTracker(bundle, smoothed=smoothed) as tracker:
        return [tracker.observe(frame) for frame in frames]


def track_all(bundle, frames, smoothed):
    """Return the landmarks (N, 478, 3) that a new tracker observes in `frames`."""
    return np.array([seen.landmarks for seen in observe_all(bundle, frames, smoothed)])


def at(frame: Frame, time_s: float) -> Frame:
    """Return the picture of `frame` at another time."""
    return Frame(frame.index, time_s, frame.image)


def test_centimetres_become_metres_and_axes_stay():
    transform_cm = np.arange(16, dtype=np.float32).reshape(4, 4)
    transform = metres_from_centimetres(transform_cm)
    np.testing.assert_array_equal(transform[:3, :3], transform_cm[:3, :3])
    np.testing.assert_allclose(transform[:3, 3], transform_cm[:3, 3] / 100)
    np.testing.assert_array_equal(transform[3], transform_cm[3])
    assert transform_cm[0, 3] == 3


def test_names_are_those_of_the_installed_mediapipe():
    spelled = [shape.name.replace("_", "").lower() for shape in Blendshapes]
    assert [name.replace("_", "").lower() for name in MEDIAPIPE_NAMES] == spelled


def test_observation_has_shapes_units_and_axes(face_tracker, frames):
    seen = face_tracker.observe(frames[3])
    height, width = frames[3].image.shape[:2]
    assert seen.time_s == frames[3].time_s
    assert seen.image_size == (width, height)
    assert seen.scores.shape == (52,)
    assert seen.scores.min() >= 0
    assert seen.scores.max() <= 1
    right_eye, left_eye, chin, brow, nose = seen.landmarks[[33, 263, 152, 10, 1]]
    assert right_eye[0] < left_eye[0]
    assert brow[1] < chin[1]
    assert nose[2] < right_eye[2]


def test_the_motion_by_the_skin_is_measured_unless_the_tracker_smooths(bundle, frames):
    again = [frames[3], at(frames[3], frames[3].time_s + 0.04), frames[-1]]
    first, second, third = observe_all(bundle, again, smoothed=False)
    assert first.moved is None
    assert np.abs(second.moved).max() < 0.001
    assert third.moved is None or np.abs(third.moved).max() > 0.001
    assert all(seen.moved is None for seen in observe_all(bundle, again, smoothed=True))


def test_transform_projects_onto_the_landmarks(face_tracker, frames):
    seen = face_tracker.observe(frames[3])
    width, height = seen.image_size
    np.testing.assert_allclose(
        seen.T_camera_face[:3, :3] @ seen.T_camera_face[:3, :3].T, np.eye(3), atol=1e-4
    )
    x, y, z = seen.T_camera_face[:3, 3]
    focal = height / 2 / np.tan(FIELD_OF_VIEW / 2)
    origin = np.array([width / 2 - focal * x / z, height / 2 + focal * y / z])
    assert np.linalg.norm(origin - seen.landmarks[:, :2].mean(axis=0)) < 0.1 * width
    assert 0.1 < -z < 1.0


def test_no_face_is_none(face_tracker):
    assert face_tracker.observe(Frame(0, 0.0, np.full((120, 160, 3), 90, np.uint8))) is None


def test_equal_and_falling_times_are_accepted(face_tracker, frames):
    times = [5.0, 5.0, 5.0001, 2.0, 2.0, 1e6, 0.0]
    for frame, time_s in zip(frames, times, strict=False):
        assert face_tracker.observe(at(frame, time_s)).time_s == time_s


@pytest.mark.parametrize("step_back", [True, False], ids=["clip starts again", "reset"])
def test_starting_again_sees_the_same_as_a_new_tracker(face_tracker, frames, step_back):
    first = [face_tracker.observe(frame).landmarks for frame in frames]
    if not step_back:
        face_tracker.reset()
    offset = 0.0 if step_back else 100.0
    again = [face_tracker.observe(at(frame, frame.time_s + offset)).landmarks for frame in frames]
    np.testing.assert_array_equal(again, first)


@pytest.mark.parametrize("smoothed", [True, False])
def test_the_time_between_frames_matters_to_a_smoothed_tracker_only(bundle, frames, smoothed):
    slow, fast = (
        track_all(bundle, [at(frame, frame.index * step_s) for frame in frames], smoothed)
        for step_s in (1.0, 0.01)
    )
    assert np.array_equal(slow, fast) != smoothed


def test_a_smoothed_tracker_stays_behind_a_face_that_moves(bundle, frames):
    smoothed, plain = (track_all(bundle, frames, each) for each in (True, False))
    moved = np.linalg.norm(np.diff(smoothed, axis=0), axis=2).mean()
    assert moved < np.linalg.norm(np.diff(plain, axis=0), axis=2).mean()


@pytest.mark.parametrize("content", [None, b"", b"no archive"], ids=["missing", "empty", "text"])
def test_a_broken_bundle_gets_a_sentence(tmp_path, content):
    path = tmp_path / "broken.task"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TrackerBundleError, match=r"broken\.task is no usable FaceLandmarker bundle \(.+\)"):
        FaceTracker(path)


def test_a_bundle_without_models_gets_a_sentence(tmp_path):
    path = tmp_path / "hollow.task"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(TrackerBundleError, match=r"face_detector\.tflite"):
        FaceTracker(path)


def test_starting_prints_nothing(bundle, capfd):
    FaceTracker(bundle).close()
    assert capfd.readouterr().err == ""


def test_closing_twice_is_fine(bundle):
    made = FaceTracker(bundle)
    made.close()
    made.close()


def test_a_picture_shown_repeatedly_is_observed_as_its_frames_one_by_one(bundle, test_data):
    picture = photo(test_data, "obama").image
    with FaceTracker(bundle) as tracker:
        one_by_one = [tracker.observe(Frame(index, float(index), picture)) for index in range(4)]
        tracker.reset()
        second = observe_repeatedly(tracker, picture, times=2)
        fourth = observe_repeatedly(tracker, picture, times=2, first=2)
        tracker.reset()
        blank = observe_repeatedly(tracker, np.zeros_like(picture), times=2)
    np.testing.assert_array_equal(second.landmarks, one_by_one[1].landmarks)
    np.testing.assert_array_equal(fourth.landmarks, one_by_one[3].landmarks)
    assert fourth.time_s == 3.0
    assert blank is None


def test_a_finder_returns_every_face_of_a_picture_the_largest_first(bundle, test_data):
    with closing(FaceFinder(bundle)) as finder:
        photos = {name: photo(test_data, name) for name in ("two_people", "no_face_cat", "obama")}
        two, none, one = (finder.find(photos[name]) for name in photos)
    assert (len(two), len(none), len(one)) == (2, 0, 1)
    large, small = (np.prod(np.ptp(face.landmarks[:, :2], axis=0)) for face in two)
    assert large > small
    assert one[0].image_size == photos["obama"].image.shape[1::-1]
    assert one[0].landmarks[:, 0].min() > 0


def photo(test_data, name):
    with Image.open(test_data / "photos" / f"{name}.jpg") as picture:
        return Frame(0, 0.0, np.asarray(picture.convert("RGB")))
