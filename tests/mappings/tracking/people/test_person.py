"""A person is recognised again by place, size, identity, the other people and the shot."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.arrays import Picture
from mappings.tracking.people.person import REMEMBERED_S, Person
from tests.mappings.tracking.conftest import MakeFace

STRANGER = 1.5
"""Identity coefficients of a stranger, sigmas."""
random = np.random.default_rng(1)
SHOT, OTHER_SHOT = (
    np.kron(random.integers(0, 255, (8, 8, 3), dtype=np.uint8), np.ones((40, 40, 1), np.uint8))
    for _ in range(2)
)


@pytest.fixture
def person(make_face: MakeFace) -> Person:
    """Return a person who was seen last at 10 s, 100 pixels wide at x = 300."""
    made = Person()
    for time_s in (9.0, 9.5, 10.0):
        made.see(make_face(time_s=time_s).observation, SHOT)
    return made


def half_hidden(image: Picture) -> Picture:
    hidden = image.copy()
    hidden[:, :160] = 128
    return hidden


def test_whoever_comes_first_is_the_nearest(make_face: MakeFace) -> None:
    near, far = make_face(width=120), make_face(x=500, width=60)
    assert Person().among([near, far], SHOT, 0.0) is near
    assert Person().among([], SHOT, 0.0) is None


@pytest.mark.parametrize("gone_s", [0.05, 0.4, 1.5, 2.9])
def test_nobody_else_is_taken_while_the_person_is_remembered(
    person: Person, make_face: MakeFace, gone_s: float
) -> None:
    stranger = make_face(x=520, width=70, identity=STRANGER)
    nearer = make_face(x=80, width=160, identity=STRANGER)
    assert person.among([nearer, stranger], half_hidden(SHOT), 10.0 + gone_s) is None
    back = make_face(x=320)
    assert person.among([nearer, back, stranger], SHOT, 10.0 + gone_s + 0.03) is back


def test_after_three_seconds_the_nearest_is_followed_for_good(person: Person, make_face: MakeFace) -> None:
    stranger = make_face(x=520, width=70, identity=STRANGER)
    late_s = 10.0 + REMEMBERED_S + 0.01
    assert person.among([stranger], SHOT, late_s) is stranger
    person.see(make_face(x=520, width=70, identity=STRANGER, time_s=late_s).observation, SHOT)
    assert person.among([make_face(), stranger], SHOT, late_s + 0.1) is stranger


def test_the_same_face_is_found_again_where_it_has_gone(person: Person, make_face: MakeFace) -> None:
    moved = make_face(x=520, width=110)
    assert person.among([moved], SHOT, 10.3) is moved


def test_who_was_there_already_is_not_the_person_even_with_the_same_face(
    person: Person, make_face: MakeFace
) -> None:
    twin = make_face(x=520)
    person.see_others([twin])
    assert person.among([twin], half_hidden(SHOT), 10.3) is None
    walking = [make_face(x=x) for x in (560, 600, 640)]
    assert [person.among([each], half_hidden(SHOT), 10.5) for each in walking] == [None] * 3
    back = make_face(x=310)
    assert person.among([walking[-1], back], SHOT, 10.7) is back


def test_another_shot_has_another_person_at_once(person: Person, make_face: MakeFace) -> None:
    stranger = make_face(x=520, width=70, identity=STRANGER)
    assert person.among([stranger], OTHER_SHOT, 10.1) is stranger


def test_somebody_else_counts_in_another_shot_even_where_a_bystander_was(
    person: Person, make_face: MakeFace
) -> None:
    bystander = make_face(x=520, width=70, identity=STRANGER)
    person.see_others([bystander])
    assert person.among([bystander], OTHER_SHOT, 10.1) is bystander


def test_what_covers_the_camera_but_not_the_bystander_is_no_other_shot(
    person: Person, make_face: MakeFace
) -> None:
    covered = OTHER_SHOT.copy()
    covered[150:250, 180:320] = SHOT[150:250, 180:320]
    bystander = make_face(x=250, width=50, identity=STRANGER)
    assert person.among([bystander], covered, 10.1) is None


def test_a_person_who_comes_much_nearer_is_the_same(person: Person, make_face: MakeFace) -> None:
    near = make_face(width=140)
    assert person.among([near], SHOT, 12.0) is near
