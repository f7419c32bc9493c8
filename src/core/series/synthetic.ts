import type { Random } from '../lib/random';
import type { SeriesSet } from './SeriesSet';

/**
 * Cylinder, bell and funnel: three shapes of a bump with random onset, length and height, in unit noise.
 *
 *   cylinder c(t) = (6 + η)·χ[a,b](t) + ε(t)
 *   bell     b(t) = (6 + η)·χ[a,b](t)·(t − a)/(b − a) + ε(t)
 *   funnel   f(t) = (6 + η)·χ[a,b](t)·(b − t)/(b − a) + ε(t)
 *
 * for t = 1 … T, with η and ε(t) standard normal, a a uniform whole number in [T/8, T/4] and b − a in [T/4, 3T/4].
 * Series i is of class i mod 3. Differs: a and b scale with T; the paper has T = 128.
 * Source: Saito (1994), Local feature extraction and its applications using a library of bases, section 4.
 */
export function cylinderBellFunnel(n: number, random: Random, t = 128): SeriesSet {
  return makeSet('Cylinder, bell, funnel', ['cylinder', 'bell', 'funnel'], n, t, (kind, x) => {
    const a = between(random, t / 8, t / 4);
    const b = a + between(random, t / 4, (3 * t) / 4);
    const height = 6 + random.normal();
    for (let k = 0; k < t; k++) {
      const s = k + 1;
      const inside = s >= a && s <= b ? 1 : 0;
      const shape = [1, (s - a) / (b - a), (b - s) / (b - a)][kind];
      x[k] = height * inside * shape + random.normal();
    }
  });
}

/**
 * Control charts of six kinds, for t = 1 … T (60), mean m = 30, spread s = 2, r(t) uniform in (−3, 3):
 *
 *   normal            m + r s
 *   cyclic            m + r s + a·sin(2πt/T₀),  a, T₀ in [10, 15]
 *   trend up, down    m + r s ± g t,            g in [0.2, 0.5]
 *   shift up, down    m + r s ± k x,            x in [7.5, 20], k = 1 from t₃ on, t₃ in [T/3, 2T/3]
 *
 * Series i is of class i mod 6.
 * Source: Alcock and Manolopoulos (1999), Time-series similarity queries employing a feature-based approach.
 */
export function syntheticControl(n: number, random: Random, t = 60): SeriesSet {
  const names = ['normal', 'cyclic', 'increasing trend', 'decreasing trend', 'upward shift', 'downward shift'];
  return makeSet('Synthetic control', names, n, t, (kind, x) => {
    const a = uniform(random, 10, 15);
    const period = uniform(random, 10, 15);
    const g = uniform(random, 0.2, 0.5);
    const jump = uniform(random, 7.5, 20);
    const onset = uniform(random, t / 3, (2 * t) / 3);
    for (let k = 0; k < t; k++) {
      const s = k + 1;
      const shifted = s >= onset ? jump : 0;
      const pattern = [0, a * Math.sin((2 * Math.PI * s) / period), g * s, -g * s, shifted, -shifted][kind];
      x[k] = 30 + uniform(random, -3, 3) * 2 + pattern;
    }
  });
}

function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** A whole number in [low, high]. */
function between(random: Random, low: number, high: number): number {
  const first = Math.ceil(low);
  return first + random.integer(Math.floor(high) - first + 1);
}

function makeSet(name: string, classes: readonly string[], n: number, t: number, fill: (kind: number, x: Float64Array) => void): SeriesSet {
  const values = new Float64Array(n * t);
  const codes = Int32Array.from({ length: n }, (_, i) => i % classes.length);
  for (let i = 0; i < n; i++) fill(codes[i], values.subarray(i * t, (i + 1) * t));
  return {
    name, n, t, d: 1, values, mask: new Uint8Array(n * t).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t),
    ids: Array.from({ length: n }, (_, i) => `s${String(i + 1).padStart(String(n).length, '0')}`),
    variables: ['value'],
    time: { kind: 'index', name: 'step', values: Float64Array.from({ length: t }, (_, k) => k), texts: Array.from({ length: t }, (_, k) => `t${k}`) },
    labels: { name: 'label', names: [...classes], codes }, split: null,
  };
}
