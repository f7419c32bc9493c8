import { check } from '../../lib/assert';
import type { SeriesSet } from '../SeriesSet';

export interface HiddenCells {
  /** Flat indices, ascending, of the observed cells that were hidden. */
  cells: Uint32Array;
  /** [N, T, D]; the set's mask without them. */
  mask: Uint8Array;
  /** Share of the observed cells that was asked for, and that which was reached. */
  asked: number;
  achieved: number;
}

/**
 * Hides observed cells one by one until `rate` of them are hidden.
 *
 * The last observed cell of a series is never taken, so `achieved` can fall short of `asked`.
 */
export class Hiding {
  readonly mask: Uint8Array;
  readonly observed: number;
  readonly wanted: number;
  readonly #width: number;
  /** Observed cells left in each series. */
  readonly #left: Int32Array;
  readonly #hidden: number[] = [];

  /** @throws InputError unless `rate` lies in [0, 1). */
  constructor(set: SeriesSet, readonly rate: number) {
    check(rate >= 0 && rate < 1, `The share of cells to hide must lie in [0, 1), got ${rate}.`);
    this.mask = set.mask.slice();
    this.#width = set.t * set.d;
    this.#left = new Int32Array(set.n);
    this.observed = 0;
    for (let cell = 0; cell < this.mask.length; cell++) {
      if (this.mask[cell] === 0) continue;
      this.observed += 1;
      this.#left[Math.floor(cell / this.#width)] += 1;
    }
    this.wanted = Math.floor(rate * this.observed + 0.5);
  }

  get done(): boolean {
    return this.#hidden.length >= this.wanted;
  }

  /** How many cells may still be hidden. */
  get missing(): number {
    return this.wanted - this.#hidden.length;
  }

  /** Observed cells left in series i. */
  left(i: number): number {
    return this.#left[i];
  }

  /** Hides the cell, unless it is not observed, the last of its series, or one too many. */
  take(cell: number): void {
    const i = Math.floor(cell / this.#width);
    if (this.done || this.mask[cell] === 0 || this.#left[i] === 1) return;
    this.#left[i] -= 1;
    this.mask[cell] = 0;
    this.#hidden.push(cell);
  }

  result(): HiddenCells {
    return { cells: Uint32Array.from(this.#hidden).sort(), mask: this.mask, asked: this.rate, achieved: this.observed === 0 ? 0 : this.#hidden.length / this.observed };
  }
}

/** The observed cells of a set, flat, ascending. */
export function observedCells(set: SeriesSet): Uint32Array {
  return Uint32Array.from(set.mask.keys()).filter((cell) => set.mask[cell] === 1);
}
