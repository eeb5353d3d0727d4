"""The section Status: frame rates, latency and dropped frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.panel.sections.section import Section
from app.live.timing_stats import Stats
from render.ui.widgets import Answers, Table, Widget


class StatusSection(Section):
    """Shows how fast the run is."""

    title = "Status"

    def __init__(self, stats: Stats, dropped: Callable[[], int]) -> None:
        """Read `stats`; `dropped` returns the number of frames that newer ones replaced."""
        self._stats = stats
        self._dropped = dropped

    def widgets(self) -> Sequence[Widget]:
        """Return a row for each figure."""
        median, most = self._stats.recent_latencies_ms((50, 95))
        rates = (
            ("source", self._stats.source),
            ("tracker", self._stats.track),
            ("picture", self._stats.render),
        )
        return (
            Table(
                (
                    *((name, f"{rate.recent():.0f} fps") for name, rate in rates),
                    ("latency", f"{median:.0f} ms, 95 % within {most:.0f} ms"),
                    ("dropped", f"{self._dropped()} frames"),
                )
            ),
        )

    def take(self, answers: Answers) -> None:
        """Do nothing: figures are only read."""
