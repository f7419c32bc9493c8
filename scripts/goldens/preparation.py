"""Golden values of the steps of the preparation, on complete series and on series with gaps (NaN), by NumPy, SciPy,
pandas, statsmodels and scikit-learn.

Usage: python scripts/goldens/preparation.py
"""
import json
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
import statsmodels
from scipy.ndimage import gaussian_filter1d
from scipy.signal import detrend, savgol_filter
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.tsatools import add_trend

rng = np.random.default_rng(61)
N, T, D = 3, 24, 3
x = np.round(np.cumsum(rng.normal(size=(N, T, D)), 1), 3)
over = lambda f: np.stack([[f(x[i, :, j]) for j in range(D)] for i in range(N)]).transpose(0, 2, 1)
flat = lambda a: [float(f"{v:.12g}") for v in np.asarray(a).reshape(-1)]


def gaussian(a):
    """Cut at the ends: what is left of the weights sums to 1."""
    blur = lambda b: gaussian_filter1d(b, 2.0, mode="constant", truncate=4.0)
    return blur(a) / blur(np.ones_like(a))


def savgol(a):
    """SciPy inside; at the ends the polynomial through the cut window."""
    y = savgol_filter(a, 7, 2)
    for t in list(range(3)) + list(range(T - 3, T)):
        s = np.arange(max(0, t - 3), min(T, t + 4))
        y[t] = np.polyval(np.polyfit(s - t, a[s], 2), 0)
    return y


def paa(a, length):
    """Each step split into `length` parts, then means of T parts."""
    return np.repeat(a, length).reshape(length, T).mean(1)


def course(a, period=5):
    """Each phase's mean less the mean of all, by pandas."""
    series = pd.Series(a)
    return (series - series.groupby(np.arange(T) % period).transform("mean") + series.mean()).to_numpy()


def differences(a, lag=2):
    return pd.Series(a).diff(lag).to_numpy()


def components(rows, count=2):
    """Fitted to the rows without a gap; the others are gaps."""
    whole = ~np.isnan(rows).any(1)
    pca = PCA(count).fit(rows[whole])
    scores = np.full((len(rows), count), np.nan)
    scores[whole] = pca.transform(rows[whole]) * np.sign(pca.components_[np.arange(count), np.abs(pca.components_).argmax(1)])
    return scores


UNITS = np.array([1, 1000, 0.01])  # of the variables, where they are put on one scale first

def estimated(rows, count=2):
    """The same; a row that shows half of the variables has the scores expected of those under the covariance of the whole rows."""
    whole = ~np.isnan(rows).any(1)
    pca = PCA(count).fit(rows[whole])
    mean, cov = rows[whole].mean(0), np.cov(rows[whole].T)
    filled = rows.copy()
    for row in filled:
        gap = np.isnan(row)
        if 0 < gap.sum() <= len(row) / 2:
            row[gap] = mean[gap] + cov[np.ix_(gap, ~gap)] @ np.linalg.solve(cov[np.ix_(~gap, ~gap)], row[~gap] - mean[~gap])
    signs = np.sign(pca.components_[np.arange(count), np.abs(pca.components_).argmax(1)])
    scores = np.full((len(rows), count), np.nan)
    ready = ~np.isnan(filled).any(1)
    scores[ready] = pca.transform(filled[ready]) * signs
    return scores


# The same with gaps.
gapped = np.where(rng.random((N, T, D)) < 0.3, np.nan, x)
gapped[1, 4:11, 0] = np.nan  # a gap wider than every window
gapped[2, :, 2] = np.where(np.arange(T) == 9, gapped[2, :, 2], np.nan)  # a single value
gapped[2, 9, 2] = 1.25
steps = np.arange(T)


def windows(a, reach, of):
    """`of` the offsets and values observed within reach, where the middle one is."""
    y = np.full(T, np.nan)
    for t in steps[~np.isnan(a)]:
        s = steps[(np.abs(steps - t) <= reach) & ~np.isnan(a)]
        y[t] = of(s - t, a[s])
    return y


def gaussian_gapped(a):
    seen = ~np.isnan(a)
    blur = lambda b: gaussian_filter1d(b.astype(float), 2.0, mode="constant", truncate=4.0)
    return np.where(seen, blur(np.nan_to_num(a)) / np.where(seen, blur(seen), 1), np.nan)


def detrend_gapped(a):
    seen = ~np.isnan(a)
    if seen.sum() < 2:
        return a - np.nanmean(a)
    design = add_trend(np.zeros((T, 1)), "ct")[:, 1:]
    return a - design @ OLS(a[seen], design[seen]).fit().params


def paa_gapped(a, length=7):
    return np.array([np.nanmean(part) if not np.isnan(part).all() else np.nan for part in np.repeat(a, length).reshape(length, T)])


def lines_gapped(a, length=10):
    """NaN wherever a neighbour of weight above 0 is."""
    at = np.linspace(0, T - 1, length)
    low = np.minimum(np.floor(at + 1e-9).astype(int), T - 2)
    share = at - low
    share[share < 1e-9] = 0
    right = np.where(share > 0, a[low + 1], 0)
    last = np.isclose(share, 1)
    return np.where(last, a[low + 1], (1 - share) * a[low] + share * right)


def interpolate(a, limit=2):
    """pandas fills inside; gaps longer than the limit are opened again."""
    filled = pd.Series(a).interpolate(limit_area="inside")
    runs = pd.Series(np.isnan(a))
    width = runs.groupby((runs != runs.shift()).cumsum()).transform("size")
    return filled.where(~(runs & (width > limit))).to_numpy()


maybe = lambda a: [None if np.isnan(v) else float(f"{v:.12g}") for v in np.asarray(a).reshape(-1)]
seen_over = lambda f: np.stack([[f(gapped[i, :, j]) for j in range(D)] for i in range(N)]).transpose(0, 2, 1)
with_gaps = {
    "x": maybe(gapped),
    "movingAverage": maybe(seen_over(lambda a: windows(a, 2, lambda s, y: y.mean()))),
    "gaussian": maybe(seen_over(gaussian_gapped)),
    "savitzkyGolay": maybe(seen_over(lambda a: windows(a, 3, lambda s, y: np.polyval(np.polyfit(s, y, min(2, len(s) - 1)), 0)))),
    "detrend": maybe(seen_over(detrend_gapped)),
    "deseasonalise": maybe(seen_over(course)),
    "difference": maybe(seen_over(differences)),
    "interpolate": maybe(seen_over(interpolate)),
    "means": maybe(seen_over(paa_gapped)),
    "lines": maybe(seen_over(lines_gapped)),
    "components": maybe(components(gapped.reshape(-1, D))),
    "estimatedComponents": maybe(estimated(gapped.reshape(-1, D))),
    "scaledComponents": maybe(components(StandardScaler().fit_transform(gapped.reshape(-1, D) * UNITS))),
    "range": maybe(pd.DataFrame(gapped.reshape(-1, D)).where(lambda v: v.abs() <= 2)),
    "sentinel": maybe(np.where(gapped == 1.25, np.nan, gapped)),
}
out = Path(__file__).resolve().parents[2] / "src/core/preparation/__goldens__/preparation.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({
    "oracle": f"NumPy {np.__version__}, SciPy {scipy.__version__}, pandas {pd.__version__}, statsmodels {statsmodels.__version__}, scikit-learn {sklearn.__version__}, seed 61", "n": N, "t": T, "d": D, "x": flat(x),
    "movingAverage": flat(over(lambda a: [a[max(0, t - 2) : t + 3].mean() for t in range(T)])),
    "gaussian": flat(over(gaussian)), "savitzkyGolay": flat(over(savgol)), "detrend": flat(over(detrend)),
    "means": flat(over(lambda a: paa(a, 7))), "lines": flat(over(lambda a: np.interp(np.linspace(0, T - 1, 10), np.arange(T), a))),
    "components": flat(components(x.reshape(-1, D))), "deseasonalise": flat(over(course)), "gapped": with_gaps,
}) + "\n")
