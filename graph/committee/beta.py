"""Quantiles of the beta distribution, without SciPy."""

from __future__ import annotations

import math

__all__ = ["beta_cumulative", "beta_quantile"]

_SMALLEST = 1e-300
_PRECISION = 1e-14


def beta_cumulative(x: float, a: float, b: float) -> float:
    """P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function (DLMF 8.17.22, continued fraction)."""
    if a <= 0.0 or b <= 0.0:
        raise ValueError("Both parameters of a beta distribution are above 0.")
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    # The fraction converges fast on this side of the mean; on the other, turn it round.
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_cumulative(1.0 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a / _fraction(x, a, b)


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with P(X ≤ x) = p, by bisection to 1e-12; ValueError unless 0 ≤ p ≤ 1."""
    if not 0.0 <= p <= 1.0:
        raise ValueError("A probability lies between 0 and 1.")
    low, high = 0.0, 1.0
    while high - low > 1e-12:
        middle = (low + high) / 2.0
        if beta_cumulative(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d₁/(1 + d₂/(1 + …)), by Lentz's method."""
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, 10_000):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / ((1.0 + term * d) or _SMALLEST)
        c = (1.0 + term / c) or _SMALLEST
        value *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return value
