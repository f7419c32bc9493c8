"""Oracle values of the clusterers: SciPy, scikit-learn, tslearn and brute force in NumPy.

Run from the repository root; writes src/core/clustering/__goldens__/clusterers.json.
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
import sklearn
import tslearn
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import spectral_clustering
from sklearn.mixture import GaussianMixture
from tslearn.barycenters import dtw_barycenter_averaging, softdtw_barycenter
from tslearn.clustering import KShape, TimeSeriesKMeans
from tslearn.metrics import cdist_soft_dtw, dtw, dtw_path, soft_dtw
from tslearn.preprocessing import TimeSeriesScalerMeanVariance

SEED = 32


def hierarchical_cases(random):
    points = np.round(random.normal(size=(14, 3)), 4)
    any_distance = squareform(np.round(random.random(12 * 11 // 2), 4))
    for name, distances in [("Euclidean", squareform(pdist(points))), ("any", any_distance)]:
        for method in ["single", "complete", "average", "ward"]:
            tree = linkage(squareform(distances), method)
            yield {
                "name": name,
                "linkage": method,
                "n": len(distances),
                "distances": distances.ravel().tolist(),
                "merges": tree[:, :2].astype(int).ravel().tolist(),
                "heights": tree[:, 2].tolist(),
                "sizes": tree[:, 3].astype(int).tolist(),
                "cut": fcluster(tree, 4, "maxclust").tolist(),
            }


def k_medoids_case(random):
    distances = squareform(np.round(random.random(11 * 10 // 2), 4))
    best = {k: min(distances[list(m)].min(0).sum() for m in itertools.combinations(range(11), k)) for k in (1, 2, 3, 4)}
    return {"n": 11, "distances": distances.ravel().tolist(), "best": best}


def bumps(random, n, t):
    """Two shapes, shifted at random."""
    steps = np.arange(t)
    rows = []
    for i in range(n):
        at = random.uniform(0.25, 0.6) * t
        shape = np.exp(-(((steps - at) / 2) ** 2)) if i % 2 else np.sign(steps - at) * 0.6
        rows.append(shape + 0.15 * random.normal(size=t))
    return np.round(np.array(rows), 3)[:, :, None]


def banded_average(members, centre, radius):
    """DBA by hand: tslearn's own takes no notice of a band here."""
    for _ in range(50):
        sums, counts = np.zeros_like(centre), np.zeros_like(centre)
        for member in members:
            for a, b in dtw_path(centre, member, global_constraint="sakoe_chiba", sakoe_chiba_radius=radius)[0]:
                sums[a] += member[b]
                counts[a] += 1
        centre = sums / counts
    return centre


def warping_case(random):
    rows = bumps(random, 12, 16)
    start = rows[[0, 1]]
    hard = TimeSeriesKMeans(2, metric="dtw", init=start, max_iter=50, max_iter_barycenter=100, tol=0).fit(rows)
    soft = TimeSeriesKMeans(2, metric="softdtw", init=start, max_iter=30, max_iter_barycenter=200, tol=0, metric_params={"gamma": 0.5}).fit(rows)
    unequal = [rows[i, : 16 - i] for i in range(4)]
    centre = dtw_barycenter_averaging(unequal, init_barycenter=rows[5], max_iter=200, tol=1e-12)
    band = banded_average(rows[:6], rows[5], 2)
    smooth = softdtw_barycenter(unequal, gamma=0.5, init=rows[5].copy(), max_iter=1000, tol=1e-14)
    return {
        "rows": rows[:, :, 0].tolist(),
        "dba": centre[:, 0].tolist(),
        "dbaCost": sum(dtw(centre, s) ** 2 for s in unequal),
        "dbaBand": band[:, 0].tolist(),
        "softBarycentreCost": float(sum(soft_dtw(smooth, s, 0.5) for s in unequal)),
        "dtwLabels": hard.labels_.tolist(),
        "dtwInertia": hard.inertia_ * len(rows),
        "softLabels": soft.labels_.tolist(),
        "softInertia": float(cdist_soft_dtw(rows, soft.cluster_centers_, gamma=0.5).min(1).sum()),
    }


def k_shape_case(random):
    rows = np.concatenate([bumps(random, 12, 16), bumps(random, 12, 16)], axis=2)
    rows = TimeSeriesScalerMeanVariance().fit_transform(rows)
    fitted = KShape(2, init=rows[[0, 1]], max_iter=100).fit(rows)
    return {
        "rows": rows.reshape(12, -1).tolist(),
        "d": 2,
        "labels": fitted.labels_.tolist(),
        "centres": fitted.cluster_centers_.reshape(2, -1).tolist(),
        "inertia": float(fitted._cross_dists(rows).min(1).sum()),
    }


def mixture_cases(random):
    points = np.round(np.concatenate([random.normal(size=(25, 3)) * [1, 2, 0.5], random.normal(size=(15, 3)) + [2, 1, 1]]), 4)
    start = random.integers(0, 3, 40)
    floor = 1e-6 * points.var(0).mean()
    weights = np.bincount(start) / 40
    means = np.array([points[start == k].mean(0) for k in range(3)])
    for ours, theirs in [("diagonal", "diag"), ("full", "full")]:
        spreads = [np.cov(points[start == k].T, bias=True) + floor * np.eye(3) for k in range(3)]
        precisions = [1 / np.diag(s) for s in spreads] if theirs == "diag" else [np.linalg.inv(s) for s in spreads]
        fitted = GaussianMixture(3, covariance_type=theirs, tol=1e-9, reg_covar=floor, max_iter=5000, weights_init=weights, means_init=means, precisions_init=precisions).fit(points)
        yield {
            "covariance": ours,
            "points": points.tolist(),
            "start": start.tolist(),
            "weights": fitted.weights_.tolist(),
            "means": fitted.means_.ravel().tolist(),
            "covariances": fitted.covariances_.ravel().tolist(),
            "labels": fitted.predict(points).tolist(),
            "logLikelihood": fitted.score(points),
        }


def spectral_case(random):
    angles = np.tile(np.linspace(0, 2 * np.pi, 20, endpoint=False), 2)
    radius = np.repeat([1.0, 4.0], 20)
    points = np.stack([radius * np.cos(angles), radius * np.sin(angles)], 1) + 0.1 * random.normal(size=(40, 2))
    distances = np.round(squareform(pdist(points)), 5)
    affinity = np.exp(-(distances**2) / (2 * 0.7**2))
    return {
        "n": 40,
        "scale": 0.7,
        "distances": distances.ravel().tolist(),
        "labels": {str(k): spectral_clustering(affinity, n_clusters=k, random_state=SEED, n_init=50).tolist() for k in (2,)},
    }


def spectral_overlap_case(random):
    """Three groups that run into each other, of unequal size and spread: the degrees matter."""
    sizes, centres, spreads = (10, 16, 24), ([0, 0], [2.6, 0.4], [1.0, 2.8]), (0.5, 0.7, 0.9)
    points = np.concatenate([random.normal(size=(n, 2)) * s + c for n, c, s in zip(sizes, centres, spreads)])
    distances = np.round(squareform(pdist(points)), 5)
    affinity = np.exp(-(distances**2) / (2 * 0.6**2))
    return {
        "n": len(points),
        "scale": 0.6,
        "distances": distances.ravel().tolist(),
        "labels": {str(k): spectral_clustering(affinity, n_clusters=k, random_state=SEED, n_init=50).tolist() for k in (2, 3, 4)},
    }


def main():
    random = np.random.default_rng(SEED)
    goldens = {
        "versions": {m.__name__: m.__version__ for m in (np, scipy, sklearn, tslearn)},
        "seed": SEED,
        "hierarchical": list(hierarchical_cases(random)),
        "kMedoids": k_medoids_case(random),
        "warping": warping_case(random),
        "kShape": k_shape_case(random),
        "mixture": list(mixture_cases(random)),
        "spectral": spectral_case(random),
        "spectralOverlap": spectral_overlap_case(random),
    }
    pathlib.Path("src/core/clustering/__goldens__/clusterers.json").write_text(json.dumps(goldens))


if __name__ == "__main__":
    main()
