import { expect, test } from 'vitest';
import { PARTS, type Picture, press, type Stamp, stampAll, wash } from './points';

const blank = (width = 5, height = 4): Picture => {
  const picture = { data: new Uint8ClampedArray(4 * width * height), width, height };
  wash(picture, [10, 20, 30]);
  return picture;
};
/** One pixel, whose red tells the part of the pixel it was made for. */
const dot = (cover: number): Stamp => ({ size: 1, middle: 0, images: Array.from({ length: PARTS * PARTS }, (_, part) => Uint8ClampedArray.of(part, 200, 100, cover)) });
const pixel = ({ data, width }: Picture, x: number, y: number): number[] => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
const drawn = (points: [number, number][], picture = blank()): Picture => {
  stampAll(picture, dot(255), Uint32Array.from(points.keys()), (i) => points[i]).next();
  return picture;
};

test('a wash covers every pixel', () => {
  expect([pixel(blank(), 0, 0), pixel(blank(), 4, 3)]).toEqual([
    [10, 20, 30, 255],
    [10, 20, 30, 255],
  ]);
});

test('a mark lies in the pixel of its point, made for the place within it', () => {
  const picture = drawn([[2.3, 1.8]]);
  expect(pixel(picture, 2, 1)).toEqual([3 * PARTS + 1, 200, 100, 255]);
  expect(pixel(picture, 1, 1)).toEqual([10, 20, 30, 255]);
});

test('a mark that covers half lets half of what lies below through', () => {
  const picture = blank();
  press(picture, dot(127.5), 0, 0);
  expect(pixel(picture, 0, 0).slice(1)).toEqual([110, 65, 255]);
});

test('marks at the edge are cut, and points outside or not finite change nothing', () => {
  const whole = { ...dot(255), size: 3, middle: 1, images: dot(255).images.map(() => new Uint8ClampedArray(36).fill(255)) };
  const picture = blank();
  press(picture, whole, 4.5, 3.5);
  expect([pixel(picture, 3, 2), pixel(picture, 4, 3), pixel(picture, 2, 2), pixel(picture, 0, 3)].map(([red]) => red)).toEqual([255, 255, 10, 10]);
  expect(drawn([[Number.NaN, 1], [-40, 2], [2, 400]])).toEqual(blank());
});

test('many points are drawn in parts', () => {
  const series = new Uint32Array(5000);
  expect([...stampAll(blank(), dot(255), series, () => [1, 1])].length).toBe(2);
});
