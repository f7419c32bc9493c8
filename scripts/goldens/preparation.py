"""Golden values of the steps of the preparation on complete series, by NumPy, SciPy and scikit-learn.

Usage: python scripts/goldens/preparation.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.ndimage import gaussian_filter1d
from scipy.signal import detrend, savgol_filter
from sklearn.decomposition import PCA

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


pca = PCA(2).fit(x.reshape(-1, D))
scores = pca.transform(x.reshape(-1, D)) * np.sign(pca.components_[np.arange(2), np.abs(pca.components_).argmax(1)])
out = Path(__file__).resolve().parents[2] / "src/core/preparation/__goldens__/preparation.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({
    "oracle": f"NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}, seed 61", "n": N, "t": T, "d": D, "x": flat(x),
    "movingAverage": flat(over(lambda a: [a[max(0, t - 2) : t + 3].mean() for t in range(T)])),
    "gaussian": flat(over(gaussian)), "savitzkyGolay": flat(over(savgol)), "detrend": flat(over(detrend)),
    "means": flat(over(lambda a: paa(a, 7))), "lines": flat(over(lambda a: np.interp(np.linspace(0, T - 1, 10), np.arange(T), a))),
    "components": flat(scores),
}) + "\n")
