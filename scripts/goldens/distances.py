"""Oracle values of the distances: scikit-learn, tslearn, SciPy, statsmodels and NumPy.

Run from the repository root; writes src/core/distances/__goldens__/distances.json. null = missing.
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
import scipy.signal
import scipy.stats
import sklearn
import statsmodels
import tslearn
from sklearn.metrics.pairwise import nan_euclidean_distances
from statsmodels.tsa.stattools import acf
from tslearn.barycenters.softdtw import _softdtw_func
from tslearn.metrics import cdist_normalized_cc, dtw, dtw_path, soft_dtw

SEED = 31
PAIRS = list(itertools.combinations(range(4), 2))


def nullable(values):
    return [None if np.isnan(v) else v for v in np.asarray(values, float).ravel()]


def cid(a, b):
    total = 0
    for x, y in zip(a.T, b.T):
        complexities = [np.sqrt(np.sum(np.diff(s) ** 2)) for s in (x, y)]
        total += np.linalg.norm(x - y) * max(complexities) / min(complexities)
    return total


def cor(a, b):
    return sum(np.sqrt(2 * (1 - scipy.stats.pearsonr(x, y).statistic)) for x, y in zip(a.T, b.T))


def acf_distance(a, b):
    last = len(a) - 1
    weights = 1 - np.arange(last + 1) / last
    total = 0
    for x, y in zip(a.T, b.T):
        rho = [acf(s, nlags=last, adjusted=False, fft=False) for s in (x, y)]
        total += np.sqrt(np.sum(weights * (rho[0] - rho[1]) ** 2))
    return total


def sbd(a, b):
    cc = sum(scipy.signal.correlate(x, y) for x, y in zip(a.T, b.T))
    return 1 - cc.max() / np.linalg.norm(a) / np.linalg.norm(b)


def soft_divergence(a, b, gamma):
    return soft_dtw(a, b, gamma) - (soft_dtw(a, a, gamma) + soft_dtw(b, b, gamma)) / 2


def main():
    random = np.random.default_rng(SEED)
    full = np.round(np.cumsum(random.normal(size=(4, 11, 2)), axis=1), 3)
    long = [np.round(random.normal(size=(steps, 2)), 3) for steps in (5, 9, 12, 8)]
    gapped = full.copy()
    gapped[random.random(gapped.shape) < 0.3] = np.nan
    lonely = full[:, :, :1].copy()
    lonely[random.random(lonely.shape) < 0.15] = np.nan
    kept = [series[~np.isnan(series[:, 0])] for series in lonely]
    spans = 11
    z = (full - full.mean(1, keepdims=True)) / full.std(1, keepdims=True)
    norms = np.linalg.norm(z, axis=(1, 2))
    value, gradient = _softdtw_func(long[1], long[2], 1.0, 0.5, 0, None, None)
    path, _ = dtw_path(long[1], long[2])
    each = lambda series, f: [f(series[i], series[j]) for i, j in PAIRS]
    band = lambda r: (lambda a, b: dtw(a, b, "sakoe_chiba", sakoe_chiba_radius=r))
    target = pathlib.Path("src/core/distances/__goldens__/distances.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "versions": {m.__name__: m.__version__ for m in (np, scipy, sklearn, statsmodels, tslearn)},
                "seed": SEED,
                "pairs": PAIRS,
                "full": [s.tolist() for s in full],
                "standard": [s.tolist() for s in z],
                "gapped": [[nullable(row) for row in s] for s in gapped],
                "lonely": [[nullable(row) for row in s] for s in lonely],
                "long": [s.tolist() for s in long],
                "euclidean": {
                    "gapped": [nan_euclidean_distances([gapped[i].ravel()], [gapped[j].ravel()])[0, 0] for i, j in PAIRS],
                },
                "cid": each(full, cid),
                "correlation": {
                    "full": each(full, cor),
                    "lonely": each(
                        lonely,
                        lambda a, b: cor(*(s[~np.isnan(a[:, 0]) & ~np.isnan(b[:, 0])] for s in (a, b))),
                    ),
                },
                "acf": each(full, acf_distance),
                "dtw": {
                    "full": each(full, dtw),
                    "long": each(long, dtw),
                    "window0": each(full, band(0)),
                    "window2": each(full, band(2)),
                    "longWindow1": each(long, band(1)),
                    "lonely": [dtw(kept[i], kept[j]) * np.sqrt(2 * spans / (len(kept[i]) + len(kept[j]))) for i, j in PAIRS],
                    "path": np.asarray(path).ravel().tolist(),
                },
                "softDtw": {
                    "gamma": 0.5,
                    "value": float(value),
                    "gradient": gradient.ravel().tolist(),
                    "values": each(long, lambda a, b: soft_dtw(a, b, 0.5)),
                    "divergence": each(long, lambda a, b: soft_divergence(a, b, 0.5)),
                },
                "sbd": {
                    "standard": [float(1 - cdist_normalized_cc(z, z, norms, norms, False)[i, j]) for i, j in PAIRS],
                    "long": each(long, sbd),
                },
            },
        )
    )


if __name__ == "__main__":
    main()
