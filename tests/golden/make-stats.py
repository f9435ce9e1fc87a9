"""Makes stats.json: what numpy, scipy, statsmodels, ruptures and pymannkendall say about a few seeded series.

pip install numpy==2.* scipy==1.* statsmodels==0.15.* ruptures==1.1.* pymannkendall==1.4.*
python tests/golden/make-stats.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pymannkendall
import ruptures
import scipy
import statsmodels
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import integrate, optimize, signal, stats
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


def exact_change_points(values, penalty):
    """Optimal partitioning by ruptures' dynamic program: the best of every number of segments, at a penalty each."""
    program = ruptures.Dynp(model="l2", min_size=2, jump=1).fit(np.asarray(values))
    candidates = [[len(values)]] + [program.predict(n_bkps=k) for k in range(1, 7)]
    costs = [program.cost.sum_of_costs(points) + penalty * len(points) for points in candidates]
    return {"values": list(values), "penalty": penalty, "points": [int(p) for p in candidates[int(np.argmin(costs))][:-1]]}


def mann_whitney(first, second):
    two_sided = stats.mannwhitneyu(first, second, method="asymptotic")
    larger = stats.mannwhitneyu(first, second, method="asymptotic", alternative="greater")
    return {"first": first, "second": second, "u": float(two_sided.statistic), "p": float(two_sided.pvalue), "pLarger": float(larger.pvalue)}


def welch(first, second, level):
    test = stats.ttest_ind(second, first, equal_var=False)
    low, high = test.confidence_interval(level)
    larger = stats.ttest_ind(second, first, equal_var=False, alternative="greater")
    return {
        "first": first, "second": second, "level": level, "t": float(test.statistic), "degrees": float(test.df),
        "p": float(test.pvalue), "pLarger": float(larger.pvalue), "low": float(low), "high": float(high),
        "value": float(np.mean(second) - np.mean(first)),
    }


def mann_kendall(values):
    test = pymannkendall.original_test(values)
    return {"values": values, "s": float(test.s), "tau": float(test.Tau), "z": float(test.z), "p": float(test.p)}


def weighted_line(x, y, weights, level):
    fit = sm.WLS(y, sm.add_constant(x), weights=weights).fit()
    (intercept_low, intercept_high), (slope_low, slope_high) = fit.conf_int(1 - level)
    covariance = fit.cov_params()
    return {
        "x": list(x), "y": list(y), "weights": list(weights), "level": level,
        "intercept": {"value": fit.params[0], "low": intercept_low, "high": intercept_high},
        "slope": {"value": fit.params[1], "low": slope_low, "high": slope_high},
        "covariance": {"intercept": covariance[0, 0], "slope": covariance[1, 1], "both": covariance[0, 1]},
    }


def paired_ratio(baseline, candidate, level):
    """Of the geometric means, from the interval of scipy's paired t test on logs."""
    test = stats.ttest_rel(np.log(candidate), np.log(baseline))
    low, high = test.confidence_interval(level)
    return {
        "baseline": baseline, "candidate": candidate, "level": level,
        "value": float(stats.gmean(candidate) / stats.gmean(baseline)), "low": float(np.exp(low)), "high": float(np.exp(high)),
    }


def one_sided(effects, tolerance, alpha):
    """Bounds and p of the paired decision, from scipy's one-sample t test."""
    test = stats.ttest_1samp(effects, 0, alternative="greater")
    return {
        "effects": effects, "tolerance": tolerance, "alpha": alpha, "estimate": float(np.mean(effects)), "p": float(test.pvalue),
        "low": float(test.confidence_interval(1 - alpha).low),
        "high": float(stats.ttest_1samp(effects, 0, alternative="less").confidence_interval(0.99).high),
    }


def detectable(spread, pairs, tolerance, alpha):
    """Slowdown that fails with 95 %: scipy's noncentral t where the bar at half the tolerance cannot matter, else its double integral."""
    degrees = pairs - 1
    error = spread / np.sqrt(pairs)
    bar = np.log1p(tolerance) / 2
    factor = stats.t.ppf(1 - alpha, degrees)
    density = stats.chi(degrees, scale=1 / np.sqrt(degrees)).pdf

    def power(effect):
        return integrate.quad(lambda u: density(u) * stats.norm.sf(max(bar, factor * error * u), effect, error), 0, 12, points=[bar / factor / error], limit=500, epsabs=1e-12)[0]

    effect = optimize.brentq(lambda e: power(e) - 0.95, 0, 10, xtol=1e-13)
    noncentral = optimize.brentq(lambda e: stats.nct.sf(factor, degrees, e / error) - 0.95, 1e-6, 10, xtol=1e-13)
    return {"spread": spread, "pairs": pairs, "tolerance": tolerance, "alpha": alpha, "slowdown": float(np.expm1(effect)), "withoutBar": float(np.expm1(noncentral))}


def components(rng, pairs, sessions, blocks, deviations):
    """Nested random effects by REML, which a balanced design whose estimates are positive shares with the analysis of variance."""
    rows = []
    for pair in range(pairs):
        process = deviations[0] * rng.normal()
        for session in range(sessions):
            fresh = deviations[1] * rng.normal()
            rows += [{"pair": pair, "session": session, "value": round(process + fresh + deviations[2] * rng.normal(), 8)} for _ in range(blocks)]
    model = smf.mixedlm("value ~ 1", pd.DataFrame(rows), groups="pair", re_formula="1", vc_formula={"session": "0 + C(session)"})
    fit = model.fit(reml=True, method=["bfgs", "nm"], maxiter=2000, gtol=1e-10)
    return {"effects": rows, "process": float(np.sqrt(fit.cov_re.iloc[0, 0])), "session": float(np.sqrt(fit.vcomp[0])), "block": float(np.sqrt(fit.scale))}


rng = np.random.default_rng(20260101)
skewed = np.round(rng.lognormal(size=301), 6)
x = np.round(np.sort(rng.uniform(0, 1000, size=60)), 3)
y = np.round(4096 + 12.5 * x + 300 * rng.standard_t(2, size=60), 3)
red = np.round(signal.lfilter([1], [1, -0.9], rng.normal(size=600)), 6)
wave = np.round(np.cos(2 * np.pi * np.arange(600) / 3.3) + 0.3 * rng.normal(size=600), 6)
levels = np.round(np.repeat([1.5, 1.0, 1.3, 1.0], [12, 60, 25, 53]) + 0.05 * rng.normal(size=150), 6)
early, late = np.round(rng.lognormal(0, 0.1, size=40), 2).tolist(), np.round(rng.lognormal(0.06, 0.2, size=25), 2).tolist()
sizes, costs = [8, 64, 216, 512, 1000], np.round([0.31, 0.52, 1.21, 2.47, 4.8] * np.exp(0.05 * rng.normal(size=5)), 6).tolist()
walk = np.round(np.cumsum(rng.normal(size=60)), 1).tolist()
before = np.round(1.3 * np.exp(0.02 * rng.normal(size=9)), 6).tolist()
after = np.round(1.35 * np.exp(0.02 * rng.normal(size=9)), 6).tolist()
effects = [np.round(m + s * rng.normal(size=n), 6).tolist() for m, s, n in [(0.02, 0.01, 4), (0.0, 0.015, 8), (0.03, 0.02, 12)]]
steps = np.round(np.repeat([0.0, 0.2, -0.1, 0.1], [30, 20, 35, 25]) + 0.08 * rng.normal(size=110), 6).tolist()

probabilities = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1]
golden = {
    "made": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "ruptures": ruptures.__version__, "pymannkendall": "1.4.3"},
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
    "changePoints": [change_points(levels, p) for p in (0.05, 0.4, 100.0)] + [exact_change_points(steps, p) for p in (0.04, 0.1, 0.5)],
    "mannWhitney": [mann_whitney(early, late), mann_whitney(late, early), mann_whitney([1, 1, 2, 2, 3, 3, 3, 9], [2, 2, 3, 4, 4, 5, 5, 5, 6])],
    "welch": [welch(early, late, 0.95), welch(before, after, 0.99), welch([1.0, 1.5], [2.0, 2.25, 2.5], 0.9)],
    "mannKendall": [mann_kendall(walk), mann_kendall(early[:15]), mann_kendall([3, 3, 2, 2, 2, 1, 1, 0])],
    "lines": [weighted_line(sizes, costs, [1.0] * 5, 0.95), weighted_line(sizes, costs, [1 / c**2 for c in costs], 0.9)],
    "pairedRatio": [paired_ratio(before, after, 0.95), paired_ratio(after[:4], before[:4], 0.99)],
    "decisions": [one_sided(values, 0.03, 0.002) for values in effects] + [one_sided(effects[0], 0.05, 0.01)],
    "detectable": [detectable(*plan) for plan in [(0.015, 12, 0.03, 0.002), (0.1, 4, 0.03, 0.002), (0.004, 8, 0.03, 0.002), (0.02, 24, 0.05, 0.01)]],
    "components": components(rng, 12, 3, 4, (0.02, 0.012, 0.01)),
}
path = Path(__file__).with_name("stats.json")
path.write_text(json.dumps(golden) + "\n")
