import { csvCell } from '../../core/series/csvCell';
import { writeNumber } from '../../core/series/reading/number';

/** latent.csv: one series a row, `id,h0,h1,…`; latents [N, M] as they are. */
export function latentCsv(ids: readonly string[], latents: Float32Array, latentWidth: number): string {
  const header = ['id', ...Array.from({ length: latentWidth }, (_, m) => `h${m}`)];
  const rows = ids.map((id, i) => [csvCell(id), ...Array.from(latents.subarray(i * latentWidth, (i + 1) * latentWidth), (value) => writeNumber(value, '.'))]);
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
