"""Oracle values of k-means (scikit-learn) and of the spectral indicator (NumPy's SVD).

Run from the repository root; writes src/core/clustering/__goldens__/clustering.json. The public sets are read from
../shared/data/ucr.
"""

import csv
import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import rand_score

SEED = 21


def k_means_cases():
    random = np.random.default_rng(SEED)
    for n, m, k in [(40, 2, 3), (60, 5, 4), (30, 40, 3)]:
        points = np.round(random.normal(size=(n, m)) + 2 * random.integers(0, 3, (n, 1)), 3)
        start = points[random.choice(n, k, replace=False)]
        one = KMeans(k, init=start, n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(points)
        best = KMeans(k, n_init=1000, tol=0, random_state=SEED).fit(points)
        yield {
            "name": f"{n} points of {m} coordinates, {k} clusters",
            "points": points.tolist(),
            "start": start.tolist(),
            "assignments": one.labels_.tolist(),
            "inertia": one.inertia_,
            "bestInertia": best.inertia_,
        }


def indicator_cases():
    random = np.random.default_rng(SEED + 1)
    for n, m, k in [(25, 6, 3), (5, 12, 2)]:
        rows = np.round(random.normal(size=(n, m)), 3)
        u, s, _ = np.linalg.svd(rows, full_matrices=False)
        yield {"rows": rows.tolist(), "k": k, "singularValues": s[:k].tolist(), "projector": (u[:, :k] @ u[:, :k].T).tolist()}


def public_optima():
    """Best of 1000 starts on sets where ten starts do not always find it."""
    for name, split, k in [("Coffee", "train", 2), ("Coffee", "all", 2), ("CBF", "train", 3), ("Ali-v1", "test", 2)]:
        with open(f"../shared/data/ucr/{name}.csv", newline="") as file:
            lines = [line for line in list(csv.reader(file))[1:] if split in ("all", line[1])]
        points = np.array([[float(cell or 0) for cell in line[3:]] for line in lines])
        best = KMeans(k, n_init=1000, random_state=SEED).fit(points)
        yield {"set": name, "fit": split, "k": k, "inertia": best.inertia_, "randIndex": rand_score([line[2] for line in lines], best.labels_)}


def main():
    target = pathlib.Path("src/core/clustering/__goldens__/clustering.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
                "seed": SEED,
                "kMeans": list(k_means_cases()),
                "indicator": list(indicator_cases()),
                "publicOptima": list(public_optima()),
            }
        )
    )


if __name__ == "__main__":
    main()
