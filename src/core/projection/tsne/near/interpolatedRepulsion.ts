import { powerOfTwo } from '../../../distances/fourier';
import { convolver, type Convolver, type Plane } from './grid';

/** Interpolation nodes a box and direction. */
const NODES = 3;
/** A box is at most this wide, as long as there are not more than MOST_BOXES in a direction; never fewer than LEAST_BOXES. */
const BOX_WIDTH = 0.5;
const LEAST_BOXES = 20;
const MOST_BOXES = 170;

export interface Repulsion {
  /** Σ_j (y_i − y_j) w_ij², [N, 2], w_ij = 1 / (1 + ‖y_i − y_j‖²). */
  forces: Float64Array;
  /** Z = Σ_{i ≠ j} w_ij. */
  z: number;
}

/**
 * The repulsion of t-SNE by interpolation on a grid: a sum over all pairs in O(N + G log G), G nodes. Each point
 * spreads its charges to the nodes of its box by Lagrange polynomials, the nodes act on one another by a convolution,
 * and each point reads its potentials from the nodes of its box.
 *
 *     Σ_j (y_i − y_j) w_ij² = y_i φ₁ − φ_y,   φ_c(i) = Σ_j c_j w_ij²;   Z = Σ_i Σ_j w_ij − N
 *
 * Source: Linderman, Rachh, Hoskins, Steinerberger and Kluger (2019), Fast interpolation-based t-SNE.
 */
export function createInterpolatedRepulsion(n: number): (y: Float64Array) => Repulsion {
  const forces = new Float64Array(2 * n);
  const weights = new Float64Array(2 * NODES * n);
  const corner = new Int32Array(n);
  let grid: Grid | null = null;

  return (y) => {
    grid = fit(grid, y);
    const { convolution, width, left, top, nodes, squares, first, second } = grid;
    const { size } = convolution;
    for (const part of [first.re, first.im, second.re, second.im]) part.fill(0, 0, nodes * size);

    for (let i = 0; i < n; i++) {
      const column = spread(weights, 2 * NODES * i, (y[2 * i] - left) / width, nodes);
      const row = spread(weights, 2 * NODES * i + NODES, (y[2 * i + 1] - top) / width, nodes);
      corner[i] = row * size + column;
      for (let a = 0; a < NODES; a++) {
        for (let b = 0; b < NODES; b++) {
          const at = corner[i] + a * size + b;
          const w = weights[2 * NODES * i + NODES + a] * weights[2 * NODES * i + b];
          first.re[at] += w;
          first.im[at] += w * y[2 * i];
          second.re[at] += w * y[2 * i + 1];
        }
      }
    }
    convolution.forward(first, nodes);
    convolution.forward(second, nodes);
    combine(first, second, squares, size);
    convolution.inverse(first, nodes);
    convolution.inverse(second, nodes);

    let z = -n;
    for (let i = 0; i < n; i++) {
      let [one, x, y2, share] = [0, 0, 0, 0];
      for (let a = 0; a < NODES; a++) {
        for (let b = 0; b < NODES; b++) {
          const at = corner[i] + a * size + b;
          const w = weights[2 * NODES * i + NODES + a] * weights[2 * NODES * i + b];
          one += w * first.re[at];
          x += w * first.im[at];
          y2 += w * second.re[at];
          share += w * second.im[at];
        }
      }
      forces[2 * i] = y[2 * i] * one - x;
      forces[2 * i + 1] = y[2 * i + 1] * one - y2;
      z += share;
    }
    return { forces, z: Math.max(z, 1e-12) };
  };
}

interface Grid {
  convolution: Convolver;
  /** Width of a box, and where the first box begins. */
  width: number;
  left: number;
  top: number;
  /** Nodes in a direction. */
  nodes: number;
  /** Transforms of w² and of w between nodes, divided by the number of nodes: both real. */
  squares: Plane;
  /** Charges 1 + i x, then potentials φ₁ + i φ_x; charges y, then potentials φ_y + i Σ w. */
  first: Plane;
  second: Plane;
}

/** The same grid while the map lies well in it; else one with some room to grow. */
function fit(grid: Grid | null, y: Float64Array): Grid {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < y.length; at += 2) {
    left = Math.min(left, y[at]);
    right = Math.max(right, y[at]);
    top = Math.min(top, y[at + 1]);
    bottom = Math.max(bottom, y[at + 1]);
  }
  const span = Math.max(right - left, bottom - top, 1e-9);
  if (grid) {
    const side = (grid.nodes / NODES) * grid.width;
    const inside = left >= grid.left && right < grid.left + side && top >= grid.top && bottom < grid.top + side;
    if (inside && span > 0.7 * side) return grid;
  }
  const side = span * 1.1;
  const boxes = Math.max(LEAST_BOXES, Math.min(MOST_BOXES, Math.ceil(side / BOX_WIDTH)));
  const nodes = boxes * NODES;
  const size = powerOfTwo(2 * nodes); // room for a convolution without wrapping round
  const convolution = grid?.convolution.size === size ? grid.convolution : convolver(size);
  const [squares, first, second] = convolution.planes;
  const width = side / boxes;
  return {
    convolution,
    width,
    nodes,
    left: (left + right - side) / 2,
    top: (top + bottom - side) / 2,
    squares: kernels(squares, convolution, nodes, width / NODES),
    first,
    second,
  };
}

/** Fills `plane` with the transforms of w² (re) and w (im): even functions, so both transforms are real. */
function kernels(plane: Plane, convolution: Convolver, nodes: number, spacing: number): Plane {
  const { size } = convolution;
  plane.re.fill(0);
  plane.im.fill(0);
  for (let row = 0; row < nodes; row++) {
    for (let column = 0; column < nodes; column++) {
      const w = 1 / (1 + spacing * spacing * (row * row + column * column));
      for (const r of row === 0 ? [0] : [row, size - row]) {
        for (const c of column === 0 ? [0] : [column, size - column]) {
          plane.re[r * size + c] = w * w;
          plane.im[r * size + c] = w;
        }
      }
    }
  }
  convolution.forward(plane, size);
  const share = 1 / (size * size);
  for (let at = 0; at < size * size; at++) {
    plane.re[at] *= share;
    plane.im[at] *= share;
  }
  return plane;
}

/**
 * first ← (F[1] + i F[x]) F[w²],  second ← F[y] F[w²] + i F[1] F[w].
 * F[1], of a real plane, is the Hermitian part of the first: (A(k) + A*(−k)) / 2.
 */
function combine(first: Plane, second: Plane, kernel: Plane, size: number): void {
  for (let row = 0; row < size; row++) {
    const mirror = ((size - row) & (size - 1)) * size;
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      const opposite = mirror + ((size - column) & (size - 1));
      const oneRe = 0.5 * (first.re[at] + first.re[opposite]);
      const oneIm = 0.5 * (first.im[at] - first.im[opposite]);
      second.re[at] = second.re[at] * kernel.re[at] - oneIm * kernel.im[at];
      second.im[at] = second.im[at] * kernel.re[at] + oneRe * kernel.im[at];
    }
  }
  for (let at = 0; at < size * size; at++) {
    first.re[at] *= kernel.re[at];
    first.im[at] *= kernel.re[at];
  }
}

/** Lagrange weights of a place, in boxes from the grid's edge, on the nodes of its box; returns the first node. */
function spread(weights: Float64Array, at: number, place: number, nodes: number): number {
  const box = Math.max(0, Math.min(nodes / NODES - 1, Math.floor(place)));
  const u = NODES * (place - box) - 0.5; // nodes stand at 0, 1, 2
  weights[at] = 0.5 * (u - 1) * (u - 2);
  weights[at + 1] = -u * (u - 2);
  weights[at + 2] = 0.5 * u * (u - 1);
  return box * NODES;
}
