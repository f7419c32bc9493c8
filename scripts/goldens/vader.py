"""Golden values of VaDER: posterior, reconstruction, loss terms and the gradient of a step, by PyTorch in float64.

The latent loss is written from the evidence lower bound with torch.distributions, not from its closed form.

Usage: python scripts/goldens/vader.py
"""
import json
import pathlib

import numpy as np
import torch
from torch.distributions import Normal
from torch.nn.functional import softplus

torch.set_default_dtype(torch.float64)
SEED, N, T, D, H, M, K, ALPHA = 41, 3, 5, 2, 4, 2, 3, 0.7
OUT = pathlib.Path(__file__).parents[2] / "src/core/nn/models/__goldens__/vader.json"
rng = np.random.default_rng(SEED)


def gru_size(inputs, h):
    return (inputs + h) * 3 * h + 3 * h + h * inputs + inputs


sizes = dict(
    fillings=T * D, encoder=gru_size(D, H), mu=H * M, muBias=M, logVariance=H * M, logVarianceBias=M,
    expand=M * H, expandBias=H, decoder=gru_size(D, H), logits=K, means=K * M, spreads=K * M,
)
theta = torch.tensor(np.round(rng.normal(0, 0.5, sum(sizes.values())), 2), requires_grad=True)
block, at = {}, 0
for name, size in sizes.items():
    block[name] = theta[at : at + size]
    at += size

x = np.round(rng.normal(size=(N, T, D)), 3)
mask = (rng.uniform(size=(N, T, D)) > 0.3).astype(float)
starts, ends = [0, 0, 1], [T, 3, T]
valid = np.array([[1.0 if starts[i] <= t < ends[i] else 0.0 for t in range(T)] for i in range(N)])
mask *= valid[:, :, None]
x *= mask
noise = np.round(rng.normal(size=(N, M)), 3)
X, W, EPS = torch.tensor(x), torch.tensor(mask), torch.tensor(noise)


def parts(flat):
    cut = np.cumsum([D * 3 * H, H * 3 * H, 3 * H, H * D, D])
    w, u, b, head, bias = (flat[a:z] for a, z in zip([0, *cut[:-1]], cut))
    return w.reshape(D, 3 * H), u.reshape(H, 3 * H), b, head.reshape(H, D), bias


def cell(v, h, w, u, b):
    z = torch.sigmoid(v @ w[:, :H] + h @ u[:, :H] + b[:H])
    r = torch.sigmoid(v @ w[:, H : 2 * H] + h @ u[:, H : 2 * H] + b[H : 2 * H])
    return z * h + (1 - z) * torch.tanh(v @ w[:, 2 * H :] + (r * h) @ u[:, 2 * H :] + b[2 * H :])


def encode(i):
    w, u, b, _, _ = parts(block["encoder"])
    h = torch.zeros(H)
    filled = X[i] * W[i] + block["fillings"].reshape(T, D) * (1 - W[i])
    for t in range(T):
        if valid[i, t]:
            h = cell(filled[t], h, w, u, b)
    return h @ block["mu"].reshape(H, M) + block["muBias"], h @ block["logVariance"].reshape(H, M) + block["logVarianceBias"]


def decode(z, i):
    w, u, b, head, bias = parts(block["decoder"])
    h = softplus(z @ block["expand"].reshape(M, H) + block["expandBias"])
    out = []
    for t in range(T):
        if valid[i, t]:
            h = cell(torch.zeros(D), h, w, u, b)
        out.append(h @ head + bias)
    return torch.stack(out)


def latent_loss(mu, log_variance, z):
    """KL terms of one series: E_q[log q(c|x) - log p(c)] + Σ_c γ_c KL-like terms, constants of 2π cancelling."""
    phi = torch.log_softmax(block["logits"], 0)
    means, scales = block["means"].reshape(K, M), torch.sqrt(softplus(block["spreads"].reshape(K, M)))
    prior = Normal(means, scales)
    gamma = torch.softmax(phi + prior.log_prob(z).sum(1), 0)
    posterior = Normal(mu, torch.exp(log_variance / 2))
    # E_q log p(z|c) in closed form: log_prob at the mean less half the variance ratio
    expected = (prior.log_prob(mu) - 0.5 * posterior.variance / prior.variance).sum(1)
    entropy = posterior.entropy().sum()
    return -(gamma * expected).sum() - entropy - (gamma * (phi - torch.log(gamma))).sum()


mu, log_variance = (torch.stack(part) for part in zip(*[encode(i) for i in range(N)]))
z = mu + torch.exp(log_variance / 2) * EPS
decoded = torch.stack([decode(z[i], i) for i in range(N)])
reconstruction = (W * (X - decoded) ** 2).sum() / W.sum()
latent = torch.stack([latent_loss(mu[i], log_variance[i], z[i]) for i in range(N)]).mean()
total = T * D * reconstruction + ALPHA * latent
total.backward()

flat = lambda t: [float(f"{v:.10g}") for v in t.detach().reshape(-1).tolist()]
golden = dict(
    oracle=f"PyTorch {torch.__version__.split('+')[0]}, NumPy {np.__version__}, float64", seed=SEED, sizes=dict(N=N, T=T, D=D, H=H, M=M, K=K), alpha=ALPHA,
    x=x.reshape(-1).tolist(), mask=mask.reshape(-1).tolist(), starts=starts, ends=ends, noise=noise.reshape(-1).tolist(), theta=flat(theta),
    expected=dict(mu=flat(mu), logVariance=flat(log_variance), decoded=flat(decoded), reconstruction=reconstruction.item(), latent=latent.item(), gradient=flat(theta.grad)),
)
OUT.write_text(json.dumps(golden) + "\n")
