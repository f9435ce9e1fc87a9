"""Makes stats.json: what numpy, scipy, statsmodels and ruptures say about a few seeded series.

pip install numpy==2.* scipy==1.* statsmodels==0.15.* ruptures==1.1.*
python tests/golden/make-stats.py
"""

import json
from pathlib import Path

import numpy as np
import ruptures
import scipy
import statsmodels
from scipy import signal, stats
from statsmodels.tsa.stattools import acovf


def geyer(series):
    """Integrated autocorrelation time by the initial monotone sequence, from statsmodels' autocovariances."""
    covariance = acovf(series, adjusted=False, fft=True, demean=True)
    pairs = covariance[0:-1:2] + covariance[1::2]
    positive = pairs[: np.argmax(pairs <= 0)] if np.any(pairs <= 0) else pairs
    return float(2 * np.minimum.accumulate(positive).sum() / covariance[0] - 1)


def line(x, y):
    fit = stats.linregress(x, y)
    residuals = y - fit.intercept - fit.slope * x
    return {
        "slope": fit.slope,
        "intercept": fit.intercept,
        "standardError": fit.stderr,
        "residual": float(np.sqrt((residuals**2).sum() / (len(x) - 2))),
    }


def interval(values, level):
    low, high = stats.t.interval(level, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
    return {"level": level, "value": float(np.mean(values)), "low": float(low), "high": float(high)}


def sen(x, y):
    slope, _, low, high = stats.theilslopes(y, x, alpha=0.95)
    return {"value": float(slope), "low": float(low), "high": float(high)}


def change_points(values, penalty):
    found = ruptures.Pelt(model="l2", min_size=2, jump=1).fit(np.asarray(values)).predict(pen=penalty)
    return {"values": [float(v) for v in values], "penalty": penalty, "points": [int(p) for p in found[:-1]]}


rng = np.random.default_rng(20260101)
skewed = np.round(rng.lognormal(size=301), 6)
x = np.round(np.sort(rng.uniform(0, 1000, size=60)), 3)
y = np.round(4096 + 12.5 * x + 300 * rng.standard_t(2, size=60), 3)
red = np.round(signal.lfilter([1], [1, -0.9], rng.normal(size=600)), 6)
wave = np.round(np.cos(2 * np.pi * np.arange(600) / 3.3) + 0.3 * rng.normal(size=600), 6)
levels = np.round(np.repeat([1.5, 1.0, 1.3, 1.0], [12, 60, 25, 53]) + 0.05 * rng.normal(size=150), 6)

probabilities = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1]
golden = {
    "made": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "ruptures": ruptures.__version__},
    "skewed": {
        "values": skewed.tolist(),
        "mean": float(skewed.mean()),
        "standardDeviation": float(skewed.std(ddof=1)),
        "medianAbsoluteDeviation": float(stats.median_abs_deviation(skewed)),
        "quantiles": [[p, float(np.quantile(skewed, p))] for p in probabilities],
    },
    "points": {"x": x.tolist(), "y": y.tolist(), "leastSquares": line(x, y), "theilSen": sen(x, y)},
    "t": [
        {"values": v, **interval(v, level)}
        for v, level in [([1.0, 2.5], 0.95), ([0.31, 0.28, 0.35, 0.29], 0.95), (skewed[:9].tolist(), 0.99)]
    ],
    "correlated": [{"values": s.tolist(), "time": geyer(s)} for s in (red, wave)],
    "changePoints": [change_points(levels, p) for p in (0.05, 0.4, 100.0)],
}
path = Path(__file__).with_name("stats.json")
path.write_text(json.dumps(golden) + "\n")
