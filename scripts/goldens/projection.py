"""Oracle values of PCA and exact t-SNE: scikit-learn.

Run from the repository root; writes src/core/projection/__goldens__/projection.json.
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence

SEED = 23
PERPLEXITY = 8
LARGER_PERPLEXITY = 20
STEPS = 1000


def joint(points, perplexity):
    return _joint_probabilities(squareform(pdist(points, "sqeuclidean")), perplexity, 0)


def main():
    random = np.random.default_rng(SEED)
    n, m = 45, 6
    points = np.round(random.normal(size=(n, m)) + 1.5 * random.integers(0, 3, (n, 1)) * np.array([1, -1, 0, 1, 0, 0]), 3)
    p = joint(points, PERPLEXITY)
    map_ = np.round(random.normal(size=(n, 2)), 3)
    kl, gradient = _kl_divergence(map_.ravel(), p, 1, n, 2)
    scores = PCA(2, svd_solver="full").fit(points)
    larger = np.round(random.normal(size=(150, 4)) + 2 * random.integers(0, 3, (150, 1)), 2)
    finals = [
        TSNE(method="exact", init="random", perplexity=LARGER_PERPLEXITY, learning_rate="auto", max_iter=STEPS, random_state=seed).fit(larger).kl_divergence_
        for seed in range(8)
    ]
    target = pathlib.Path("src/core/projection/__goldens__/projection.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
                "seed": SEED,
                "perplexity": PERPLEXITY,
                "points": points.tolist(),
                "affinities": p.tolist(),
                "map": map_.ravel().tolist(),
                "klDivergence": kl,
                "gradient": gradient.tolist(),
                "larger": larger.tolist(),
                "largerPerplexity": LARGER_PERPLEXITY,
                "finalKl": [float(value) for value in finals],
                "pca": scores.transform(points).ravel().tolist(),
                "explained": scores.explained_variance_ratio_.tolist(),
            }
        )
    )


if __name__ == "__main__":
    main()
