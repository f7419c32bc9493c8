import { check } from '../lib/assert';
import { columnMean } from './columnMean';
import type { Gapped } from './gapped';
import { linear } from './linear';
import { zero } from './zero';

/** The fillings that a method for complete series may be run on, by name. */
const imputers: Record<string, <A extends Float32Array | Float64Array>(data: Gapped<A>) => A> = { linear, columnMean, zero };

/**
 * The first stage of "impute, then cluster": a copy of the data [N, T, D] without gaps.
 * @throws InputError when there is no such imputer.
 */
export function complete<A extends Float32Array | Float64Array>(data: Gapped<A>, imputer: string): A {
  check(Object.hasOwn(imputers, imputer), `There is no imputer "${imputer}". Imputers: ${Object.keys(imputers).join(', ')}.`);
  return imputers[imputer](data);
}
