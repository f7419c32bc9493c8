import { check } from '../lib/assert';
import type { Warpable } from './warpable';

/** The part of each row of a warping matrix in which the path must stay: kept steps `from[i] <= k < to[i]` of the other series. */
export interface Band {
  from: Int32Array;
  to: Int32Array;
}

/** Throws an InputError unless the half width is a whole number of steps, or Infinity for none. */
export function checkWindow(window: number): void {
  check(window >= 0 && (Number.isInteger(window) || window === Number.POSITIVE_INFINITY), `The warping window is ${window}: choose a whole number of steps, 0 or more.`);
}

/**
 * The Sakoe–Chiba band: step s of the shorter series may meet the steps s − w … s + w + (difference of the lengths) of
 * the longer one, counted with the steps that gaps take out. Where gaps leave no path in the band, w is doubled until
 * there is one.
 *
 * @param window half width (w), steps
 * Source: Sakoe and Chiba (1978), Dynamic programming algorithm optimization for spoken word recognition; corners as in tslearn.
 */
export function sakoeChiba(a: Warpable, b: Warpable, window: number): Band {
  const excess = b.length - a.length;
  for (let w = window; ; w = Math.max(1, 2 * w)) {
    const low = w + Math.max(0, -excess);
    const high = w + Math.max(0, excess);
    const from = new Int32Array(a.n);
    const to = new Int32Array(a.n);
    let first = 0;
    let last = 0;
    for (let i = 0; i < a.n; i++) {
      while (first < b.n && b.places[first] < a.places[i] - low) first++;
      while (last < b.n && b.places[last] <= a.places[i] + high) last++;
      from[i] = first;
      to[i] = last;
    }
    if (passable(from, to, b.n)) return { from, to };
  }
}

/** Whether a path leads from corner to corner: no row is empty and each starts at most one step after the last reach. */
function passable(from: Int32Array, to: Int32Array, n: number): boolean {
  if (from[0] > 0 || to[to.length - 1] < n) return false;
  for (let i = 0; i < from.length; i++) if (from[i] >= to[i] || (i > 0 && from[i] > to[i - 1])) return false;
  return true;
}
