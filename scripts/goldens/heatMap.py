"""Golden values of the heat-map network of DTC, from PyTorch in float64: class maps, logits, cross-entropy, gradient.

Usage: python scripts/goldens/heatMap.py
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F

SEED = 63
torch.manual_seed(SEED)
torch.set_default_dtype(torch.float64)
B, S, P, K, TAPS = 4, 5, 3, 3, 10
T = S * P
flat = lambda t: [float(f"{v:.12g}") for v in t.detach().reshape(-1).tolist()]

z = torch.randn(B, S)
kernel = torch.randn(TAPS, K, requires_grad=True)
bias = torch.randn(K, requires_grad=True)
starts, ends = [0, 0, 2, 0], [15, 12, 15, 1]
within = torch.tensor([[float(a <= t < b) for t in range(T)] for a, b in zip(starts, ends)])
targets = torch.softmax(torch.randn(B, K), 1)

longer = z.repeat_interleave(P, 1)[:, None]  # [B, 1, T]
# tap k of ours sees x_{t + k - 5}: a transposed convolution, 5 zeros before and 4 behind
heat = F.conv1d(F.pad(longer, (5, TAPS - 1 - 5)), kernel.T[:, None], bias).transpose(1, 2)  # [B, T, K]
logits = (heat * within[..., None]).sum(1) / within.sum(1, keepdim=True)
loss = F.cross_entropy(logits, targets)
loss.backward()

out = Path(__file__).resolve().parents[2] / "src/core/nn/models/__goldens__/heatMap.json"
out.write_text(json.dumps({
    "from": f"torch {torch.__version__.split('+')[0]}, seed {SEED}", "B": B, "S": S, "P": P, "K": K,
    "z": flat(z), "within": flat(within), "targets": flat(targets), "theta": flat(kernel) + flat(bias),
    "heat": flat(heat), "logits": flat(logits), "loss": float(loss.detach()), "gradient": flat(kernel.grad) + flat(bias.grad),
}) + "\n")
