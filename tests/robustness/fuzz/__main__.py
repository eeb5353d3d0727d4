"""`python -m tests.robustness.fuzz`: give every reader thousands of bad files, and keep those that fail."""

from __future__ import annotations

import argparse
import hashlib
import sys
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from tests.robustness.fuzz.cases import cases
from tests.robustness.fuzz.corpus import corpus
from tests.robustness.fuzz.pool import read_all


def main() -> int:
    """Run and return 1 where a reader crashed, hung, took too much memory or gave no error sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=3000, help="files besides those that once failed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("build") / "fuzz", help="where failures are kept")
    options = parser.parse_args()
    known, failed, refused, count = list(corpus()), 0, 0, 0
    everything = chain(known, cases(options.inputs, options.seed))
    for outcome in read_all(tqdm(everything, total=len(known) + options.inputs, disable=None)):
        count += 1
        refused += bool(outcome.sentence)
        if outcome.fault:
            failed += 1
            options.keep.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256(outcome.case.content).hexdigest()[:8]
            kept = options.keep / f"{outcome.case.reader}-{digest}-{Path(outcome.case.name).name}"
            kept.write_bytes(outcome.case.content)
            print(f"{outcome.case.reader}: {outcome.fault} ({kept})")
    print(f"{count} files: {refused} refused in a sentence, {count - refused - failed} read, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
