"""Golden values of the ways to standardise, over series with gaps (NaN), by the scalers of scikit-learn.

Usage: python scripts/goldens/standardise.py
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.preprocessing import RobustScaler, StandardScaler

SEED = 62
rng = np.random.default_rng(SEED)
N, T, D = 5, 7, 2
x = np.round(rng.normal(size=(N, T, D)) * [1, 40] + [3, -100], 3)
x[rng.random((N, T, D)) < 0.25] = np.nan
x[3, 2, 0] = 60  # an outlier
NORMAL_IQR = 1.349

per_series = np.stack([StandardScaler().fit_transform(one) for one in x])
scaled = {
    "perSeries": per_series,
    "perVariable": StandardScaler().fit_transform(x.reshape(-1, D)),
    "global": StandardScaler().fit_transform(x.reshape(-1, 1)),
    "robust": RobustScaler().fit_transform(x.reshape(-1, D)) * NORMAL_IQR,
}
maybe = lambda a: [None if np.isnan(v) else float(f"{v:.12g}") for v in np.asarray(a).reshape(-1)]
out = Path(__file__).resolve().parents[2] / "src/core/series/__goldens__/standardise.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({
    "versions": {"numpy": np.__version__, "sklearn": sklearn.__version__}, "seed": SEED, "n": N, "t": T, "d": D,
    "x": maybe(x), "scaled": {way: maybe(values) for way, values in scaled.items()},
}) + "\n")
