import { Cell } from './cells';
import type { CellReader } from './cells';
import { indexAxis } from './axis';
import { spacing } from './clock';
import type { StepClock } from './clock';
import { growingBytes, growingFloats, growingInts } from './growing';
import { cellsExpected, pastLast, quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';
import { checkBudget, observed } from './table';
import type { Table, TableReader } from './table';

/** One series a column, one time step a row. */
export function byColumnReader(plan: ImportPlan, columns: readonly string[], reader: CellReader, clock: StepClock, notes: NoteBook, budget: number): TableReader {
  const series = plan.roles.flatMap((role, j) => (role === 'value' ? [j] : []));
  const times = plan.roles.flatMap((role, j) => (role === 'time' ? [j] : []));
  const values = growingFloats();
  const kinds = growingBytes();
  const keys = growingFloats();
  const seen = new Set<number>();
  const rowOf = growingInts();
  let rejectedRows = 0;
  let rejectedCells = 0;

  function reject(code: string, message: string, line: number): void {
    rejectedRows += 1;
    rowOf.push(-1);
    rejectedCells += series.length;
    notes.add('warning', code, message, { line, column: times[0] ?? null, columnName: columns[times[0]] ?? null });
  }

  function row(cells: readonly string[], line: number): void {
    if (times.length > 0) {
      const text = times.map((j) => (cells[j] ?? '').trim()).join(' ').trim();
      const key = clock.key(text, line);
      if (Number.isNaN(key)) return reject('badTime', clock.refusal(text, line), line);
      if (seen.has(key)) return reject('duplicateTime', `Line ${line}, column ${clock.place}: the time ${quote(text)} occurs before; the first row is kept and this one left out. Mend the time in the file if both rows belong to the data.`, line);
      seen.add(key);
      keys.push(key);
    } else keys.push(keys.length);
    rowOf.push(keys.length - 1);
    for (const column of series) {
      const kind = column < cells.length ? reader.read(cells[column], line, column) : Cell.missing;
      values.push(observed(kind) ? reader.value : 0);
      kinds.push(kind);
    }
    if (cells.length < columns.length) notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. The cells that are not there are taken as empty.`, { line });
    let refused = 0;
    for (let j = columns.length; j < cells.length; j++) if (cells[j].trim() !== '') refused += 1;
    rejectedCells += refused;
    if (refused > 0) notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. ${pastLast(refused)}.`, { line }, 'more');
    checkBudget(values.length, budget, () => `${series.length} series × ${keys.length} or more steps`, 'Split the file, or leave out columns.');
  }

  function finish(): Table {
    const rows = keys.length;
    const width = series.length;
    const { axis, stepOf } = times.length > 0 ? clock.axis(times.map((j) => columns[j]).join(' '), seen) : { axis: indexAxis(rows), stepOf: null };
    if (times.length > 0) tellTimes(axis, rows);
    const t = axis.values.length;
    const grid = new Float64Array(width * t);
    const cellKinds = new Uint8Array(width * t);
    for (let r = 0; r < rows; r++) {
      const step = stepOf === null ? r : stepOf.get(keys.at(r))!;
      for (let i = 0; i < width; i++) {
        grid[i * t + step] = values.at(r * width + i);
        cellKinds[i * t + step] = kinds.at(r * width + i);
      }
    }
    return {
      n: width, t, d: 1, values: grid, kinds: cellKinds, from: new Int32Array(width), to: new Int32Array(width).fill(t),
      ids: series.map((column) => columns[column]), variables: ['value'], time: axis, labels: null, split: null,
      align: plan.align, rows: { data: rows, rejected: rejectedRows }, rejectedCells,
      places: rowOf.all().map((r) => (r < 0 ? -1 : stepOf === null ? r : stepOf.get(keys.at(r))!)), columns: Int32Array.from(series),
    };
  }

  function tellTimes(axis: Table['time'], rows: number): void {
    for (let r = 1; r < rows; r++) {
      if (keys.at(r) < keys.at(r - 1)) {
        notes.add('info', 'unsortedTimes', 'The rows are not in order of time; the steps are.');
        break;
      }
    }
    const told = spacing(axis, clock.format);
    if (told !== null) notes.add(told.even ? 'info' : 'warning', told.even ? 'times' : 'irregularTimes', told.sentence);
  }

  return { row, finish };
}
