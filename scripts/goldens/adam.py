"""Golden values of Adam with clipping, from torch.optim.Adam and clip_grad_norm_ in float64.

Usage: python scripts/goldens/adam.py
"""
import json
from pathlib import Path

import torch

SEED, STEPS, SIZE, CLIP = 64, 6, 5, 2.0
RATES = [0.01, 0.01, 0.02, 0.005, 0.01, 0.001]
torch.manual_seed(SEED)
torch.set_default_dtype(torch.float64)
theta = torch.randn(SIZE, requires_grad=True)
start = theta.detach().tolist()
gradients = torch.randn(STEPS, SIZE) * torch.tensor([0.1, 1.0, 5.0, 0.5, 20.0, 1e-4])[:, None]
adam = torch.optim.Adam([theta], eps=1e-7)
norms, path = [], []
for gradient, rate in zip(gradients, RATES):
    theta.grad = gradient.clone()
    norms.append(float(torch.nn.utils.clip_grad_norm_([theta], CLIP)))
    adam.param_groups[0]["lr"] = rate
    adam.step()
    path.append(theta.detach().tolist())

out = Path(__file__).resolve().parents[2] / "src/core/nn/training/__goldens__/adam.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({
    "from": f"torch {torch.__version__.split('+')[0]}, seed {SEED}", "clip": CLIP, "rates": RATES, "start": start, "gradients": gradients.tolist(), "norms": norms, "path": path,
}) + "\n")
