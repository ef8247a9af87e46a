"""What introductions have taught: success rates by kind of evidence, and how well they were foretold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.committee import Calibration, Forecast, LearnedRate, Trial, calibration, learned_rates, trials_of
from graph.records.opportunity_views import IntroductionView
from graph.ties.published import published_rates

__all__ = ["Learned", "learn"]


@dataclass(frozen=True, slots=True)
class Learned:
    """The calibration of forecasts, and the rates that introductions were tried for."""

    calibration: Calibration
    rates: tuple[LearnedRate, ...]


def learn(introductions: Iterable[IntroductionView]) -> Learned:
    """From all introductions. A forecast is a path's score; it came true when the introduction was made."""
    asked = list(introductions)
    published: Mapping[str, float] = published_rates()
    trials: list[Trial] = []
    forecasts: list[Forecast] = []
    for one in asked:
        # The last connector's tie is what was relied on: that they know the one to be met.
        kinds = [kind for kind in (one.ties[-1].kinds if one.ties else ()) if kind in published]
        trials += trials_of(one.states, kinds, one.unknown_to_each_other)
        if made := "introduced" in one.states:
            forecasts.append(Forecast(one.probability, made))
        elif one.state == "declined":
            forecasts.append(Forecast(one.probability, False))
    return Learned(calibration(forecasts), learned_rates(published, trials))
