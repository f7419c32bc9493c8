/** The costly part of t-SNE on N points in two dimensions: one interface, a plain twin, a fast one, and one for many points. */
export interface TsneKernel {
  /** N. */
  readonly n: number;

  /**
   * Computes the affinities P of points [N, M]: the conditional of each point has the wanted perplexity,
   * p_ij = (p_{j|i} + p_{i|j}) / 2N. The points are finite, of size at most 1. The map stays. Yields the share of the
   * work that is done, every few milliseconds; till the end there are no affinities, so no steps and no divergence.
   */
  setPoints(points: Float64Array, width: number, perplexity: number): Generator<number, void, void>;

  /** P [N, N]: symmetric, zero diagonal, sum 1. */
  affinities(): Float64Array;

  /** The map [N, 2]. */
  map(): Float64Array;

  /** Replaces the map [N, 2]; velocities become 0 and gains 1. */
  setMap(map: ArrayLike<number>): void;

  /**
   * Takes `steps` steps of gradient descent:
   *
   *     g_i = 4 Σ_j (e p_ij − q_ij) (y_i − y_j) / (1 + ‖y_i − y_j‖²)
   *     v ← momentum v − rate gain g,   y ← y + v
   *
   * where a gain grows by 0.2 while v and g point against each other, else shrinks to 0.8 of itself, not below 0.01.
   *
   * @returns the length of the last gradient
   */
  iterate(steps: number, descent: Descent): number;

  /** The gradient of the last step [N, 2]. */
  gradient(): Float64Array;

  /** KL(P ‖ Q) of the map, without exaggeration. */
  klDivergence(): number;
}

export interface Descent {
  /** e, the factor on P. */
  exaggeration: number;
  momentum: number;
  learningRate: number;
}
