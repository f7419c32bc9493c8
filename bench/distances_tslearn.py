"""The tslearn peer of the `distances` bench: one matrix of distances, or one fit of k-Shape, on one thread.

Reads one line of JSON (what to compute, the series), answers with one line, then computes it for each further line
and answers with the milliseconds (clock and processor) and numbers that tell whether both sides found the same.
"""

import json
import os
import sys
import time

for variable in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402
from tslearn.clustering import KShape  # noqa: E402
from tslearn.metrics import cdist_dtw, cdist_soft_dtw_normalized  # noqa: E402
from tslearn.metrics.cycc import cdist_normalized_cc  # noqa: E402

problem = json.loads(sys.stdin.readline())
series = np.array(problem["series"]).reshape(problem["N"], problem["T"], 1)


def matrix_sums(distances):
    return [float(distances.sum() / 2), float((distances**2).sum() / 2)]


def dtw():
    return matrix_sums(cdist_dtw(series, n_jobs=1))


def band():
    return matrix_sums(cdist_dtw(series, n_jobs=1, global_constraint="sakoe_chiba", sakoe_chiba_radius=problem["window"]))


def soft_dtw():
    return matrix_sums(cdist_soft_dtw_normalized(series, gamma=problem["gamma"]))


def shape_based():
    none = -np.ones(len(series))
    distances = 1 - cdist_normalized_cc(series, series, norms1=none.copy(), norms2=none.copy(), self_similarity=True)
    upper = np.triu(distances, 1)
    return matrix_sums(upper + upper.T)


def k_shape():
    start = series[: problem["K"]].copy()
    fit = KShape(n_clusters=problem["K"], max_iter=problem["rounds"], init=start).fit(series)
    return [float(fit._cross_dists(series).min(axis=1).sum()), float(fit.n_iter_)]


compute = {"dtw": dtw, "band": band, "softDtw": soft_dtw, "shapeBased": shape_based, "kShape": k_shape}[problem["what"]]
print(json.dumps({"ready": True}), flush=True)
for _ in sys.stdin:
    started, cpu = time.perf_counter(), time.process_time()
    found = compute()
    print(json.dumps({"ms": 1000 * (time.perf_counter() - started), "cpu": 1000 * (time.process_time() - cpu), "losses": found}), flush=True)
