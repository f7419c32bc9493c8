"""Golden values of DTCR: representation, reconstruction, loss terms and the gradient of a step, by PyTorch in float64.

The dilated layers are written as their recurrence h_t = GRU(x_t, h_{t-d}), one series and step at a time.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
SEED, N, T, D, UNITS, DILATIONS, K = 30, 3, 7, 2, [3, 2, 2], [1, 2, 4], 2
OUT = pathlib.Path(__file__).parents[2] / "src/core/nn/models/__goldens__/dtcr.json"
rng = np.random.default_rng(SEED)
m = 2 * sum(UNITS)


def gru_size(inputs, h):
    return (inputs + h) * 3 * h + 3 * h + h * inputs + inputs


sizes = {}
for direction in ("forward", "backward"):
    for l, h in enumerate(UNITS):
        sizes[f"{direction}{l}"] = gru_size(D if l == 0 else UNITS[l - 1], h)
sizes.update(decoder=gru_size(D, m), hidden=m * 128, hiddenBias=128, output=256, outputBias=2)
theta = torch.tensor(np.round(rng.normal(0, 0.3, sum(sizes.values())), 2), requires_grad=True)
block, at = {}, 0
for name, size in sizes.items():
    block[name] = theta[at : at + size]
    at += size

starts, ends = [0, 0, 1], [T, 5, T]
x = np.round(rng.normal(size=(N, T, D)), 3)
fakes = np.round(rng.normal(size=(N, T, D)), 3)
for i in range(N):
    for t in range(T):
        if not starts[i] <= t < ends[i]:
            x[i, t] = fakes[i, t] = 0
f = torch.tensor(np.round(np.linalg.qr(rng.normal(size=(5, K)))[0][:N], 4))
centres = torch.tensor(np.round(rng.normal(size=(m, K)), 3))
kernels = torch.zeros_like(theta)


def parts(flat, inputs, h):
    cut = np.cumsum([inputs * 3 * h, h * 3 * h, 3 * h, h * inputs, inputs])
    w, u, b, w_imp, b_imp = (flat[a:z] for a, z in zip([0, *cut[:-1]], cut))
    return w.reshape(inputs, 3 * h), u.reshape(h, 3 * h), b, w_imp.reshape(h, inputs), b_imp


def cell(x, h, w, u, b):
    n = h.shape[0]
    z = torch.sigmoid(x @ w[:, :n] + h @ u[:, :n] + b[:n])
    r = torch.sigmoid(x @ w[:, n : 2 * n] + h @ u[:, n : 2 * n] + b[n : 2 * n])
    return z * h + (1 - z) * torch.tanh(x @ w[:, 2 * n :] + (r * h) @ u[:, 2 * n :] + b[2 * n :])


def encode(series, start, end):
    """Full-length time axis, as the padding is part of the interleaving; steps outside hold the state."""
    out = []
    for direction in ("forward", "backward"):
        steps = list(range(T)) if direction == "forward" else list(range(T))[::-1]
        inputs = [series[t] for t in steps]
        inside = [start <= t < end for t in steps]
        last = max(s for s in range(T) if inside[s])
        for l, (h, d) in enumerate(zip(UNITS, DILATIONS)):
            w, u, b, _, _ = parts(block[f"{direction}{l}"], len(inputs[0]), h)
            states = []
            for s in range(T):
                before = states[s - d] if s >= d else torch.zeros(h)
                states.append(cell(inputs[s], before, w, u, b) if inside[s] else before)
            inputs = states
            out.append(states[last])
    return torch.cat(out)


def decode(h, first):
    w, u, b, w_imp, b_imp = parts(block["decoder"], D, m)
    u_t, out = first, []
    for _ in range(T):
        h = cell(u_t, h, w, u, b)
        u_t = h @ w_imp + b_imp
        out.append(u_t)
    return torch.stack(out)


X, Z = torch.tensor(x), torch.tensor(fakes)
real = torch.stack([encode(X[i], starts[i], ends[i]) for i in range(N)])
fake = torch.stack([encode(Z[i], starts[i], ends[i]) for i in range(N)])
decoded = torch.stack([decode(real[i], X[i, starts[i]]) for i in range(N)])
both = torch.cat([real, fake])
logits = torch.relu(both @ block["hidden"].reshape(m, 128) + block["hiddenBias"]) @ block["output"].reshape(128, 2) + block["outputBias"]
within = torch.tensor([[[starts[i] <= t < ends[i]] * D for t in range(T)] for i in range(N)])
reconstruction = ((X - decoded)[within] ** 2).mean()
classification = torch.nn.functional.cross_entropy(logits, torch.tensor([1] * N + [0] * N))
k_means = ((real - f @ centres.T) ** 2).sum()
lam, w_cls = 0.05, 0.8
decay, at = 0, 0
for name, size in sizes.items():
    if name.endswith("Bias"):
        pass
    elif name in ("hidden", "output"):
        decay = decay + (block[name] ** 2).sum()
    else:
        inputs = D if name[-1] in "0r" else UNITS[int(name[-1]) - 1]
        h = m if name == "decoder" else UNITS[int(name[-1])]
        w, u, _, w_imp, _ = parts(block[name], inputs, h)
        decay = decay + (w**2).sum() + (u**2).sum() + (w_imp**2).sum()
loss = reconstruction + w_cls * classification + lam / 2 * k_means + 1e-4 / 2 * decay
(gradient,) = torch.autograd.grad(loss, theta)
flat = lambda t: [round(v, 10) for v in t.detach().reshape(-1).tolist()]
OUT.write_text(json.dumps(dict(
    oracle=f"PyTorch {torch.__version__.split('+')[0]}, NumPy {np.__version__}, float64", seed=SEED,
    sizes=dict(N=N, T=T, D=D, K=K), units=UNITS, dilations=DILATIONS, starts=starts, ends=ends, theta=flat(theta), x=flat(X), fakes=flat(Z), f=flat(f), centres=flat(centres),
    weights=dict(lambda_=lam, classification=w_cls),
    expected=dict(latents=flat(real), decoded=flat(decoded), logits=flat(logits), reconstruction=reconstruction.item(), classification=classification.item(), kMeans=k_means.item(), gradient=flat(gradient)))) + "\n")
print(OUT, theta.numel())
