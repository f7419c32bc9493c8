/** The recurrence in WGSL. Invocations share the units out; a barrier stands where a product needs the whole state. */

const activations = `
  fn sigma(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0))); }
  fn safeTanh(a: f32) -> f32 {
    let x = clamp(a, -12.0, 12.0);
    let s = x * x;
    let near = x * (1.0 - s * (0.33333333 - s * (0.13333333 - s * (0.053968254 - s * 0.021869488))));
    return select(1.0 - 2.0 / (exp(2.0 * x) + 1.0), near, abs(x) < 0.3);
  }`;

/** result = gates, cells, states, each row by row; inputs a, recurrent, valid. */
export function forwardCode(units: number, invocations: number): string {
  return `
  ${activations}
  var<workgroup> h: array<f32, ${2 * units}>;
  var<workgroup> c: array<f32, ${units}>;
  fn main() {
    let H = uniforms.units; let S = uniforms.steps;
    let b = i32(workgroupId.x);
    for (var j = i32(localIndex); j < H; j += ${invocations}) { h[j] = 0.0; c[j] = 0.0; }
    workgroupBarrier();
    for (var t = 0; t < S; t++) {
      let row = b * S + t;
      let now = (t % 2) * H; let next = H - now;
      let real = valid[row] != 0.0;
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        var sums = vec4<f32>(a[row * 4 * H + j], a[row * 4 * H + H + j], a[row * 4 * H + 2 * H + j], a[row * 4 * H + 3 * H + j]);
        for (var k = 0; k < H; k++) {
          let at = k * 4 * H + j;
          sums += h[now + k] * vec4<f32>(recurrent[at], recurrent[at + H], recurrent[at + 2 * H], recurrent[at + 3 * H]);
        }
        let i = sigma(sums.x); let f = sigma(sums.y); let o = sigma(sums.z); let g = safeTanh(sums.w);
        let cell = select(c[j], f * c[j] + i * g, real);
        let state = select(h[now + j], o * safeTanh(cell), real);
        c[j] = cell;
        h[next + j] = state;
        let at = row * 4 * H + j;
        result[at] = i; result[at + H] = f; result[at + 2 * H] = o; result[at + 3 * H] = g;
        result[uniforms.cells + row * H + j] = cell;
        result[uniforms.states + row * H + j] = state;
      }
      workgroupBarrier();
    }
  }`;
}

/** result = gradient for a; inputs recurrent, valid, tape, gradStates. */
export function backwardCode(units: number, invocations: number): string {
  return `
  ${activations}
  var<workgroup> da: array<f32, ${4 * units}>;
  var<workgroup> gh: array<f32, ${units}>;
  var<workgroup> gc: array<f32, ${units}>;
  fn main() {
    let H = uniforms.units; let S = uniforms.steps;
    let b = i32(workgroupId.x);
    for (var j = i32(localIndex); j < H; j += ${invocations}) { gh[j] = 0.0; gc[j] = 0.0; }
    workgroupBarrier();
    for (var t = S - 1; t >= 0; t--) {
      let row = b * S + t;
      let real = valid[row] != 0.0;
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        let at = row * 4 * H + j;
        let i = tape[at]; let f = tape[at + H]; let o = tape[at + 2 * H]; let g = tape[at + 3 * H];
        let slope = gh[j] + gradStates[row * H + j];
        let squashed = safeTanh(tape[uniforms.cells + row * H + j]);
        var before = 0.0;
        if (t > 0) { before = tape[uniforms.cells + (row - 1) * H + j]; }
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
      for (var j = i32(localIndex); j < H; j += ${invocations}) {
        var sum = gh[j];
        for (var n = 0; n < 4 * H; n++) { sum += da[n] * recurrent[j * 4 * H + n]; }
        gh[j] = sum;
      }
      workgroupBarrier();
    }
  }`;
}
