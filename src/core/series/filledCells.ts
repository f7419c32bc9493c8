import { csvCell } from './csvCell';
import { writeNumber } from './reading/number';
import type { Filled } from './rewrite';
import type { SeriesSet } from './SeriesSet';

const CELLS_A_PART = 10_000;

/**
 * The filled cells as CSV (`id,time,variable,value`, one row a cell, comma and decimal point), in parts.
 * Cells that were observed are left out, as in the rewritten file.
 */
export function* filledCells(set: SeriesSet, { cells, values }: Filled): Generator<string, void, void> {
  let part = 'id,time,variable,value\n';
  for (let g = 0; g < cells.length; g++) {
    const cell = cells[g];
    if (set.mask[cell] === 1 || !Number.isFinite(values[g])) continue;
    const step = Math.floor(cell / set.d) % set.t;
    const i = Math.floor(cell / (set.t * set.d));
    part += `${csvCell(set.ids[i])},${csvCell(set.time.texts[step])},${csvCell(set.variables[cell % set.d])},${writeNumber(values[g], '.')}\n`;
    if (g % CELLS_A_PART === CELLS_A_PART - 1) {
      yield part;
      part = '';
    }
  }
  yield part;
}
