/** The part of the plane in view: a centre and half a side of the square that must be seen. */
export interface Frame {
  x: number;
  y: number;
  half: number;
}

/** Free room around the points. */
const ROOM = 1.08;

/** Share of the way that a frame goes towards the points in one step, when it may shrink or drift. */
const EASE = 0.15;

/** The smallest frame around all points of `map` [N, 2]; points that are not finite do not count. */
export function frameOf(map: Float32Array): Frame | null {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < map.length; i += 2) {
    if (!Number.isFinite(map[i]) || !Number.isFinite(map[i + 1])) continue;
    left = Math.min(left, map[i]);
    right = Math.max(right, map[i]);
    bottom = Math.min(bottom, map[i + 1]);
    top = Math.max(top, map[i + 1]);
  }
  if (right < left) return null;
  const half = (Math.max(right - left, top - bottom) / 2) * ROOM;
  return { x: (left + right) / 2, y: (bottom + top) / 2, half: half > 0 ? half : 1 };
}

/**
 * The next frame: it grows at once where points would fall out of `before`, and otherwise moves a small part of the
 * way, so that the axes stay put from epoch to epoch.
 */
export function easeFrame(before: Frame | null, target: Frame): Frame {
  if (before === null || target.half < before.half / 6 || target.half > before.half * 6) return target;
  const eased = {
    x: before.x + EASE * (target.x - before.x),
    y: before.y + EASE * (target.y - before.y),
    half: before.half + EASE * (target.half - before.half),
  };
  const inner = (target.half / ROOM) * 1.03;
  const needed = inner + Math.max(Math.abs(target.x - eased.x), Math.abs(target.y - eased.y));
  return { ...eased, half: Math.max(eased.half, needed) };
}

/** Axis ranges that show `frame` in a drawing of `width` x `height` with the same scale on both axes. */
export function frameRanges({ x, y, half }: Frame, width: number, height: number): { x: [number, number]; y: [number, number] } {
  const across = half * Math.max(1, width / height);
  const up = half * Math.max(1, height / width);
  return { x: [x - across, x + across], y: [y - up, y + up] };
}
