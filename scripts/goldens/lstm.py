"""Golden values of the LSTM kernel, from torch.nn.LSTM in float64. Gates here: i, f, o, g; PyTorch: i, f, g, o.

Usage: python scripts/goldens/lstm.py
"""
import json
from pathlib import Path

import torch

B, S, I, H = 3, 6, 2, 4
torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
lstm = torch.nn.LSTM(I, H, batch_first=True)
x = torch.randn(B, S, I, requires_grad=True)
pull = torch.randn(B, S, H)
states, _ = lstm(x)
(states * pull).sum().backward()


def ours(rows):
    """[4H, ...] in PyTorch's order -> [..., 4H] in ours."""
    i, f, g, o = rows.chunk(4, 0)
    return torch.cat([i, f, o, g], 0).T.reshape(-1)


def packed(kind):
    of = (lambda p: p.grad) if kind == "grad" else (lambda p: p.detach())
    bias = of(lstm.bias_ih_l0) if kind == "grad" else of(lstm.bias_ih_l0) + of(lstm.bias_hh_l0)
    return torch.cat([ours(of(lstm.weight_ih_l0)), ours(of(lstm.weight_hh_l0)), ours(bias)]).tolist()


out = Path(__file__).resolve().parents[2] / "src/core/nn/kernels/lstm/__goldens__/lstm.json"
out.parent.mkdir(parents=True, exist_ok=True)
flat = lambda t: t.detach().reshape(-1).tolist()
out.write_text(json.dumps({
    "from": f"torch {torch.__version__.split('+')[0]}, seed 1", "batch": B, "steps": S, "inputs": I, "units": H,
    "x": flat(x), "weights": packed("value"), "pull": flat(pull), "states": flat(states), "dx": flat(x.grad), "dWeights": packed("grad"),
}) + "\n")
