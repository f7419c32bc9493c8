"""Golden values of the gap-aware GRU: PyTorch in float64, one plain cell (reset gate before the candidate's
product), gradients by autograd. Writes src/core/nn/kernels/gapAwareGru/__goldens__/kernel.json.

Usage: python3 scripts/goldens/kernel.py
"""

import json
import platform
from pathlib import Path

import torch

SEED = 20211
TARGET = Path(__file__).resolve().parents[2] / "src/core/nn/kernels/gapAwareGru/__goldens__/kernel.json"


def cell(u, h, w, rec, b):
    """h_t = z h + (1 - z) c; columns of w, rec and b are z, r, c."""
    wz, wr, wc = w.chunk(3, 1)
    uz, ur, uc = rec.chunk(3, 1)
    bz, br, bc = b.chunk(3)
    z = torch.sigmoid(u @ wz + h @ uz + bz)
    r = torch.sigmoid(u @ wr + h @ ur + br)
    c = torch.tanh(u @ wc + (r * h) @ uc + bc)
    return z * h + (1 - z) * c


def run(x, mask, initial, layers, w_imp, b_imp):
    """Estimates e_0..e_S, final states of all layers side by side, and states of the top layer."""
    states = list(initial.split([rec.shape[0] for _, rec, _ in layers], 1))
    estimates = [states[-1] @ w_imp + b_imp]
    tops = []
    for t in range(x.shape[1]):
        below = mask[:, t] * x[:, t] + (1 - mask[:, t]) * estimates[-1]
        for l, (w, rec, b) in enumerate(layers):
            states[l] = below = cell(below, states[l], w, rec, b)
        tops.append(states[-1])
        estimates.append(states[-1] @ w_imp + b_imp)
    return torch.stack(estimates, 1), torch.cat(states, 1), torch.stack(tops, 1)


def golden(name, batch, steps, inputs, units, observed):
    def normal(*shape, scale=1.0):
        return scale * torch.randn(*shape, dtype=torch.float64)

    x = normal(batch, steps, inputs)
    mask = (torch.rand(batch, steps, inputs, dtype=torch.float64) < observed).double()
    initial = normal(batch, sum(units), scale=0.5)
    widths = [inputs, *units[:-1]]
    layers = [[normal(i, 3 * h, scale=0.5), normal(h, 3 * h, scale=0.5), normal(3 * h, scale=0.5)] for i, h in zip(widths, units)]
    w_imp, b_imp = normal(units[-1], inputs, scale=0.5), normal(inputs, scale=0.5)
    weights = [p for layer in layers for p in layer] + [w_imp, b_imp]
    for p in (x, initial, *weights):
        p.requires_grad_()
    output = torch.cat([o.flatten() for o in run(x, mask, initial, layers, w_imp, b_imp)])
    grad_output = normal(output.numel())
    gradients = torch.autograd.grad(output, (x, initial, *weights), grad_output)

    def flat(*tensors):
        return torch.cat([t.detach().flatten() for t in tensors]).tolist()

    return {
        "name": name,
        "shape": {"batch": batch, "steps": steps, "inputs": inputs, "units": units, "states": True},
        "x": flat(x),
        "mask": flat(mask),
        "initial": flat(initial),
        "weights": flat(*weights),
        "output": flat(output),
        "gradOutput": flat(grad_output),
        "gradient": flat(*gradients),
    }


if __name__ == "__main__":
    torch.manual_seed(SEED)
    cases = [
        golden("one layer, mask 1", 2, 4, 2, [3], 2.0),
        golden("three layers, mask 1", 2, 3, 1, [3, 2, 4], 2.0),
        golden("two layers, random mask", 3, 4, 2, [2, 3], 0.5),
    ]
    TARGET.parent.mkdir(exist_ok=True)
    versions = {"python": platform.python_version(), "torch": torch.__version__, "seed": SEED}
    TARGET.write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
