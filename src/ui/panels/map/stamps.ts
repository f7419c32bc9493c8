import { groupColour, groupSymbol, type Scheme, SYMBOL_PATHS } from '../../charts/colours';
import { PARTS, type Stamp } from './points';

export interface StampLook {
  scheme: Scheme;
  /** Colour of what lies below, and of the rim that parts points. */
  card: string;
  /** Diameter of a mark, in pixels of the page. */
  diameter: number;
  /** Pixels of the screen for one of the page. */
  ratio: number;
}

const made = new Map<string, Stamp>();
let madeFor = '';

/** The mark of a group, drawn by the browser once for each look. */
export function stampOf(group: number, opacity: number, look: StampLook): Stamp {
  const looks = JSON.stringify(look);
  if (looks !== madeFor) made.clear();
  madeFor = looks;
  const key = `${group} ${opacity}`;
  let stamp = made.get(key);
  if (stamp === undefined) made.set(key, (stamp = makeStamp(group, opacity, look)));
  return stamp;
}

function makeStamp(group: number, opacity: number, { scheme, card: rim, diameter, ratio }: StampLook): Stamp {
  const radius = (diameter / 2) * ratio;
  const middle = Math.ceil(1.3 * radius) + 1;
  const size = 2 * middle + 1;
  const context = sheet(size * PARTS, size * PARTS);
  const outline = new Path2D(SYMBOL_PATHS[groupSymbol(group)]);
  context.globalAlpha = opacity;
  context.fillStyle = groupColour(group, scheme);
  context.strokeStyle = rim;
  context.lineWidth = (0.5 * ratio) / radius;
  for (let part = 0; part < PARTS * PARTS; part++) {
    const [across, down] = [part % PARTS, Math.floor(part / PARTS)];
    context.setTransform(radius, 0, 0, radius, across * size + middle + (across + 0.5) / PARTS, down * size + middle + (down + 0.5) / PARTS);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, no array
    context.fill(outline);
    if (diameter > 4) context.stroke(outline);
  }
  const images = Array.from({ length: PARTS * PARTS }, (_, part) => context.getImageData((part % PARTS) * size, Math.floor(part / PARTS) * size, size, size).data);
  return { size, middle, images };
}

let card: { colour: string; channels: Uint8ClampedArray } = { colour: '', channels: Uint8ClampedArray.of() };

/** Red, green and blue of the colour below the marks, in whatever form a style has it. */
export function channels(colour: string): Uint8ClampedArray {
  if (card.colour !== colour) card = { colour, channels: channelsOf(colour) };
  return card.channels;
}

function channelsOf(colour: string): Uint8ClampedArray {
  const context = sheet(1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data;
}

function sheet(width: number, height: number): CanvasRenderingContext2D {
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no canvas to draw on.');
  return context;
}
