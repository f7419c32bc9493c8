"""The PyTorch peers of the `step` bench: CRLI as an eager loop over time, DTCR and DTC on PyTorch's own layers.

Reads one line of JSON (sizes, data, start values), answers with one line, then makes one training step for
each further line and answers with its milliseconds (clock and processor) and losses. An argument names the device.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F


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
        flat, at = tensor(spec["start"]), 0

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


def update(parameters, adam, loss, clip):
    adam.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, clip)
    adam.step()


class Dtcr(torch.nn.Module):
    """nn.GRU for the encoder, dilations as batch; a loop of nn.GRUCell for the decoder, which is fed its own output.

    Its cell applies the reset gate after the recurrent product, so it is another one than ours, of about the same
    arithmetic; it starts from PyTorch's own weights.
    """

    def __init__(self, spec):
        super().__init__()
        B, T, D = self.sizes = spec["B"], spec["T"], spec["D"]
        self.spec = spec
        self.x = tensor(spec["x"]).reshape(B, T, D)
        self.both = torch.cat([self.x, tensor(spec["fakes"]).reshape(B, T, D)])
        self.classes = torch.cat([torch.ones(B, dtype=torch.long), torch.zeros(B, dtype=torch.long)])
        widths = [D, *spec["units"]]
        m = 2 * sum(spec["units"])
        self.targets = tensor(spec["f"]).reshape(B, -1) @ tensor(spec["centres"]).reshape(m, -1).T
        stack = lambda: torch.nn.ModuleList(torch.nn.GRU(i, o, batch_first=True) for i, o in zip(widths, widths[1:]))
        self.forwards, self.backwards = stack(), stack()
        self.cell, self.output = torch.nn.GRUCell(D, m), torch.nn.Linear(m, D)
        self.classifier = torch.nn.Sequential(torch.nn.Linear(m, 128), torch.nn.ReLU(), torch.nn.Linear(128, 2))
        self.kernels = [p for p in self.parameters() if p.dim() > 1]
        self.adam = torch.optim.Adam(self.parameters(), lr=spec["rate"], eps=1e-7, fused=True)

    def direct(self, layers, x):
        last = []
        for layer, d in zip(layers, self.spec["dilations"]):
            rows, T, width = x.shape
            steps = -(-T // d)
            apart = F.pad(x, (0, 0, 0, steps * d - T)).reshape(rows, steps, d, width).transpose(1, 2).reshape(rows * d, steps, width)
            states, _ = layer(apart)
            x = states.reshape(rows, d, steps, -1).transpose(1, 2).reshape(rows, steps * d, -1)[:, :T]
            last.append(x[:, -1])
        return last

    def step(self):
        B, T, _ = self.sizes
        representations = torch.cat([*self.direct(self.forwards, self.both), *self.direct(self.backwards, self.both.flip(1))], 1)
        h = state = representations[:B]
        value, outputs = self.x[:, 0], []
        for _ in range(T):
            state = self.cell(value, state)
            value = self.output(state)
            outputs.append(value)
        terms = [
            F.mse_loss(torch.stack(outputs, 1), self.x),
            F.cross_entropy(self.classifier(representations), self.classes),
            ((h - self.targets) ** 2).sum(),
        ]
        decay = sum((p**2).sum() for p in self.kernels)
        update(self.parameters(), self.adam, terms[0] + terms[1] + self.spec["lambda"] / 2 * terms[2] + 0.5e-4 * decay, self.spec["clip"])
        return [float(t.detach()) for t in terms]


class Dtc(torch.nn.Module):
    """nn.Conv1d, nn.MaxPool1d and bidirectional nn.LSTM, from our start values."""

    def __init__(self, spec):
        super().__init__()
        B, T, D, h = spec["B"], spec["T"], spec["D"], spec["H"]
        self.spec, filters, taps = spec, 50, 10
        self.x = tensor(spec["x"]).reshape(B, T, D).transpose(1, 2).contiguous()
        self.target = tensor(spec["target"]).reshape(B, -1)
        self.convolution, self.deconvolution = torch.nn.Conv1d(D, filters, taps), torch.nn.Conv1d(1, D, taps)
        self.pool = torch.nn.MaxPool1d(spec["pooling"])
        self.first = torch.nn.LSTM(filters, h, batch_first=True, bidirectional=True)
        self.second = torch.nn.LSTM(h, 1, batch_first=True, bidirectional=True)
        flat, at = tensor(spec["start"]), 0

        def take(*shape):
            nonlocal at
            count = 1
            for n in shape:
                count *= n
            at += count
            return flat[at - count : at].reshape(shape)

        def gates(block, units):
            """Columns i, f, o, g to rows i, f, g, o."""
            i, f, o, g = block.reshape(-1, 4 * units).split(units, 1)
            return torch.cat([i, f, g, o], 1).T

        with torch.no_grad():
            self.convolution.weight.copy_(take(taps, D, filters).permute(2, 1, 0))
            self.convolution.bias.copy_(take(filters))
            for lstm, inputs, units in ((self.first, filters, h), (self.second, h, 1)):
                for suffix in ("", "_reverse"):
                    getattr(lstm, f"weight_ih_l0{suffix}").copy_(gates(take(inputs, 4 * units), units))
                    getattr(lstm, f"weight_hh_l0{suffix}").copy_(gates(take(units, 4 * units), units))
                    getattr(lstm, f"bias_ih_l0{suffix}").copy_(gates(take(4 * units), units)[:, 0])
                    getattr(lstm, f"bias_hh_l0{suffix}").zero_()
            self.deconvolution.weight.copy_(take(taps, D).T[:, None])
            self.deconvolution.bias.copy_(take(D))
        self.centroids = torch.nn.Parameter(flat[at:].reshape(self.target.shape[1], -1).clone())
        self.adam = torch.optim.Adam(self.parameters(), lr=spec["rate"], eps=1e-7, fused=True)

    def directions(self, lstm, x):
        """Both directions summed."""
        states, _ = lstm(x)
        return F.leaky_relu(sum(states.chunk(2, 2)), 0.3)

    def step(self):
        pooled = self.pool(F.leaky_relu(self.convolution(F.pad(self.x, (4, 5))), 0.3)).transpose(1, 2)
        z = self.directions(self.second, self.directions(self.first, pooled))[..., 0]
        longer = z.repeat_interleave(self.spec["pooling"], 1)[:, None]
        estimate = self.deconvolution(F.pad(longer, (5, 4)))
        kernel = 1 / (1 + ((z[:, None] - self.centroids) ** 2).sum(2))
        q = kernel / kernel.sum(1, keepdim=True)
        terms = [F.mse_loss(estimate, self.x), (self.target * (self.target.log() - q.log())).sum(1).mean()]
        update(self.parameters(), self.adam, terms[0] + terms[1], self.spec["clip"])
        return [float(t.detach()) for t in terms]


if __name__ == "__main__":
    problem = json.loads(sys.stdin.readline())
    if len(sys.argv) > 1:
        torch.set_default_device(sys.argv[1])
    torch.set_num_threads(problem["threads"])
    model = {"crli": Crli, "dtcr": Dtcr, "dtc": Dtc}[problem["model"]](problem)
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for _ in sys.stdin:
        started, cpu = time.perf_counter(), time.process_time()
        losses = model.step()
        answer = {"ms": 1000 * (time.perf_counter() - started), "cpu": 1000 * (time.process_time() - cpu), "losses": losses}
        print(json.dumps(answer), flush=True)
