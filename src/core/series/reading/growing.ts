type Typed = Float64Array | Uint8Array | Int32Array;

const BITS = 16;
const WITHIN = (1 << BITS) - 1;

/** An array of which at most this share is unused is given away as it is. */
const SPARE = 1 / 8;

/**
 * A list of numbers that grows without copying: first the room for as many as are expected, then blocks of 65,536. Room
 * that is never written to costs no memory, since systems give pages at the first write.
 */
export class Growing<A extends Typed> {
  /** Made smaller, it forgets what was pushed last. */
  length = 0;
  readonly #first: A;
  readonly #blocks: A[] = [];

  constructor(
    private readonly make: (length: number) => A,
    expected = 0,
  ) {
    this.#first = make(expected);
  }

  push(value: number): void {
    const at = this.length - this.#first.length;
    if (at < 0) this.#first[this.length] = value;
    else {
      const block = at >> BITS;
      if (block === this.#blocks.length) this.#blocks.push(this.make(1 << BITS));
      this.#blocks[block][at & WITHIN] = value;
    }
    this.length += 1;
  }

  at(index: number): number {
    const at = index - this.#first.length;
    return at < 0 ? this.#first[index] : this.#blocks[at >> BITS][at & WITHIN];
  }

  /** Copies the values `from` to `to` − 1 to `target`, beginning at its place `start`. */
  copy(from: number, to: number, target: A, start: number): void {
    const first = this.#first.length;
    if (from < first) target.set(this.#first.subarray(from, Math.min(to, first)) as never, start);
    for (let at = Math.max(from, first) - first; at < to - first; ) {
      const end = Math.min(to - first, ((at >> BITS) + 1) << BITS);
      target.set(this.#blocks[at >> BITS].subarray(at & WITHIN, ((end - 1) & WITHIN) + 1) as never, start + at + first - from);
      at = end;
    }
  }

  /** All values in one array: that of the list itself where as many came as were expected, so push no more; else a copy. */
  all(): A {
    const { length } = this.#first;
    if (this.length <= length && length - this.length <= SPARE * length) return this.#first.subarray(0, this.length) as A;
    const array = this.make(this.length);
    this.copy(0, this.length, array, 0);
    return array;
  }
}

export const growingFloats = (expected = 0): Growing<Float64Array> => new Growing((n) => new Float64Array(n), expected);
export const growingBytes = (expected = 0): Growing<Uint8Array> => new Growing((n) => new Uint8Array(n), expected);
export const growingInts = (): Growing<Int32Array> => new Growing((n) => new Int32Array(n));

/** A copy that does not keep the block of text alive from which it was cut. */
export function ownText(text: string): string {
  return text.length < 13 ? text : JSON.parse(JSON.stringify(text));
}
