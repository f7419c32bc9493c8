import { expect, it } from 'vitest';
import { robustness } from '../../bench/robustness';
import { allowRelaxedSimd } from '../cli/relaxedSimd';

allowRelaxedSimd();

it('F of DTCR: a misleading one harms more beside the classifier than beside the decoder, and both recover (acceptance check 9)', async () => {
  const { summary } = await robustness();
  const ari = summary as Record<'a' | 'b' | 'c' | 'e' | 'f', number>;
  expect(ari.b).toBeLessThan(ari.e);
  expect(ari.c).toBeGreaterThan(ari.b);
  expect(ari.f).toBeGreaterThan(ari.e);
}, 900_000);
