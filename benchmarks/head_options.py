"""The options of benchmarks that measure one head with one solver."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from app.model.solvers import SOLVERS


def head_parser(description: str | None, fast: str) -> argparse.ArgumentParser:
    """Return a parser with the options of such a benchmark; `fast` says what --fast leaves out."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--landmarker", type=Path, required=True)
    parser.add_argument("--head", default="builtin")
    parser.add_argument("--solver", choices=SOLVERS)
    parser.add_argument("--fast", action="store_true", help=fast)
    parser.add_argument("--no-page", action="store_true", help="print the table only")
    return parser


def chosen_variant(options: argparse.Namespace) -> Variant:
    """Return the chosen head, with its usual hair, and its solver."""
    animated = AnimatedHead.load(options.head, solver=options.solver, hair=None)
    return Variant(animated.solver, animated)
