"""The scikit-learn peer of the `projection` bench: reads {"n", "width", "points", "method"}, answers with one line."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

ask = json.loads(sys.stdin.readline())
x = np.array(ask["points"]).reshape(ask["n"], ask["width"])
if ask["method"] == "affinities":
    cpu = time.process_time()
    near = NearestNeighbors(n_neighbors=90, n_jobs=1).fit(x).kneighbors_graph(mode="distance")
    near.data **= 2
    _joint_probabilities_nn(near, 30, 0)
    print(json.dumps({"version": sklearn.__version__, "ms": 1000 * (time.process_time() - cpu), "kl": 0}))
    sys.exit()
model = TSNE(2, perplexity=30, init="pca", learning_rate="auto", method=ask["method"], max_iter=1000, n_iter_without_progress=1000, min_grad_norm=0, random_state=1, n_jobs=1)
cpu = time.process_time()
model.fit(x)
seconds = time.process_time() - cpu
print(json.dumps({"version": sklearn.__version__, "ms": 1000 * seconds / model.n_iter_, "iterations": int(model.n_iter_), "kl": float(model.kl_divergence_)}))
