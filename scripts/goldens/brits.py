"""Golden values of BRITS (RITS-I in both directions): filling, loss and gradient, by PyTorch in float64.

Every step is written out with torch.nn.functional, one series and step at a time.

Usage: python scripts/goldens/brits.py
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
SEED, N, T, D, H = 51, 3, 6, 2, 3
OUT = pathlib.Path(__file__).parents[2] / "src/core/nn/models/__goldens__/brits.json"
rng = np.random.default_rng(SEED)
sizes = {}
for direction in ("forward", "backward"):
    sizes |= {f"{direction}Recurrence": D * 4 * H + H * 4 * H + H * D + D, f"{direction}Mask": D * 4 * H, f"{direction}Bias": 4 * H, f"{direction}Fading": D * H, f"{direction}FadingBias": H}
theta = torch.tensor(np.round(rng.normal(0, 0.5, sum(sizes.values())), 2), requires_grad=True)
block, at = {}, 0
for name, size in sizes.items():
    block[name] = theta[at : at + size]
    at += size

starts, ends = [0, 0, 1], [T, 4, T]
valid = np.array([[1.0 if starts[i] <= t < ends[i] else 0.0 for t in range(T)] for i in range(N)])
mask = (rng.uniform(size=(N, T, D)) > 0.4) * valid[:, :, None]
x = np.round(rng.normal(size=(N, T, D)), 3) * mask
X, W = torch.tensor(x), torch.tensor(mask)


def direct(direction, i):
    cut = np.cumsum([D * 4 * H, H * 4 * H, H * D, D])
    w, u, head, head_bias = (block[f"{direction}Recurrence"][a:z] for a, z in zip([0, *cut[:-1]], cut))
    w, u, head = w.reshape(D, 4 * H), u.reshape(H, 4 * H), head.reshape(H, D)
    order = list(range(T)) if direction == "forward" else list(range(T))[::-1]
    h, c, out, delta = torch.zeros(H), torch.zeros(H), [None] * T, torch.ones(D)
    for n, t in enumerate(order):
        if n > (starts[i] if direction == "forward" else T - ends[i]):
            delta = 1 + (1 - W[i, t]) * delta
        gamma = torch.exp(-torch.relu(delta @ block[f"{direction}Fading"].reshape(D, H) + block[f"{direction}FadingBias"]))
        faded = gamma * h
        estimate = faded @ head + head_bias
        out[t] = estimate
        if not valid[i, t]:
            continue
        filled = W[i, t] * X[i, t] + (1 - W[i, t]) * estimate
        a = filled @ w + faded @ u + W[i, t] @ block[f"{direction}Mask"].reshape(D, 4 * H) + block[f"{direction}Bias"]
        gate_i, gate_f, gate_o, g = a.chunk(4)
        c = torch.sigmoid(gate_f) * c + torch.sigmoid(gate_i) * torch.tanh(g)
        h = torch.sigmoid(gate_o) * torch.tanh(c)
    return torch.stack(out)


forward, backward = (torch.stack([direct(direction, i) for i in range(N)]) for direction in ("forward", "backward"))


def error(estimate):
    return sum((W[:, t] * (X[:, t] - estimate[:, t]).abs()).sum() / (W[:, t].sum() + 1e-5) for t in range(T)) / T


inside = torch.tensor(valid)[:, :, None].expand(N, T, D) > 0
loss = 0.3 * (error(forward) + error(backward)) + 0.1 * (forward - backward).abs()[inside].mean()
loss.backward()
flat = lambda t: [float(f"{v:.10g}") for v in t.detach().reshape(-1).tolist()]
OUT.write_text(json.dumps(dict(
    oracle=f"PyTorch {torch.__version__.split('+')[0]}, NumPy {np.__version__}, float64", seed=SEED, sizes=dict(N=N, T=T, D=D, H=H),
    x=x.reshape(-1).tolist(), mask=mask.reshape(-1).tolist(), starts=starts, ends=ends, theta=flat(theta),
    expected=dict(filling=flat((forward + backward) / 2), loss=loss.item(), gradient=flat(theta.grad)))) + "\n")
