"""Golden values of CRLI: every loss term and the gradients of both steps, by PyTorch in float64.

The model is written here step by step from its equations, with PyTorch's autograd for the gradients.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
SEED, B, T, D, H, L, K = 20, 3, 5, 2, 2, 2, 2
DISCRIMINATOR = [32, 16, 8, 16, 32]
OUT = pathlib.Path(__file__).parents[2] / "src/core/nn/models/__goldens__/crli.json"


def gru_size(inputs, units):
    size = 0
    for h in units:
        size += (inputs + h) * 3 * h + 3 * h
        inputs = h
    return size


def unpack(flat, inputs, units):
    first, layers, at = inputs, [], 0
    for h in units:
        w = flat[at : at + inputs * 3 * h].reshape(inputs, 3 * h)
        at += inputs * 3 * h
        u = flat[at : at + h * 3 * h].reshape(h, 3 * h)
        at += h * 3 * h
        layers.append((w, u, flat[at : at + 3 * h]))
        at += 3 * h
        inputs = h
    w_imp = flat[at : at + inputs * first].reshape(inputs, first)
    at += inputs * first
    return layers, w_imp, flat[at : at + first]


def recurrence(flat, units, x, mask, valid, initial):
    layers, w_imp, b_imp = unpack(flat, x.shape[2], units)
    states = list(torch.split(initial, units, dim=1))
    estimates = [states[-1] @ w_imp + b_imp]
    for t in range(x.shape[1]):
        u = mask[:, t] * x[:, t] + (1 - mask[:, t]) * estimates[-1]
        for l, (w, rec, b) in enumerate(layers):
            h = states[l]
            n = h.shape[1]
            z = torch.sigmoid(u @ w[:, :n] + h @ rec[:, :n] + b[:n])
            r = torch.sigmoid(u @ w[:, n : 2 * n] + h @ rec[:, n : 2 * n] + b[n : 2 * n])
            c = torch.tanh(u @ w[:, 2 * n :] + (r * h) @ rec[:, 2 * n :] + b[2 * n :])
            v = valid[:, t : t + 1]
            states[l] = v * (z * h + (1 - z) * c) + (1 - v) * h
            u = states[l]
        estimates.append(states[-1] @ w_imp + b_imp)
    return torch.stack(estimates, 1), torch.cat(states, 1)


rng = np.random.default_rng(SEED)
units, M = [H] * L, 2 * L * H
sizes = dict(forward=gru_size(D, units) + H * D + D, backward=gru_size(D, units) + H * D + D, forwardStart=D, forwardStartBias=D,
             backwardStart=D, backwardStartBias=D, linear=M * M, linearBias=M, decoder=gru_size(D, [M]) + M * D + D)
total = sum(sizes.values())
theta = torch.tensor(rng.normal(0, 0.3, total).astype(np.float32).astype(np.float64), requires_grad=True)
at = 0
with torch.no_grad():
    for name, size in sizes.items():
        if name.endswith("Start"):
            theta[at : at + size] *= 0.01
        at += size
    theta.copy_(theta.float().double())
disc_size = gru_size(D, DISCRIMINATOR) + DISCRIMINATOR[-1] * D + D
phi = torch.tensor(np.round(rng.normal(0, 0.2, disc_size), 2), requires_grad=True)

lengths = [T, 3, T]
valid = torch.tensor([[1.0 if t < n else 0.0 for t in range(T)] for n in lengths])
mask = torch.tensor((rng.random((B, T, D)) < 0.6).astype(float)) * valid[:, :, None]
x = torch.tensor(rng.normal(size=(B, T, D)).astype(np.float32).astype(np.float64)) * mask
f, _ = np.linalg.qr(rng.normal(size=(7, K)))
f = torch.tensor(f[:B].astype(np.float32).astype(np.float64))
centres = torch.tensor(rng.normal(size=(M, K)).astype(np.float32).astype(np.float64))

block, at = {}, 0
for name, size in sizes.items():
    block[name] = theta[at : at + size]
    at += size


def encode(direction, x, mask, valid):
    start = block[direction + "Start"] * (-128 if direction == "forward" else 128) + block[direction + "StartBias"]
    one = torch.ones(B, 1)
    e, states = recurrence(block[direction], units, torch.cat([start.expand(B, 1, D), x], 1), torch.cat([torch.ones(B, 1, D), mask], 1),
                           torch.cat([one, valid], 1), torch.zeros(B, L * H))
    return e[:, 1 : T + 1], states


fw, sf = encode("forward", x, mask, valid)
bw, sb = encode("backward", x.flip(1), mask.flip(1), valid.flip(1))
imputation = (fw + bw.flip(1)) / 2
complete = mask * x + (1 - mask) * imputation
h = torch.cat([sf, sb], 1) @ block["linear"].reshape(M, M) + block["linearBias"]
start = block["forwardStart"] * -128 + block["forwardStartBias"]
first = torch.cat([start.expand(B, 1, D), torch.zeros(B, T - 1, D)], 1)
first_mask = torch.cat([torch.ones(B, 1, D), torch.zeros(B, T - 1, D)], 1)
decoded = recurrence(block["decoder"], [M], first, first_mask, torch.ones(B, T), h)[0][:, 1:]


def logits(complete):
    e, _ = recurrence(phi, DISCRIMINATOR, complete, torch.ones(B, T, D), valid, torch.zeros(B, sum(DISCRIMINATOR)))
    return e[:, 1:]


within = valid[:, :, None].expand(B, T, D)
bce = torch.nn.functional.binary_cross_entropy_with_logits
prediction = ((x - imputation)[mask == 1] ** 2).mean()
reconstruction = ((x - decoded)[mask == 1] ** 2).mean()
discriminator = bce(logits(complete.detach())[within == 1], mask[within == 1])
missing = (within == 1) & (mask == 0)
fooled = logits(complete)[missing]
adversarial = bce(fooled, torch.ones_like(fooled))
k_means = ((h - f @ centres.T) ** 2).sum()
weights = dict(prediction=1.0, reconstruction=0.7, adversarial=0.9, kMeans=0.01)
total_loss = weights["prediction"] * prediction + weights["reconstruction"] * reconstruction + weights["adversarial"] * adversarial + weights["kMeans"] * k_means
(grad_theta,) = torch.autograd.grad(total_loss, theta, retain_graph=True)
(grad_phi,) = torch.autograd.grad(discriminator, phi)

flat = lambda t: [round(v, 12) for v in t.detach().reshape(-1).tolist()]
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps(dict(
    oracle=f"PyTorch {torch.__version__.split('+')[0]}, NumPy {np.__version__}, float64", seed=SEED,
    sizes=dict(B=B, T=T, D=D, H=H, L=L, K=K), lengths=lengths, theta=flat(theta), phi=flat(phi), x=flat(x), mask=flat(mask), f=flat(f), centres=flat(centres), weights=weights,
    expected=dict(imputation=flat(imputation), latents=flat(h), decoded=flat(decoded), logits=flat(logits(complete)),
                  prediction=prediction.item(), reconstruction=reconstruction.item(), adversarial=adversarial.item(), discriminator=discriminator.item(), kMeans=k_means.item(),
                  gradientGenerator=flat(grad_theta), gradientDiscriminator=flat(grad_phi[:600])))) + "\n")
print(OUT, total, disc_size)
