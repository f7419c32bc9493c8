"""Golden p-values of the signed-rank test, from SciPy.

Usage: python scripts/goldens/wilcoxon.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import wilcoxon

rng = np.random.default_rng(1)
cases = []
for n in (5, 12, 25, 40):
    a = rng.normal(0.3, 1, n).round(6)
    b = rng.normal(0, 1, n).round(6)
    method = "exact" if n <= 25 else "approx"
    cases.append({"a": a.tolist(), "b": b.tolist(), "p": float(wilcoxon(a, b, method=method, correction=False).pvalue)})
a, b = rng.integers(0, 5, 30), rng.integers(0, 5, 30)
cases.append({"a": a.tolist(), "b": b.tolist(), "p": float(wilcoxon(a, b, method="approx", correction=False).pvalue)})
out = Path(__file__).resolve().parents[2] / "src/tests/__goldens__/wilcoxon.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({"from": f"scipy {scipy.__version__}, seed 1", "cases": cases}) + "\n")
