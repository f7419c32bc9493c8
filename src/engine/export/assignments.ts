import { csvCell } from '../../core/series/csvCell';
import { writeNumber } from '../../core/series/reading/number';

/**
 * assignments.csv: one series a row, `id,cluster,confidence,x,y`. Clusters count from 0; x and y are the place on
 * the map [N, 2] and stay empty without one. Where clusters have names, a last column `name` holds them.
 */
export function assignmentsCsv(ids: readonly string[], assignments: Int32Array, confidence: Float32Array, map: Float32Array | null, names: Readonly<Record<number, string>> = {}): string {
  const named = Object.keys(names).length > 0;
  const rows = ids.map((id, i) => {
    const place = map ? [writeNumber(map[2 * i], '.'), writeNumber(map[2 * i + 1], '.')] : ['', ''];
    return [csvCell(id), String(assignments[i]), writeNumber(confidence[i], '.'), ...place, ...(named ? [csvCell(names[assignments[i]] ?? '')] : [])];
  });
  return [['id', 'cluster', 'confidence', 'x', 'y', ...(named ? ['name'] : [])], ...rows].map((row) => `${row.join(',')}\n`).join('');
}
