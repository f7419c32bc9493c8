type Typed = Float64Array | Uint8Array | Int32Array;

const BITS = 16;
const WITHIN = (1 << BITS) - 1;

/** A list of numbers in blocks of 65,536: growing copies nothing and leaves at most one block unused. */
export class Growing<A extends Typed> {
  /** Made smaller, it forgets what was pushed last. */
  length = 0;
  readonly #blocks: A[] = [];

  constructor(private readonly make: (length: number) => A) {}

  push(value: number): void {
    const block = this.length >> BITS;
    if (block === this.#blocks.length) this.#blocks.push(this.make(1 << BITS));
    this.#blocks[block][this.length & WITHIN] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#blocks[index >> BITS][index & WITHIN];
  }

  /** Copies the values `from` to `to` − 1 to `target`, beginning at its place `start`. */
  copy(from: number, to: number, target: A, start: number): void {
    for (let at = from; at < to; ) {
      const end = Math.min(to, ((at >> BITS) + 1) << BITS);
      target.set(this.#blocks[at >> BITS].subarray(at & WITHIN, ((end - 1) & WITHIN) + 1) as never, start + at - from);
      at = end;
    }
  }

  /** All values in one array of their own. */
  all(): A {
    const array = this.make(this.length);
    this.copy(0, this.length, array, 0);
    return array;
  }
}

export const growingFloats = (): Growing<Float64Array> => new Growing((n) => new Float64Array(n));
export const growingBytes = (): Growing<Uint8Array> => new Growing((n) => new Uint8Array(n));
export const growingInts = (): Growing<Int32Array> => new Growing((n) => new Int32Array(n));

/** A copy that does not keep the block of text alive from which it was cut. */
export function ownText(text: string): string {
  return text.length < 13 ? text : JSON.parse(JSON.stringify(text));
}
