/**
 * A seeded generator of random numbers (xoshiro128**, seeded by splitmix32).
 *
 * The same seed gives the same stream on every machine. `state` can be saved and
 * restored, so that a resumed run draws what an undisturbed one would have drawn.
 *
 * Source: Blackman and Vigna (2021), Scrambled linear pseudorandom number generators.
 */
export class Random {
  #s: Uint32Array;
  #spare: number | null = null;

  constructor(seed: number) {
    let x = seed >>> 0;
    this.#s = Uint32Array.from({ length: 4 }, () => {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    });
  }

  /** The whole state: four words, then the spare normal (NaN when there is none). */
  get state(): number[] {
    return [...this.#s, this.#spare ?? Number.NaN];
  }

  set state(state: readonly number[]) {
    this.#s = Uint32Array.from(state.slice(0, 4));
    this.#spare = state[4] === undefined || Number.isNaN(state[4]) ? null : state[4];
  }

  /** A generator of its own, whose stream depends on this one's seed and `label` alone. */
  fork(label: number): Random {
    return new Random((this.#s[0] ^ Math.imul(label + 1, 0x85ebca6b)) >>> 0);
  }

  /** 32 random bits. */
  bits(): number {
    const s = this.#s;
    const m = Math.imul(s[1], 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** Uniform integer in [0, n). */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal, by the polar method. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const f = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = v * f;
      return u * f;
    }
  }

  /** Shuffles `items` in place (Fisher and Yates) and returns it. */
  shuffle<A extends { length: number; [i: number]: unknown }>(items: A): A {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }
}
