import { Random } from '../../core/lib/random';
import type { SampleId } from '../../engine/protocol';

interface Sample {
  id: SampleId;
  /** A few made-up curves in the manner of the set, for its tile; null where missing. */
  curves: (number | null)[][];
}

const STEPS = 48;

function curve(seed: number, gapRate: number, shape: (u: number, random: Random) => number): (number | null)[] {
  const random = new Random(seed);
  let gap = false;
  return Array.from({ length: STEPS }, (_, t) => {
    gap = random.uniform() < (gap ? 0.62 : gapRate * 0.5);
    const value = shape(t / (STEPS - 1), random);
    return gap ? null : value;
  });
}

const noise = (random: Random, size: number): number => random.normal() * size;
const plateau = (u: number): number => (u > 0.25 && u < 0.75 ? 1 : 0);

export const samples: readonly Sample[] = [
  {
    id: 'cbf20',
    curves: [
      curve(3, 0.2, (u, r) => 6 * plateau(u) + noise(r, 0.7)),
      curve(8, 0.2, (u, r) => 12 * plateau(u) * (u - 0.25) + noise(r, 0.7)),
      curve(5, 0.2, (u, r) => 12 * plateau(u) * (0.75 - u) + noise(r, 0.7)),
    ],
  },
  {
    id: 'syntheticControl40',
    curves: [
      curve(2, 0.4, (u, r) => 2.6 * Math.sin(u * 22) + noise(r, 0.3)),
      curve(4, 0.4, (u, r) => 6 * u - 3 + noise(r, 0.7)),
      curve(6, 0.4, (u, r) => (u > 0.55 ? -2.5 : 2.5) + noise(r, 0.6)),
    ],
  },
  {
    id: 'airQuality',
    curves: [
      curve(11, 0.15, (u, r) => Math.exp(-(((u - 0.35) / 0.1) ** 2)) * 3 + Math.exp(-(((u - 0.8) / 0.12) ** 2)) * 4 + noise(r, 0.16)),
      curve(12, 0.15, (u, r) => 2 + Math.sin(u * 6.3 - 2.2) + noise(r, 0.08)),
      curve(13, 0.15, (u, r) => Math.exp(-(((u - 0.4) / 0.14) ** 2)) * 2 + Math.exp(-(((u - 0.82) / 0.1) ** 2)) * 5 + noise(r, 0.2)),
    ],
  },
  {
    id: 'messy',
    curves: [
      curve(21, 0.5, (u, r) => Math.sin(u * 9) + noise(r, 0.3)),
      curve(22, 0.3, (u, r) => (u > 0.3 && u < 0.36 ? -4 : Math.cos(u * 7) + noise(r, 0.3))),
      curve(23, 0.5, (u, r) => (u < 0.35 ? 0 : Math.sin(u * 5)) + noise(r, 0.2)).map((value, t) => (t < 14 ? null : value)),
    ],
  },
];
