"""Oracle values of the simple imputers: NumPy's nanmean and interp.

Run from the repository root; writes src/core/imputation/__goldens__/imputation.json.
"""

import json
import pathlib

import numpy as np

SEED = 22


def column_mean(values, within):
    with np.errstate(all="ignore"):
        means = np.nanmean(values, axis=0)
    means = np.where(np.isnan(means), np.nanmean(values, axis=(0, 1)), means)
    return np.where(within[:, :, None], np.where(np.isnan(values), means, values), 0)


def linear(values, within, time):
    result = column_mean(values, within)
    for i, series in enumerate(values):
        for j in range(values.shape[2]):
            seen = ~np.isnan(series[:, j])
            if seen.any():
                result[i, :, j] = np.where(within[i], np.interp(time, time[seen], series[seen, j]), 0)
    return result


def main():
    random = np.random.default_rng(SEED)
    n, t, d = 6, 9, 2
    values = np.round(random.normal(size=(n, t, d)), 3)
    starts = np.array([0, 0, 2, 0, 1, 0])
    ends = np.array([9, 9, 9, 5, 8, 9])
    steps = np.arange(t)
    within = (steps >= starts[:, None]) & (steps < ends[:, None])
    values[random.random(values.shape) < 0.4] = np.nan
    values[~within] = np.nan
    values[:, 4, 1] = np.nan
    values[1, :, 0] = np.nan
    time = np.cumsum(np.round(random.random(t) + 0.1, 2))
    target = pathlib.Path("src/core/imputation/__goldens__/imputation.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "versions": {"numpy": np.__version__},
                "seed": SEED,
                "n": n,
                "t": t,
                "d": d,
                "values": np.nan_to_num(values).ravel().tolist(),
                "mask": (~np.isnan(values)).astype(int).ravel().tolist(),
                "starts": starts.tolist(),
                "ends": ends.tolist(),
                "time": time.tolist(),
                "columnMean": column_mean(values, within).ravel().tolist(),
                "linear": linear(values, within, time).ravel().tolist(),
                "linearBySteps": linear(values, within, steps).ravel().tolist(),
            }
        )
    )


if __name__ == "__main__":
    main()
