/** A picture in memory: RGBA, row by row, nothing of it transparent. */
export interface Picture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** A mark in several places within a pixel, so that points glide: `size` x `size` RGBA each, the middle of the mark at `middle` plus the part of a pixel. */
export interface Stamp {
  size: number;
  middle: number;
  /** [PARTS * PARTS], by the part down, then across. */
  images: readonly Uint8ClampedArray[];
}

/** Places within a pixel, along each side. */
export const PARTS = 4;

/** Points after which a drawing may pause. */
const SLICE = 2000;

/** Colours the whole picture. */
export function wash({ data }: Picture, [red, green, blue]: Iterable<number>): void {
  new Uint32Array(data.buffer, data.byteOffset, data.length / 4).fill(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
}

/** Puts `stamp` at each of `series` of the map; `at` tells where they lie, in pixels of the picture. Points that are not finite, or outside, are left out. */
export function* stampAll(picture: Picture, stamp: Stamp, series: Uint32Array, at: (series: number) => [number, number]): Generator<void, void, void> {
  for (let p = 0; p < series.length; p++) {
    if (p > 0 && p % SLICE === 0) yield;
    const [x, y] = at(series[p]);
    if (x > -stamp.size && y > -stamp.size && x < picture.width + stamp.size && y < picture.height + stamp.size) press(picture, stamp, x, y);
  }
}

/** One mark with its middle at (`x`, `y`), laid over what is there. */
export function press({ data, width, height }: Picture, { size, middle, images }: Stamp, x: number, y: number): void {
  const [wholeX, wholeY] = [Math.floor(x), Math.floor(y)];
  const image = images[Math.floor((y - wholeY) * PARTS) * PARTS + Math.floor((x - wholeX) * PARTS)];
  const [left, top] = [wholeX - middle, wholeY - middle];
  for (let row = Math.max(0, -top); row < Math.min(size, height - top); row++) {
    for (let column = Math.max(0, -left); column < Math.min(size, width - left); column++) {
      const from = 4 * (row * size + column);
      const cover = image[from + 3];
      if (cover === 0) continue;
      const to = 4 * ((top + row) * width + left + column);
      for (let c = 0; c < 3; c++) data[to + c] += ((image[from + c] - data[to + c]) * cover) / 255;
    }
  }
}
