import { expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { Random } from '../../../lib/random';
import { convolver } from './grid';

allowRelaxedSimd();

it.each(['simd', 'relaxed'] as const)('has the Fourier transform in two dimensions by its definition, and its inverse: %s', (variant) => {
  for (const [size, nodes] of [[8, 8], [16, 7], [32, 13]]) {
    const { forward, inverse, planes } = convolver(size, variant);
    const random = new Random(size);
    const [plane] = planes;
    for (let r = 0; r < nodes; r++) for (let c = 0; c < nodes; c++) [plane.re[r * size + c], plane.im[r * size + c]] = [random.normal(), random.normal()];
    const given = { re: plane.re.slice(), im: plane.im.slice() };
    forward(plane, nodes);
    for (let k = 0; k < size; k++) {
      for (let l = 0; l < size; l++) {
        let [re, im] = [0, 0];
        for (let r = 0; r < nodes; r++) {
          for (let c = 0; c < nodes; c++) {
            const angle = (-2 * Math.PI * (k * r + l * c)) / size;
            const at = r * size + c;
            re += given.re[at] * Math.cos(angle) - given.im[at] * Math.sin(angle);
            im += given.re[at] * Math.sin(angle) + given.im[at] * Math.cos(angle);
          }
        }
        expect(plane.re[k * size + l]).toBeCloseTo(re, 10);
        expect(plane.im[k * size + l]).toBeCloseTo(im, 10);
      }
    }
    inverse(plane, nodes);
    for (let r = 0; r < nodes; r++) {
      for (let c = 0; c < nodes; c++) {
        const at = r * size + c;
        expect(plane.re[at] / size ** 2).toBeCloseTo(given.re[at], 12);
        expect(plane.im[at] / size ** 2).toBeCloseTo(given.im[at], 12);
      }
    }
  }
});
