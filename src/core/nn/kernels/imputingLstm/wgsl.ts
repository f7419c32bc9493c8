/** The recurrence in WGSL. Invocations share the units out; a barrier stands where a product needs the whole state. */

const activations = `
  fn sigma(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0))); }
  fn safeTanh(a: f32) -> f32 {
    let x = clamp(a, -12.0, 12.0);
    let s = x * x;
    let near = x * (1.0 - s * (0.33333333 - s * (0.13333333 - s * (0.053968254 - s * 0.021869488))));
    return select(1.0 - 2.0 / (exp(2.0 * x) + 1.0), near, abs(x) < 0.3);
  }`;

/** result = estimates, decayed states, gates, cells, states, each row by row; inputs x, mask, valid, gamma, addend, weights. */
export function forwardCode(inputs: number, units: number, invocations: number): string {
  return `
  ${activations}
  var<workgroup> h: array<f32, ${units}>;
  var<workgroup> faded: array<f32, ${units}>;
  var<workgroup> c: array<f32, ${units}>;
  var<workgroup> u: array<f32, ${inputs}>;
  fn main() {
    let H = uniforms.units; let S = uniforms.steps; let I = uniforms.inputs;
    let b = i32(workgroupId.x);
    for (var j = i32(localIndex); j < H; j += ${invocations}) { h[j] = 0.0; c[j] = 0.0; }
    for (var t = 0; t < S; t++) {
      let row = b * S + t;
      let real = valid[row] != 0.0;
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        faded[j] = gamma[row * H + j] * h[j];
        result[uniforms.decayed + row * H + j] = faded[j];
      }
      workgroupBarrier();
      for (var i = i32(localIndex); i < I; i += ${invocations}) {
        var e = weights[uniforms.headBias + i];
        for (var k = 0; k < H; k++) { e += faded[k] * weights[uniforms.head + k * I + i]; }
        let m = mask[row * I + i];
        result[row * I + i] = e;
        u[i] = m * x[row * I + i] + (1.0 - m) * e;
      }
      workgroupBarrier();
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        let at = row * 4 * H + j;
        var sums = vec4<f32>(addend[at], addend[at + H], addend[at + 2 * H], addend[at + 3 * H]);
        for (var i = 0; i < I; i++) {
          let w = i * 4 * H + j;
          sums += u[i] * vec4<f32>(weights[w], weights[w + H], weights[w + 2 * H], weights[w + 3 * H]);
        }
        for (var k = 0; k < H; k++) {
          let w = uniforms.recurrent + k * 4 * H + j;
          sums += faded[k] * vec4<f32>(weights[w], weights[w + H], weights[w + 2 * H], weights[w + 3 * H]);
        }
        let i = sigma(sums.x); let f = sigma(sums.y); let o = sigma(sums.z); let g = safeTanh(sums.w);
        let cell = select(c[j], f * c[j] + i * g, real);
        let state = select(h[j], o * safeTanh(cell), real);
        c[j] = cell;
        h[j] = state;
        let gate = uniforms.gates + at;
        result[gate] = i; result[gate + H] = f; result[gate + 2 * H] = o; result[gate + 3 * H] = g;
        result[uniforms.cells + row * H + j] = cell;
        result[uniforms.states + row * H + j] = state;
      }
      workgroupBarrier(); // the faded state has been read by all
    }
  }`;
}

/** result = da, de and dγ, each row by row; inputs mask, valid, gamma, weights, tape (the result of the way forward), gradEstimates. */
export function backwardCode(inputs: number, units: number, invocations: number): string {
  return `
  ${activations}
  var<workgroup> da: array<f32, ${4 * units}>;
  var<workgroup> de: array<f32, ${inputs}>;
  var<workgroup> gh: array<f32, ${units}>;
  var<workgroup> gc: array<f32, ${units}>;
  fn main() {
    let H = uniforms.units; let S = uniforms.steps; let I = uniforms.inputs;
    let b = i32(workgroupId.x);
    for (var j = i32(localIndex); j < H; j += ${invocations}) { gh[j] = 0.0; gc[j] = 0.0; }
    for (var t = S - 1; t >= 0; t--) {
      let row = b * S + t;
      let real = valid[row] != 0.0;
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        let at = row * 4 * H + j;
        let gate = uniforms.gates + at;
        let i = tape[gate]; let f = tape[gate + H]; let o = tape[gate + 2 * H]; let g = tape[gate + 3 * H];
        let squashed = safeTanh(tape[uniforms.cells + row * H + j]);
        var before = 0.0;
        if (t > 0) { before = tape[uniforms.cells + (row - 1) * H + j]; }
        let slope = gh[j];
        let dc = gc[j] + slope * o * (1.0 - squashed * squashed);
        let share = select(0.0, 1.0, real);
        da[j] = share * dc * g * i * (1.0 - i);
        da[H + j] = share * dc * before * f * (1.0 - f);
        da[2 * H + j] = share * slope * squashed * o * (1.0 - o);
        da[3 * H + j] = share * dc * i * (1.0 - g * g);
        gc[j] = select(gc[j], dc * f, real);
        gh[j] = select(slope, 0.0, real);
        result[at] = da[j]; result[at + H] = da[H + j]; result[at + 2 * H] = da[2 * H + j]; result[at + 3 * H] = da[3 * H + j];
      }
      workgroupBarrier();
      for (var i = i32(localIndex); i < I; i += ${invocations}) {
        var du = 0.0;
        for (var n = 0; n < 4 * H; n++) { du += da[n] * weights[i * 4 * H + n]; }
        de[i] = gradEstimates[row * I + i] + (1.0 - mask[row * I + i]) * du;
        result[uniforms.de + row * I + i] = de[i];
      }
      workgroupBarrier();
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        var slope = 0.0;
        for (var n = 0; n < 4 * H; n++) { slope += da[n] * weights[uniforms.recurrent + j * 4 * H + n]; }
        for (var i = 0; i < I; i++) { slope += de[i] * weights[uniforms.head + j * I + i]; }
        var state = 0.0;
        if (t > 0) { state = tape[uniforms.states + (row - 1) * H + j]; }
        result[uniforms.dGamma + row * H + j] = slope * state;
        gh[j] += slope * gamma[row * H + j];
      }
      workgroupBarrier();
    }
  }`;
}
