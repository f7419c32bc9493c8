"""Oracle values of the measures that need no labels: scikit-learn and NumPy.

Run from the repository root; writes src/core/metrics/__goldens__/validity.json.
"""

import itertools
import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, davies_bouldin_score, pairwise_distances, silhouette_samples, silhouette_score

SEED = 34
REFERENCES = 300


def gaps(points, random):
    boxes = [random.uniform(points.min(0), points.max(0), points.shape) for _ in range(REFERENCES)]
    log_within = lambda x, k, starts=10: np.log(KMeans(k, n_init=starts, random_state=SEED).fit(x).inertia_)
    for k in range(1, 6):
        logs = np.array([log_within(box, k) for box in boxes])
        value = log_within(points, k, 500)
        yield {"k": k, "logW": value, "gap": logs.mean() - value, "error": logs.std() * np.sqrt(1 + 1 / REFERENCES)}


def main():
    random = np.random.default_rng(SEED)
    centres = np.array([[0, 0], [6, 0], [3, 6]])
    points = np.round(np.repeat(centres, 12, axis=0) + random.normal(size=(36, 2)), 3)
    distances = pairwise_distances(points)
    distances = (distances + distances.T) / 2
    partitions = []
    for k in (2, 3, 5):
        labels = random.integers(0, k, 36) if k == 5 else KMeans(k, n_init=10, random_state=SEED).fit_predict(points)
        if k == 5:
            labels[labels == 4] = 3
            labels[7] = 4
        partitions.append(
            {
                "k": k,
                "assignments": labels.tolist(),
                "silhouette": silhouette_score(distances, labels, metric="precomputed"),
                "samples": silhouette_samples(distances, labels, metric="precomputed").tolist(),
                "daviesBouldin": davies_bouldin_score(points, labels),
            }
        )
    clusterings = random.integers(0, 3, (4, 20))
    clusterings[1] = np.where(random.random(20) < 0.8, clusterings[0], clusterings[1])
    goldens = {
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "seed": SEED,
        "planted": 3,
        "points": points.tolist(),
        "distances": distances.ravel().tolist(),
        "partitions": partitions,
        "gap": list(gaps(points, random)),
        "stability": {
            "clusterings": clusterings.tolist(),
            "mean": float(np.mean([adjusted_rand_score(a, b) for a, b in itertools.combinations(clusterings, 2)])),
        },
    }
    pathlib.Path("src/core/metrics/__goldens__/validity.json").write_text(json.dumps(goldens))


if __name__ == "__main__":
    main()
