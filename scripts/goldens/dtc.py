"""Golden values of DTC, from PyTorch in float64: similarities, assignment, target, divergence, and the whole model.

Usage: python scripts/goldens/dtc.py
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(2)
torch.set_default_dtype(torch.float64)
EPS, SLOPE, TAPS, BEFORE, FILTERS = 1e-9, 0.3, 10, 4, 50
flat = lambda t: [float(f"{v:.12g}") for v in t.detach().reshape(-1).tolist()]


def root(x):
    return torch.sqrt(x + EPS)


def centred(a):
    return a - a.mean(1, keepdim=True)


def eucl(z, w):
    return root(((z[:, None] - w[None]) ** 2).sum(2))


def cid(z, w):
    a = root(((z[:, 1:] - z[:, :-1]) ** 2).sum(1))[:, None]
    b = root(((w[:, 1:] - w[:, :-1]) ** 2).sum(1))[None]
    return eucl(z, w) * torch.clamp(torch.maximum(a, b) / torch.minimum(a, b), max=10)


def cor(z, w):
    a, b = centred(z), centred(w)
    rho = a @ b.T / (root((a**2).sum(1))[:, None] * root((b**2).sum(1))[None])
    return root(2 * torch.clamp(1 - rho, min=0))


def acfs(a):
    c = centred(a)
    lags = [(c[:, : c.shape[1] - l] * c[:, l:]).sum(1) for l in range(1, c.shape[1])]
    return torch.stack(lags, 1) / ((c**2).sum(1, keepdim=True) + EPS)


def acf(z, w):
    L = z.shape[1] - 1
    omega = 1 - torch.arange(1, L + 1) / L
    return root((omega * (acfs(z)[:, None] - acfs(w)[None]) ** 2).sum(2))


golden = {"from": f"torch {torch.__version__.split('+')[0]}, seed 2"}
B, S, K = 5, 6, 3
z, w, pull = torch.randn(B, S), torch.randn(K, S), torch.randn(B, K)
golden["similarity"] = {"B": B, "S": S, "K": K, "z": flat(z), "w": flat(w), "pull": flat(pull), "of": {}}
for name, siml in {"eucl": eucl, "cid": cid, "cor": cor, "acf": acf}.items():
    zg, wg = z.clone().requires_grad_(), w.clone().requires_grad_()
    value = siml(zg, wg)
    (value * pull).sum().backward()
    golden["similarity"]["of"][name] = {"value": flat(value), "dz": flat(zg.grad), "dw": flat(wg.grad)}

s = eucl(z, w) ** 2
q = (1 / (1 + s)) / (1 / (1 + s)).sum(1, keepdim=True)
p = q**2 / q.sum(0)
p = p / p.sum(1, keepdim=True)
golden["assignment"] = {"s": flat(s), "q": flat(q), "p": flat(p), "kl": float((p * torch.log(p / q)).sum() / B)}

# the whole model: T = 12, D = 2, P = 4
B, T, D, P, K = 3, 12, 2, 4, 2
S = T // P
shapes = [("convolution", (TAPS * D, FILTERS)), ("convolutionBias", (1, FILTERS))]
for layer, (i, h) in {1: (FILTERS, 50), 2: (50, 1)}.items():
    for direction in ("forward", "backward"):
        shapes.append((f"{direction}{layer}", (4 * h * (i + h + 1),)))
shapes += [("deconvolution", (TAPS, D)), ("deconvolutionBias", (1, D)), ("centroids", (K, S))]
# small whole numbers, so that the file need not hold the weights: see weightsOf in dtc.test.ts
size = sum(torch.Size(shape).numel() for _, shape in shapes)
theta = (((torch.arange(size) * 7919) % 1009) / 1009 - 0.5) * 0.4
theta.requires_grad_()
parts, at = {}, 0
for name, shape in shapes:
    count = torch.Size(shape).numel()
    parts[name] = theta[at : at + count].reshape(shape)
    at += count


def convolution(x, kernel, bias, before):
    taps, out = kernel.shape[0] // x.shape[2], kernel.shape[1]
    weight = kernel.reshape(taps, x.shape[2], out).permute(2, 1, 0)
    return F.conv1d(F.pad(x.transpose(1, 2), (before, taps - 1 - before)), weight, bias.reshape(-1)).transpose(1, 2)


def lstm(x, packed, h):
    i = x.shape[2]
    kernel, recurrent, bias = packed.split([i * 4 * h, h * 4 * h, 4 * h])
    kernel, recurrent = kernel.reshape(i, 4 * h), recurrent.reshape(h, 4 * h)
    state = cell = torch.zeros(x.shape[0], h)
    out = []
    for t in range(x.shape[1]):
        a = x[:, t] @ kernel + state @ recurrent + bias
        gi, gf, go, gg = a.chunk(4, 1)
        cell = torch.sigmoid(gf) * cell + torch.sigmoid(gi) * torch.tanh(gg)
        state = torch.sigmoid(go) * torch.tanh(cell)
        out.append(state)
    return torch.stack(out, 1)


leaky = lambda x: F.leaky_relu(x, SLOPE)
both = lambda layer, x, h: leaky(lstm(x, parts[f"forward{layer}"], h) + lstm(x.flip(1), parts[f"backward{layer}"], h).flip(1))
x = torch.randn(B, T, D)
pooled = F.max_pool1d(leaky(convolution(x, parts["convolution"], parts["convolutionBias"], BEFORE)).transpose(1, 2), P).transpose(1, 2)
z = both(2, both(1, pooled, 50), 1)
estimate = convolution(z.repeat_interleave(P, 1), parts["deconvolution"], parts["deconvolutionBias"], TAPS - 1 - BEFORE)
z = z.reshape(B, S)
s = eucl(z, parts["centroids"]) ** 2
q = (1 / (1 + s)) / (1 / (1 + s)).sum(1, keepdim=True)
target = torch.tensor([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]])
ae, kl = ((x - estimate) ** 2).mean(), (target * torch.log(target / q)).sum() / B
(ae + kl).backward()
golden["model"] = {
    "B": B, "T": T, "D": D, "P": P, "K": K, "size": size, "x": flat(x), "z": flat(z), "estimate": flat(estimate), "q": flat(q),
    "target": flat(target), "reconstruction": float(ae), "clustering": float(kl),
    "gradientNorm": float(theta.grad.norm()), "gradient": flat(theta.grad[:: size // 200]), "stride": size // 200,
}
out = Path(__file__).resolve().parents[2] / "src/core/nn/models/__goldens__/dtc.json"
out.write_text(json.dumps(golden) + "\n")
