import type { CanvasPlace } from '../../charts/Canvas';
import { planeOf, type Ranges } from './plane';
import { type Picture, stampAll, wash } from './points';
import { channels, stampOf } from './stamps';

export interface MapView {
  /** [N, 2] */
  map: Float32Array;
  /** [N]; cluster or label of each series, -1 for none. */
  groups: Int32Array;
  hidden: ReadonlySet<number>;
  /** [N], 1 = selected; null when nothing is. */
  selected: Uint8Array | null;
  ranges: Ranges;
}

/** Diameter of a mark in pixels: the more points, the smaller. */
export function markerSize(n: number): number {
  return n <= 300 ? 9 : n <= 1500 ? 7 : n <= 6000 ? 5 : 3;
}

const OPACITY = 0.9;
const FADED = { light: 0.15, dark: 0.22 } as const;

/** The latents in the plane, each in the colour and the shape of its group, those that are selected on top. */
export function* paintMap(context: CanvasRenderingContext2D, { map, groups, hidden, selected, ranges }: MapView, place: CanvasPlace): Generator<void, void, void> {
  const { width, height } = context.canvas;
  const { theme, ratio } = place;
  const picture: Picture = { data: new Uint8ClampedArray(4 * width * height), width, height };
  wash(picture, channels(theme.card));
  const look = { scheme: theme.scheme, card: theme.card, diameter: markerSize(groups.length), ratio };
  const plane = planeOf(ranges, place);
  const at = (i: number): [number, number] => [ratio * plane.left(map[2 * i]), ratio * plane.top(map[2 * i + 1])];
  for (const { group, chosen, series } of layers(groups, hidden, selected)) {
    yield* stampAll(picture, stampOf(group, selected === null ? OPACITY : chosen ? 1 : FADED[theme.scheme], look), series, at);
  }
  context.putImageData(new ImageData(picture.data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
}

export interface Layer {
  group: number;
  chosen: boolean;
  series: Uint32Array;
}

/** The series that are shown, by group, in the order in which they are drawn: first what is not selected. */
export function layers(groups: Int32Array, hidden: ReadonlySet<number>, selected: Uint8Array | null): Layer[] {
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    if (hidden.has(group)) return;
    const key = 2 * group + (selected === null || selected[i] === 0 ? 0 : 1);
    const known = members.get(key);
    if (known === undefined) members.set(key, [i]);
    else known.push(i);
  });
  return [...members]
    .map(([key, series]) => ({ group: key >> 1, chosen: (key & 1) === 1, series: Uint32Array.from(series) }))
    .sort((a, b) => Number(a.chosen) - Number(b.chosen) || a.group - b.group);
}
