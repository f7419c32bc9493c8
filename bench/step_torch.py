"""The PyTorch peer of the `step` bench: the same CRLI training step as an eager loop over time, one thread.

Reads one line of JSON (sizes, data, start values), answers with one line, then makes one training step for
each further line and answers with its milliseconds (clock and processor) and losses.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def tensor(values):
    return torch.tensor(values, dtype=torch.float32)


class Gru:
    """Views of one packed vector: the layers' W, U, b with columns z, r, c, then W_imp and b_imp."""

    def __init__(self, inputs, units):
        self.inputs, self.units = inputs, units
        self.size = 0
        self.spans = []
        width = inputs
        for h in units:
            self.spans += [self._span(width, 3 * h), self._span(h, 3 * h), self._span(3 * h)]
            width = h
        self.spans += [self._span(width, inputs), self._span(inputs)]

    def _span(self, *shape):
        start = self.size
        for n in shape[:1] if len(shape) == 1 else [shape[0] * shape[1]]:
            self.size += n
        return start, shape

    def parameters(self, flat):
        """Leaf tensors, with the gates apart, so that a step needs no slicing."""
        leaves = []
        for k, (start, shape) in enumerate(self.spans):
            count = shape[0] if len(shape) == 1 else shape[0] * shape[1]
            block = flat[start : start + count].reshape(shape)
            if k < 3 * len(self.units):
                h = shape[-1] // 3
                leaves += [block[..., : 2 * h].clone().contiguous(), block[..., 2 * h :].clone().contiguous()]
            else:
                leaves.append(block.clone())
        return [leaf.requires_grad_() for leaf in leaves]

    def run(self, p, x, mask, states):
        """Estimates e_1..e_S [B, S, I] and the final states side by side."""
        layers = [p[6 * l : 6 * l + 6] for l in range(len(self.units))]
        w_imp, b_imp = p[-2], p[-1]
        observed, missing = (mask * x).unbind(1), (1 - mask).unbind(1)
        states = list(states)
        estimate = torch.addmm(b_imp, states[-1], w_imp)
        estimates = []
        for t in range(x.shape[1]):
            u = observed[t] + missing[t] * estimate
            for l, (wg, wc, ug, uc, bg, bc) in enumerate(layers):
                h = states[l]
                z, r = torch.sigmoid(torch.addmm(torch.addmm(bg, u, wg), h, ug)).chunk(2, 1)
                c = torch.tanh(torch.addmm(torch.addmm(bc, u, wc), r * h, uc))
                states[l] = u = torch.lerp(c, h, z)
            estimate = torch.addmm(b_imp, u, w_imp)
            estimates.append(estimate)
        return torch.stack(estimates, 1), torch.cat(states, 1)


class Crli:
    def __init__(self, spec):
        B, T, D, h = self.sizes = spec["B"], spec["T"], spec["D"], spec["H"]
        self.spec = spec
        m = 2 * h
        self.x = tensor(spec["x"]).reshape(B, T, D)
        self.mask = tensor(spec["mask"]).reshape(B, T, D)
        self.targets = tensor(spec["f"]).reshape(B, -1) @ tensor(spec["centres"]).reshape(m, -1).T
        self.encoder, self.decoder, self.judge = Gru(D, [h]), Gru(D, [m]), Gru(D, spec["discriminator"])
        flat, at = tensor(spec["generatorStart"]), 0

        def take(count):
            nonlocal at
            at += count
            return flat[at - count : at]

        self.forward = self.encoder.parameters(take(self.encoder.size))
        self.backward = self.encoder.parameters(take(self.encoder.size))
        self.starts = [take(D).clone().requires_grad_() for _ in range(4)]
        self.linear = [take(m * m).reshape(m, m).clone().requires_grad_(), take(m).clone().requires_grad_()]
        self.decoding = self.decoder.parameters(take(self.decoder.size))
        self.judging = self.judge.parameters(tensor(spec["discriminatorStart"]))
        self.generator = [*self.forward, *self.backward, *self.starts, *self.linear, *self.decoding]
        self.adam = [torch.optim.Adam(p, lr=spec["rate"], eps=1e-7) for p in (self.generator, self.judging)]

    def encode(self, p, start, bias, constant, x, mask):
        B, T, D, h = self.sizes
        first = (start * constant + bias).expand(B, 1, D)
        estimates, final = self.encoder.run(p, torch.cat([first, x], 1), torch.cat([torch.ones(B, 1, D), mask], 1), [torch.zeros(B, h)])
        return estimates[:, :T], final

    def generate(self):
        f, f_states = self.encode(self.forward, self.starts[0], self.starts[1], -128, self.x, self.mask)
        b, b_states = self.encode(self.backward, self.starts[2], self.starts[3], 128, self.x.flip(1), self.mask.flip(1))
        imputation = (f + b.flip(1)) / 2
        return imputation, self.mask * self.x + (1 - self.mask) * imputation, torch.cat([f_states, b_states], 1)

    def logits(self, complete):
        B = self.sizes[0]
        return self.judge.run(self.judging, complete, torch.ones_like(complete), [torch.zeros(B, h) for h in self.judge.units])[0]

    def decode(self, h):
        B, T, D, _ = self.sizes
        first = (self.starts[0] * -128 + self.starts[1]).expand(B, 1, D)
        rest = torch.zeros(B, T - 1, D)
        return self.decoder.run(self.decoding, torch.cat([first, rest], 1), torch.cat([torch.ones(B, 1, D), rest], 1), [h])[0]

    def update(self, parameters, adam, loss):
        adam.zero_grad(set_to_none=True)
        gradients = torch.autograd.grad(loss, parameters)
        for p, g in zip(parameters, gradients):
            p.grad = g
        torch.nn.utils.clip_grad_norm_(parameters, self.spec["clip"])
        adam.step()

    def squared(self, estimate):
        return (self.mask * (self.x - estimate) ** 2).sum() / self.mask.sum().clamp(min=1)

    def step(self):
        with torch.no_grad():
            _, complete, _ = self.generate()
        d = F.binary_cross_entropy_with_logits(self.logits(complete), self.mask)
        self.update(self.judging, self.adam[1], d)
        imputation, complete, states = self.generate()
        h = torch.addmm(self.linear[1], states, self.linear[0])
        missing = 1 - self.mask
        for p in self.judging:
            p.requires_grad_(False)
        terms = [
            self.squared(imputation),
            self.squared(self.decode(h)),
            (missing * F.softplus(-self.logits(complete))).sum() / missing.sum().clamp(min=1),
            ((h - self.targets) ** 2).sum(),
        ]
        self.update(self.generator, self.adam[0], terms[0] + terms[1] + terms[2] + self.spec["lambda"] * terms[3])
        for p in self.judging:
            p.requires_grad_(True)
        return [float(t.detach()) for t in (*terms[:3], d, terms[3])]


if __name__ == "__main__":
    model = Crli(json.loads(sys.stdin.readline()))
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for _ in sys.stdin:
        started, cpu = time.perf_counter(), time.process_time()
        losses = model.step()
        answer = {"ms": 1000 * (time.perf_counter() - started), "cpu": 1000 * (time.process_time() - cpu), "losses": losses}
        print(json.dumps(answer), flush=True)
