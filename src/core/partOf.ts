import type { TrainingData } from './run';

/** The first `count` series; their gaps too. */
export const firstOf = (data: TrainingData, count: number): TrainingData => partOf(data, Int32Array.from({ length: count }, (_, i) => i));

/** Some of the series, in the order of `members`; their gaps too. */
export function partOf(data: TrainingData, members: Int32Array): TrainingData {
  const width = data.t * data.d;
  const take = <A extends Float32Array | Uint8Array>(from: A, into: A): A => {
    members.forEach((i, at) => into.set(from.subarray(i * width, (i + 1) * width) as never, at * width));
    return into;
  };
  const place = new Int32Array(data.n).fill(-1);
  members.forEach((i, at) => (place[i] = at));
  const gaps = data.gaps.filter((cell) => place[Math.floor(cell / width)] >= 0).map((cell) => place[Math.floor(cell / width)] * width + (cell % width));
  return {
    ...data,
    n: members.length,
    values: take(data.values, new Float32Array(members.length * width)),
    mask: take(data.mask, new Uint8Array(members.length * width)),
    starts: Int32Array.from(members, (i) => data.starts[i]),
    ends: Int32Array.from(members, (i) => data.ends[i]),
    gaps,
  };
}
