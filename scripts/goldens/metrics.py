"""Oracle values of the clustering metrics: scikit-learn, SciPy and NumPy.

Run from the repository root; writes src/core/metrics/__goldens__/metrics.json.
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, mean_absolute_error, normalized_mutual_info_score, rand_score, root_mean_squared_error
from sklearn.metrics.cluster import contingency_matrix

SEED = 20


def scores(clusters, classes):
    table = contingency_matrix(classes, clusters)
    matched = linear_sum_assignment(-table)
    return {
        "n": len(classes),
        "randIndex": rand_score(classes, clusters),
        "adjustedRandIndex": adjusted_rand_score(classes, clusters),
        "normalizedMutualInformation": normalized_mutual_info_score(classes, clusters, average_method="geometric"),
        "accuracy": table[matched].sum() / len(classes),
        "purity": table.max(axis=0).sum() / len(classes),
        "allInOneRandIndex": rand_score(classes, np.zeros(len(classes), int)),
    }


def cases():
    random = np.random.default_rng(SEED)
    for n, k, c, agreement in [(2, 2, 2, 0), (7, 2, 3, 0.5), (20, 3, 3, 0.9), (30, 5, 2, 0.3), (60, 4, 6, 0.6), (60, 6, 6, 0), (100, 2, 2, 1)]:
        classes = random.integers(0, c, n)
        clusters = np.where(random.random(n) < agreement, classes, random.integers(0, k, n))
        yield f"{n} items, {k} clusters, {c} classes", clusters, classes
    classes = random.integers(0, 3, 25)
    yield "all in one cluster", np.zeros(25, int), classes
    yield "one class", random.integers(0, 3, 25), np.zeros(25, int)
    yield "one class, one cluster", np.zeros(25, int), np.zeros(25, int)
    yield "each item a cluster of its own", np.arange(25), classes
    yield "renamed classes", (classes + 1) % 3, classes


def errors():
    """Of an imputation, on all cells and on those chosen."""
    random = np.random.default_rng(SEED + 1)
    truth, estimate = random.normal(size=(2, 20)).round(4)
    cells = np.sort(random.permutation(20)[:7])
    of = lambda at: {"rmse": float(root_mean_squared_error(truth[at], estimate[at])), "mae": float(mean_absolute_error(truth[at], estimate[at]))}
    return {"truth": truth.tolist(), "estimate": estimate.tolist(), "cells": cells.tolist(), "all": of(slice(None)), "chosen": of(cells)}


def main():
    target = pathlib.Path("src/core/metrics/__goldens__/metrics.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
                "seed": SEED,
                "cases": [
                    {"name": name, "clusters": clusters.tolist(), "classes": classes.tolist(), "scores": {k: float(v) for k, v in scores(clusters, classes).items()}}
                    for name, clusters, classes in cases()
                ],
                "errors": errors(),
            }
        )
    )


if __name__ == "__main__":
    main()
