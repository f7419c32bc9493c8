"""Oracle values of the imputers: NumPy's nanmedian, pandas' fills and group means, SciPy's CubicSpline, scikit-learn's KNNImputer.

Run from the repository root; writes src/core/imputation/__goldens__/imputers.json.
"""

import json
import pathlib

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.interpolate import CubicSpline
from sklearn.impute import KNNImputer

SEED = 33
PERIOD = 4
NEIGHBOURS = 2


def column(values, statistic):
    """A statistic for each step and variable, else for the variable, [T, D]."""
    with np.errstate(all="ignore"):
        found = statistic(values, axis=0)
    return np.where(np.isnan(found), statistic(values, axis=(0, 1)), found)


def per_series(values, within, fill):
    """`fill(x, seen)` of each series and variable on the steps of the series; the column mean where nothing is seen."""
    means = column(values, np.nanmean)
    result = np.zeros_like(values)
    for i in range(values.shape[0]):
        steps = np.flatnonzero(within[i])
        for j in range(values.shape[2]):
            x = values[i, steps, j]
            result[i, steps, j] = means[steps, j] if np.isnan(x).all() else fill(x, steps)
    return result


def natural(time):
    def fill(x, steps):
        seen, tau = ~np.isnan(x), time[steps]
        if seen.sum() == 1:
            return np.full(len(x), x[seen][0])
        curve = CubicSpline(tau[seen], x[seen], bc_type="natural")
        return curve(np.clip(tau, tau[seen][0], tau[seen][-1]))

    return fill


def phase_means(time):
    def fill(x, steps):
        seen = ~np.isnan(x)
        means = pd.Series(x).groupby(steps % PERIOD).transform("mean").to_numpy()
        straight = np.interp(time[steps], time[steps][seen], x[seen])
        return np.where(seen, x, np.where(np.isnan(means), straight, means))

    return fill


def nearest(values, within, neighbours):
    flat = values.reshape(len(values), -1)
    filled = KNNImputer(n_neighbors=neighbours, keep_empty_features=True).fit_transform(flat).reshape(values.shape)
    empty = np.isnan(values).all(axis=0)
    filled[:, empty] = column(values, np.nanmean)[empty]
    return np.where(within[:, :, None], filled, 0)


def main():
    random = np.random.default_rng(SEED)
    n, t, d = 8, 13, 2
    values = np.round(random.normal(size=(n, t, d)), 3)
    starts = np.array([0, 0, 2, 0, 1, 0, 0, 3])
    ends = np.array([13, 13, 13, 9, 12, 13, 13, 13])
    steps = np.arange(t)
    within = (steps >= starts[:, None]) & (steps < ends[:, None])
    values[random.random(values.shape) < 0.4] = np.nan
    values[~within] = np.nan
    values[:, 4, 1] = np.nan
    values[1, :, 0] = np.nan
    values[6, :, 1] = np.nan
    values[6, 5, 1] = 0.25
    time = np.cumsum(np.round(random.random(t) + 0.1, 2))
    medians = np.where(np.isnan(values), column(values, np.nanmedian), values)
    goldens = {
        "versions": {m.__name__: m.__version__ for m in (np, pd, scipy, sklearn)},
        "seed": SEED,
        "n": n,
        "t": t,
        "d": d,
        "period": PERIOD,
        "neighbours": NEIGHBOURS,
        "values": np.nan_to_num(values).ravel().tolist(),
        "mask": (~np.isnan(values)).astype(int).ravel().tolist(),
        "starts": starts.tolist(),
        "ends": ends.tolist(),
        "time": time.tolist(),
        "median": np.where(within[:, :, None], medians, 0).ravel().tolist(),
        "forwardFill": per_series(values, within, lambda x, _: pd.Series(x).ffill().bfill().to_numpy()).ravel().tolist(),
        "backwardFill": per_series(values, within, lambda x, _: pd.Series(x).bfill().ffill().to_numpy()).ravel().tolist(),
        "spline": per_series(values, within, natural(time)).ravel().tolist(),
        "splineBySteps": per_series(values, within, natural(steps.astype(float))).ravel().tolist(),
        "seasonal": per_series(values, within, phase_means(time)).ravel().tolist(),
        "nearestSeries": nearest(values, within, NEIGHBOURS).ravel().tolist(),
        "allSeries": nearest(values, within, 100).ravel().tolist(),
    }
    pathlib.Path("src/core/imputation/__goldens__/imputers.json").write_text(json.dumps(goldens))


if __name__ == "__main__":
    main()
