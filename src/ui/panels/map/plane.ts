/** What of the plane is seen. */
export interface Ranges {
  x: [number, number];
  y: [number, number];
}

/** Free pixels around the drawing. */
const MARGIN = 4;

/** Leads from the map to pixels of the chart and back. */
export interface Plane {
  left(x: number): number;
  top(y: number): number;
  x(left: number): number;
  y(top: number): number;
}

export function planeOf(ranges: Ranges, { width, height }: { width: number; height: number }): Plane {
  const { width: across, height: down } = innerSize({ width, height });
  const perX = across / (ranges.x[1] - ranges.x[0]);
  const perY = down / (ranges.y[1] - ranges.y[0]);
  return {
    left: (x) => MARGIN + (x - ranges.x[0]) * perX,
    top: (y) => MARGIN + (ranges.y[1] - y) * perY,
    x: (left) => ranges.x[0] + (left - MARGIN) / perX,
    y: (top) => ranges.y[1] - (top - MARGIN) / perY,
  };
}

/** The part of a chart that is drawn on. */
export function innerSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
}

/** The ranges `factor` times as wide, around the same middle. */
export function scaledRanges({ x, y }: Ranges, factor: number): Ranges {
  const side = ([low, high]: [number, number]): [number, number] => {
    const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
    return [middle - half, middle + half];
  };
  return { x: side(x), y: side(y) };
}

/** The ranges after the drawing was moved by so much of the plane. */
export function movedRanges({ x, y }: Ranges, right: number, up: number): Ranges {
  return { x: [x[0] - right, x[1] - right], y: [y[0] - up, y[1] - up] };
}

/** The point of `map` [N, 2] nearest to a place in pixels, no farther than `reach`; `counted(i)` says which may be hit. */
export function nearestPoint(map: Float32Array, plane: Plane, left: number, top: number, reach: number, counted: (i: number) => boolean): number | null {
  let found: number | null = null;
  let least = reach;
  for (let i = 0; 2 * i < map.length; i++) {
    const far = Math.hypot(plane.left(map[2 * i]) - left, plane.top(map[2 * i + 1]) - top);
    if (far <= least && counted(i)) [found, least] = [i, far];
  }
  return found;
}
