/**
 * What a run counts as observed, [N, T, D]: `mask` less the cells that the run fills, but for those that were only hidden
 * from training. Differs from `mask` where a rule of the preparation calls an observed cell missing.
 */
export function observedMask(mask: Uint8Array, gaps: Uint32Array, hidden: Uint32Array): Uint8Array {
  const observed = mask.slice();
  for (const cell of gaps) observed[cell] = 0;
  for (const cell of hidden) observed[cell] = 1;
  return observed;
}
