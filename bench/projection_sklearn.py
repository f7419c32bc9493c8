"""The scikit-learn peer of the `projection` bench: reads {"n", "width", "points", "method"}, answers with one line."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE

ask = json.loads(sys.stdin.readline())
x = np.array(ask["points"]).reshape(ask["n"], ask["width"])
model = TSNE(2, perplexity=30, init="pca", learning_rate="auto", method=ask["method"], max_iter=1000, n_iter_without_progress=1000, min_grad_norm=0, random_state=1, n_jobs=1)
cpu = time.process_time()
model.fit(x)
seconds = time.process_time() - cpu
print(json.dumps({"version": sklearn.__version__, "ms": 1000 * seconds / model.n_iter_, "iterations": int(model.n_iter_), "kl": float(model.kl_divergence_)}))
