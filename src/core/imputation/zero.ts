import { filled, type Gapped } from './gapped';

/** Fills every gap with 0, the mean of standardised data. @returns a filled copy [N, T, D] */
export function zero<A extends Float32Array | Float64Array>(data: Gapped<A>): A {
  return filled(data, () => 0);
}
