import { indexAxis } from './axis';
import { Cell } from './cells';
import type { CellReader } from './cells';
import { spacing } from './clock';
import type { StepClock } from './clock';
import { ImportError } from './importError';
import { growingBytes, growingFloats, growingInts, ownText } from './growing';
import { cellsExpected, pastLast, quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';
import { checkBudget, observed } from './table';
import type { Table, TableReader } from './table';
import type { TimeAxis } from '../SeriesSet';

/** Names of variables in a stacked file at most: a column with more names something else. */
const MOST_VARIABLES = 500;

/**
 * One time step a row: an id, a time, D variables. Stacked, where a column names the variable: an id, a time, and one
 * variable a row. `align` null: decided from the data.
 */
export function longReader(plan: ImportPlan, align: 'time' | 'position' | null, columns: readonly string[], reader: CellReader, clock: StepClock, notes: NoteBook, budget: number): TableReader {
  const nameColumn = plan.roles.indexOf('variable');
  const stacked = nameColumn >= 0;
  const variables = plan.roles.flatMap((role, j) => (role === 'value' ? [j] : [])).slice(0, stacked ? 1 : undefined);
  const times = plan.roles.flatMap((role, j) => (role === 'time' ? [j] : []));
  const at = (role: string): number => plan.roles.indexOf(role as never);
  const [idColumn, labelColumn, splitColumn] = [at('id'), at('label'), at('split')];
  /** Value cells of a row. */
  const m = variables.length;
  const names = new Map<string, number>();
  const rowVariable = growingInts();
  /** Stacked rows without times: how many a variable of a series has had. */
  const counts = new Map<string, number>();
  const indexOf = new Map<string, number>();
  const ids: string[] = [];
  const labels: string[] = [];
  const split: string[] = [];
  const observedRows: number[] = [];
  const rowSeries = growingInts();
  const rowLine = growingInts();
  /** Rows of the file left out at once, counted from its first row of data. */
  const refusedRows = growingInts();
  const rowKey = growingFloats();
  const values = growingFloats();
  const kinds = growingBytes();
  let rejectedRows = 0;
  let rejectedCells = 0;

  function row(cells: readonly string[], line: number): void {
    const timeText = times.map((j) => (cells[j] ?? '').trim()).join(' ').trim();
    const id = idColumn < 0 ? 'series 1' : (cells[idColumn] ?? '').trim();
    const name = stacked ? (cells[nameColumn] ?? '').trim() : '';
    const nameless = stacked && name === '';
    const key = id === '' || nameless ? Number.NaN : times.length > 0 ? clock.key(timeText, line) : stacked ? nextOf(id, name) : rowKey.length;
    if (Number.isNaN(key)) {
      rejectedRows += 1;
      rejectedCells += m;
      refusedRows.push(rowSeries.length + refusedRows.length);
      if (id === '') notes.add('warning', 'emptyId', `Line ${line}, column ${idColumn + 1} ${quote(columns[idColumn])}: the id is empty; the row is left out. Write there to which series it belongs.`, { line, column: idColumn, columnName: columns[idColumn] });
      else if (nameless) notes.add('warning', 'emptyName', `Line ${line}, column ${nameColumn + 1} ${quote(columns[nameColumn])}: the name of the variable is empty; the row is left out. Write there what was measured.`, { line, column: nameColumn, columnName: columns[nameColumn] });
      else notes.add('warning', 'badTime', clock.refusal(timeText, line), { line, column: times[0], columnName: columns[times[0]] });
      return;
    }
    const i = series(id, cells);
    gather(labels, i, labelColumn, cells, line, 'labelVaries');
    gather(split, i, splitColumn, cells, line, 'splitVaries');
    rowSeries.push(i);
    rowLine.push(line);
    rowKey.push(key);
    if (stacked) {
      if (!names.has(name)) names.set(ownText(name), names.size);
      rowVariable.push(names.get(name)!);
      if (names.size > MOST_VARIABLES) throw new ImportError(`Column ${nameColumn + 1} ${quote(columns[nameColumn])} names more than ${MOST_VARIABLES} variables, such as ${quote(name)} in line ${line}. If it names series, give it the role "id".`);
    }
    let any = 0;
    for (const column of variables) {
      const kind = column < cells.length ? reader.read(cells[column], line, column) : Cell.missing;
      values.push(observed(kind) ? reader.value : 0);
      kinds.push(kind);
      if (observed(kind)) any = 1;
    }
    observedRows[i] += any;
    ragged(cells, line);
    checkBudget(values.length, budget, () => `${rowKey.length} or more rows × ${m} variables`, 'Split the file, or leave out variables.');
  }

  function nextOf(id: string, name: string): number {
    const pair = `${id}\u0000${name}`;
    const count = counts.get(pair) ?? 0;
    counts.set(pair, count + 1);
    return count;
  }

  function ragged(cells: readonly string[], line: number): void {
    if (cells.length < columns.length) notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. The cells that are not there are taken as empty.`, { line });
    let refused = 0;
    for (let j = columns.length; j < cells.length; j++) if (cells[j].trim() !== '') refused += 1;
    rejectedCells += refused;
    if (refused > 0) notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. ${pastLast(refused)}.`, { line }, 'more');
  }

  function series(id: string, cells: readonly string[]): number {
    let i = indexOf.get(id);
    if (i === undefined) {
      i = ids.length;
      const own = ownText(id);
      indexOf.set(own, i);
      ids.push(own);
      labels.push(ownText((cells[labelColumn] ?? '').trim()));
      split.push(ownText((cells[splitColumn] ?? '').trim()));
      observedRows.push(0);
    }
    return i;
  }

  /** The first text that a series has in a column that belongs to the whole series. */
  function gather(texts: string[], i: number, column: number, cells: readonly string[], line: number, code: string): void {
    if (column < 0) return;
    const text = (cells[column] ?? '').trim();
    if (text === '' || text === texts[i]) return;
    if (texts[i] === '') texts[i] = ownText(text);
    else notes.add('warning', code, `Line ${line}: ${quote(text)} for ${quote(ids[i])}, which had ${quote(texts[i])} before; the first is kept.`, { line, column, columnName: columns[column] });
  }

  function finish(): Table {
    const rows = rowKey.length;
    const d = stacked ? names.size : m;
    const kept = keepSeries();
    const n = kept.ids.length;
    const rowsOf = new Int32Array(n);
    const keys = new Set<number>();
    for (let r = 0; r < rows; r++) {
      const i = kept.newIndex[rowSeries.at(r)];
      if (i < 0) continue;
      rowsOf[i] += 1;
      if (times.length > 0 && align !== 'position') keys.add(rowKey.at(r));
    }
    const longest = rowsOf.reduce((a, b) => Math.max(a, b), 0);
    const chosen = times.length === 0 ? 'position' : (align ?? (keys.size <= 4 * longest ? 'time' : 'position'));
    if (align === null && times.length > 0 && chosen === 'position') {
      notes.add('warning', 'alignedByPosition', `The series share few times (${keys.size} different ones, at most ${longest} in one series), so each series counts its own steps. Set the alignment to time to lay them on one axis.`);
    }
    const { axis, stepOf } = chosen === 'time' ? byTime(keys) : byPosition(kept.newIndex, rows);
    const t = axis.values.length;
    checkBudget(n * t * d, budget, () => `${n} series × ${t} steps × ${d} variables`, chosen === 'time' ? 'Let each series count its own steps (alignment by position), or split the file.' : 'Split the file.');
    const grid = new Float64Array(n * t * d);
    const cellKinds = new Uint8Array(n * t * d).fill(Cell.outside);
    /** Cells of a series and step that one row holds together. */
    const parts = stacked ? d : 1;
    const filled = new Uint8Array(n * t * parts);
    const to = new Int32Array(n).fill(chosen === 'time' ? t : 0);
    let data = 0;
    const places = new Int32Array(rows + refusedRows.length).fill(-1);
    let refused = 0;
    for (let r = 0; r < rows; r++) {
      while (refused < refusedRows.length && refusedRows.at(refused) === r + refused) refused += 1;
      const i = kept.newIndex[rowSeries.at(r)];
      if (i < 0) {
        rejectedRows += 1;
        rejectedCells += m;
        continue;
      }
      const step = stepOf(r);
      const slot = (i * t + step) * parts + (stacked ? rowVariable.at(r) : 0);
      if (step < 0 || filled[slot] === 1) {
        rejectedRows += 1;
        rejectedCells += m;
        const line = rowLine.at(r);
        notes.add('warning', 'duplicateRow', `Line ${line}: ${quote(kept.ids[i])} has a row at ${clock.textOf(rowKey.at(r))} before; the first is kept and this one left out. Leave one of them in the file, or give them different ids.`, { line });
        continue;
      }
      filled[slot] = 1;
      data += 1;
      places[r + refused] = slot;
      values.copy(r * m, (r + 1) * m, grid, slot * m);
      kinds.copy(r * m, (r + 1) * m, cellKinds, slot * m);
      if (chosen !== 'time') to[i] = Math.max(to[i], step + 1);
    }
    if (chosen === 'time') absentRows(filled, cellKinds, new Int32Array(n).fill(t));
    else if (stacked) absentRows(filled, cellKinds, to);
    return {
      n, t, d, values: grid, kinds: cellKinds, from: new Int32Array(n), to, ids: kept.ids, variables: stacked ? [...names.keys()] : variables.map((j) => columns[j]), time: axis,
      labels: labelColumn < 0 ? null : { name: columns[labelColumn], texts: kept.pick(labels) },
      split: splitColumn < 0 ? null : kept.pick(split),
      align: chosen, rows: { data, rejected: rejectedRows }, rejectedCells,
      places, columns: Int32Array.from(variables), stacked,
    };
  }

  function keepSeries(): { ids: string[]; newIndex: Int32Array; pick: (texts: string[]) => string[] } {
    const newIndex = new Int32Array(ids.length).fill(-1);
    const keep: number[] = [];
    ids.forEach((id, i) => {
      if (observedRows[i] === 0) return notes.add('warning', 'emptySeries', `The series ${quote(id)} holds no value and is left out.`);
      newIndex[i] = keep.length;
      keep.push(i);
    });
    const pick = (texts: string[]): string[] => keep.map((i) => texts[i]);
    return { ids: pick(ids), newIndex, pick };
  }

  function byTime(keys: ReadonlySet<number>): { axis: TimeAxis; stepOf: (row: number) => number } {
    const { axis, stepOf } = clock.axis(times.map((j) => columns[j]).join(' '), keys);
    const told = spacing(axis, clock.format);
    if (told !== null) notes.add(told.even ? 'info' : 'warning', told.even ? 'times' : 'irregularTimes', told.sentence);
    return { axis, stepOf: (r) => stepOf.get(rowKey.at(r)) ?? -1 };
  }

  /** Each series in the order of its own times; a second row with the same time has step −1. */
  function byPosition(newIndex: Int32Array, rows: number): { axis: TimeAxis; stepOf: (row: number) => number } {
    const order = Uint32Array.from({ length: rows }, (_, r) => r).filter((r) => newIndex[rowSeries.at(r)] >= 0).sort((a, b) => rowSeries.at(a) - rowSeries.at(b) || rowKey.at(a) - rowKey.at(b) || a - b);
    const stepOfRow = new Int32Array(rows);
    let step = 0;
    order.forEach((r, k) => {
      const same = k > 0 && rowSeries.at(order[k - 1]) === rowSeries.at(r);
      if (!same) step = 0;
      const again = same && rowKey.at(order[k - 1]) === rowKey.at(r);
      if (again) stepOfRow[r] = stacked ? step - 1 : -1;
      else stepOfRow[r] = step++;
    });
    const t = stepOfRow.reduce((most, k) => Math.max(most, k + 1), 0);
    return { axis: indexAxis(t, times.length > 0 ? `position by ${columns[times[0]]}` : 'step'), stepOf: (r) => stepOfRow[r] };
  }

  /** Rows that the file could hold and does not, in the first `lengths` steps of each series. */
  function absentRows(filled: Uint8Array, cellKinds: Uint8Array, lengths: Int32Array): void {
    const parts = stacked ? names.size : 1;
    const width = filled.length / lengths.length;
    let absent = 0;
    let possible = 0;
    lengths.forEach((length, i) => {
      possible += length * parts;
      for (let k = i * width; k < i * width + length * parts; k++) {
        if (filled[k] === 1) continue;
        absent += 1;
        cellKinds.fill(Cell.missing, k * m, (k + 1) * m);
      }
    });
    const what = stacked ? 'triples of a series, a time and a variable' : 'pairs of a series and a time';
    if (absent > 0) notes.add('info', 'absentRows', `For ${absent} of the ${possible} ${what} the file has no row; ${absent * m === 1 ? 'that cell counts' : `these ${absent * m} cells count`} as missing, or as outside at the ends of a series.`);
  }

  return { row, finish };
}
