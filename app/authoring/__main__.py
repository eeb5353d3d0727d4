"""The commands of `python -m app.authoring`: rebuild files in assets/ and docs/, or print measurements."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
from PIL import Image

from flame_model.builtin.build import build_head
from flame_model.face.measured_face import FaceMeasurement, load_measurement, save_measurement
from flame_model.files.head_file import save_head
from flame_model.find_heads import head_names, load_head
from mappings.scores.builtin_mapping import write_builtin_mapping
from mappings.signals import MEDIAPIPE_NAMES, mirrored_indices

ASSETS = Path(__file__).parents[2] / "assets"
MEASUREMENT = ASSETS / "measured_face.npz"
PICTURED_HEADS = ("builtin", "ict")
DATA = click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def authoring() -> None:
    """Rebuild the files in assets/ (measure, then head, then mapping) and the pictures in docs/."""


@authoring.command()
@DATA
def measure(data: Path) -> None:
    """Measure the built-in head's face from the clips and pictures in DATA."""
    from app.authoring.footage import tracked_groups
    from flame_model.builtin.face_triangles import face_triangles
    from flame_model.builtin.measure import measure_face
    from mappings.tracking.landmarker import mesh_edges

    groups = list(tracked_groups(data))
    face = measure_face(groups, np.asarray(mirrored_indices()))
    triangles = face_triangles(mesh_edges(), face.neutral, face.mirror)
    count = int(triangles.max()) + 1
    source = (
        f"averages and regressions over {sum(len(g.scores) for g in groups)} tracked frames of "
        f"{len(groups)} groups: example clips of LivePortrait, SadTalker and face_recognition, and pictures"
    )
    save_measurement(
        FaceMeasurement(
            neutral=face.neutral[:count],
            shapes=face.shapes[:, :count],
            identity=face.identity[:, :count],
            mirror=face.mirror[:count],
            triangles=triangles,
            score_names=MEDIAPIPE_NAMES,
            source=source,
        ),
        MEASUREMENT,
    )
    click.echo(f"{MEASUREMENT.name}: {source}")


@authoring.command()
def head() -> None:
    """Build the built-in head from the measured face."""
    built = build_head(load_measurement(MEASUREMENT))
    path = ASSETS / "heads" / "builtin.npz"
    path.parent.mkdir(exist_ok=True)
    save_head(built, path)
    click.echo(
        f"{path.name}: {len(built.template)} vertices, {len(built.faces)} faces, {path.stat().st_size} bytes"
    )


@authoring.command()
def hair() -> None:
    """Paint the strands of hair that all hair styles show."""
    from flame_model.paint.hair.strand_picture import strand_picture

    path = ASSETS / "hair" / "strands.png"
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(strand_picture()).save(path, optimize=True)
    click.echo(f"hair/{path.name}: {path.stat().st_size} bytes")


@authoring.command()
def mapping() -> None:
    """Write the built-in head's mapping."""
    write_builtin_mapping(load_head("builtin"), ASSETS / "mappings" / "builtin")
    click.echo("mappings/builtin written")


@authoring.command()
@DATA
def take(data: Path) -> None:
    """Cut the demo take from the clips in DATA."""
    from app.authoring.demo_take import demo_take
    from mappings.records.take import save_take

    cut = demo_take(data)
    path = ASSETS / "takes" / "demo.npz"
    path.parent.mkdir(exist_ok=True)
    save_take(cut, path)
    click.echo(f"{path.name}: {len(cut.times)} frames, {cut.times[-1]:.1f} s, {path.stat().st_size} bytes")


@authoring.command()
@DATA
def frames(data: Path) -> None:
    """Pick the reference frames from the clips and pictures in DATA."""
    from app.authoring.reference_frames import reference_frames

    picked = reference_frames(data)
    path = ASSETS / "reference_frames.npz"
    picked.save(path)
    click.echo(
        f"{path.name}: {len(picked.scores)} frames of {picked.person_count} people, "
        f"{path.stat().st_size} bytes"
    )


@authoring.command()
@DATA
def slopes(data: Path) -> None:
    """Print each signal's slope: scores on the built-in head over scores on the people in DATA."""
    from app.authoring.footage import bundle_in
    from app.authoring.response_slopes import response_slopes, score_pairs, track_clips
    from app.model.animated_head import AnimatedHead

    pairs = list(score_pairs(track_clips(data), AnimatedHead.load("builtin"), bundle_in(data)))
    for name, slope in zip(MEDIAPIPE_NAMES, response_slopes(pairs), strict=True):
        if np.isfinite(slope):
            click.echo(f"{name:22s} {slope:.2f}")


@authoring.command()
@DATA
def rest(data: Path) -> None:
    """Print the median scores of the people in DATA whose faces are at rest."""
    from app.authoring.footage import tracked_groups
    from app.authoring.resting_scores import resting_scores

    scores, people = resting_scores(tracked_groups(data))
    click.echo(f"medians over {people} people")
    for name, score in zip(MEDIAPIPE_NAMES, scores, strict=True):
        click.echo(f"{name:22s} {score:.2f}")


@authoring.command()
@DATA
def evenness(data: Path) -> None:
    """Print how uneven the scores of both sides are, by pictures of the people in DATA and flipped ones."""
    from app.authoring.flipped_scores import flipped_scores, unevenness

    people = flipped_scores(data)
    click.echo(f"{sum(len(scores) for scores, _ in people)} pictures of {len(people)} clips")
    click.echo(f"{'signal':22s} {'u':>6s} {'error':>6s} {'with u':>6s}")
    for name, uneven, plain, left_out in unevenness(people):
        click.echo(f"{name:22s} {uneven:+6.2f} {plain:6.3f} {left_out:6.3f}")


@authoring.command()
def pictures() -> None:
    """Draw the README's pictures and the contact sheet; those of ICT-FaceKit only where it was added."""
    from app.authoring.contact_sheet import draw_contact_sheet
    from app.authoring.pictures import draw_moving, draw_strip

    folder = ASSETS.parent / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    for name in (name for name in PICTURED_HEADS if name in head_names()):
        draw_strip(name, ASSETS / "takes" / "demo.npz", folder / f"{name}.png")
        click.echo(f"docs/pictures/{name}.png written")
    draw_moving(folder / "demo.webp")
    click.echo("docs/pictures/demo.webp written")
    draw_contact_sheet(folder / "contact_sheet.webp")
    click.echo("docs/pictures/contact_sheet.webp written")


@authoring.command()
def guide() -> None:
    """Draw the pictures of docs/guide, and write its page of looks."""
    from app.authoring.color_pictures import draw_colors
    from app.authoring.expression_sheet import draw_expressions
    from app.authoring.guide_pictures import (
        draw_faces,
        draw_keys,
        draw_panel,
        draw_signals,
        draw_start,
        draw_timeline,
    )
    from app.authoring.looks_page import write_looks_page

    folder = ASSETS.parent / "docs" / "pictures"
    draw_keys(ASSETS / "takes" / "demo.npz", folder / "window.png")
    draw_start(ASSETS / "takes" / "demo.npz", folder / "start.png")
    draw_timeline(ASSETS / "takes" / "demo.npz", folder / "timeline.png")
    draw_panel(folder / "panel.png")
    draw_signals(ASSETS / "takes" / "demo.npz", folder / "signals.png")
    draw_faces(folder / "faces.png")
    draw_colors(folder / "colors.webp")
    draw_expressions(folder / "expressions.webp")
    write_looks_page(ASSETS.parent / "docs" / "guide" / "looks.md", folder / "looks")
    click.echo("docs/pictures and docs/guide/looks.md written")


if __name__ == "__main__":
    authoring()
