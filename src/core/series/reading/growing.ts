type Typed = Float64Array | Uint8Array | Int32Array;

/** A typed array that grows by half when full. */
export class Growing<A extends Typed> {
  length = 0;
  #data: A;

  constructor(private readonly make: (length: number) => A) {
    this.#data = make(1024);
  }

  push(value: number): void {
    if (this.length === this.#data.length) {
      const larger = this.make(Math.ceil(this.#data.length * 1.5));
      larger.set(this.#data as never);
      this.#data = larger;
    }
    this.#data[this.length++] = value;
  }

  at(index: number): number {
    return this.#data[index];
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  /** A view of what is filled; valid until the next push. */
  get view(): A {
    return this.#data.subarray(0, this.length) as A;
  }
}

export const growingFloats = (): Growing<Float64Array> => new Growing((n) => new Float64Array(n));
export const growingBytes = (): Growing<Uint8Array> => new Growing((n) => new Uint8Array(n));
export const growingInts = (): Growing<Int32Array> => new Growing((n) => new Int32Array(n));

/** A copy that does not keep the block of text alive from which it was cut. */
export function ownText(text: string): string {
  return text.length < 13 ? text : JSON.parse(JSON.stringify(text));
}
