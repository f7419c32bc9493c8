import { Cell } from './cells';
import type { CellReader } from './cells';
import { UniqueNames } from './detect/header';
import { growingBytes, growingFloats, growingInts, ownText } from './growing';
import { cellsExpected, pastLast, quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';
import { checkBudget } from './table';
import { tellSerialDates } from './tellSerialDates';
import type { Table, TableReader } from './table';
import { headerAxis } from './axis';

/** One series a row, one step a column; about `expected` cells. */
export function wideReader(plan: ImportPlan, columns: readonly string[], reader: CellReader, notes: NoteBook, budget: number, expected: number): TableReader {
  const steps = plan.roles.flatMap((role, j) => (role === 'value' ? [j] : []));
  const at = (role: string): number => plan.roles.indexOf(role as never);
  const [idColumn, labelColumn, splitColumn] = [at('id'), at('label'), at('split')];
  const values = growingFloats(Math.min(expected, budget));
  const kinds = growingBytes(Math.min(expected, budget));
  const starts = growingInts();
  const places = growingInts();
  const ids: string[] = [];
  const taken = new UniqueNames();
  const labels: string[] = [];
  const split: string[] = [];
  let longest = plan.header ? steps.length : 0;
  let rejectedRows = 0;
  let rejectedCells = 0;

  function row(cells: readonly string[], line: number): void {
    const begin = values.length;
    let observed = 0;
    let read = 0;
    const push = (column: number): void => {
      const kind = column < cells.length ? reader.read(cells[column], line, column) : Cell.missing;
      const seen = kind === Cell.observed || kind === Cell.repaired;
      values.push(seen ? reader.value : 0);
      kinds.push(kind);
      if (seen) observed += 1;
      read += 1;
    };
    for (const column of steps) {
      if (!plan.header && column >= cells.length) break;
      push(column);
    }
    rejectedCells += extraCells(cells, line, push);
    if (cells.length < columns.length && plan.header) {
      notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. The cells that are not there are taken as empty; check that no cell inside the row is lost.`, { line });
    }
    const id = seriesName(cells, line, observed);
    places.push(observed === 0 ? -1 : ids.length);
    if (observed === 0) {
      rejectedRows += 1;
      rejectedCells += read;
      values.length = begin;
      kinds.length = begin;
      return;
    }
    ids.push(ownText(id));
    starts.push(begin);
    labels.push(ownText((cells[labelColumn] ?? '').trim()));
    split.push(ownText((cells[splitColumn] ?? '').trim()));
    longest = Math.max(longest, read);
    checkBudget(ids.length * longest, budget, () => `${ids.length} or more series × ${longest} steps`, 'Split the file, or leave out columns.');
  }

  /** Cells past the last known column: more steps in a file without a header, else refused. */
  function extraCells(cells: readonly string[], line: number, push: (column: number) => void): number {
    let refused = 0;
    for (let column = plan.roles.length; column < cells.length; column++) {
      if (!plan.header) push(column);
      else if (cells[column].trim() !== '') refused += 1;
    }
    if (refused > 0) {
      notes.add('warning', 'raggedRow', `Line ${line}: ${cellsExpected(cells.length, columns.length)}. ${pastLast(refused)}; check the row for a stray delimiter.`, { line }, 'more');
    }
    return refused;
  }

  function seriesName(cells: readonly string[], line: number, observed: number): string {
    const given = idColumn < 0 ? '' : (cells[idColumn] ?? '').trim();
    const wanted = given === '' ? `series ${ids.length + 1}` : given;
    if (observed === 0) {
      notes.add('warning', 'emptySeries', `Line ${line}: ${quote(wanted)} holds no value and is left out.`, { line });
      return wanted;
    }
    if (given === '' && idColumn >= 0) notes.add('warning', 'emptyId', `Line ${line}: the id is empty; the series is called ${quote(wanted)}.`, { line });
    const name = taken.take(wanted);
    if (name !== wanted) notes.add('warning', 'duplicateId', `Line ${line}: the id ${quote(wanted)} occurs before; this series is called ${quote(name)}.`, { line, column: idColumn, columnName: columns[idColumn] });
    return name;
  }

  function finish(): Table {
    const n = ids.length;
    const t = usedSteps();
    const { grid, cellKinds, to } = t === longest && values.length === n * t ? { grid: values.all(), cellKinds: kinds.all(), to: new Int32Array(n).fill(t) } : padded(n, t);
    const names = Array.from({ length: t }, (_, k) => (k < steps.length ? columns[steps[k]] : ''));
    const time = headerAxis(plan.header ? names : [], t, plan.decimal, plan.dateOrder, plan.serialDates);
    if (time.kind === 'number') tellSerialDates(names, false, '', { column: steps[0], columnName: columns[steps[0]] }, plan, notes);
    return {
      n, t, d: 1, values: grid, kinds: cellKinds, from: new Int32Array(n), to, ids, variables: ['value'],
      time,
      labels: labelColumn < 0 ? null : { name: columns[labelColumn], texts: labels },
      split: splitColumn < 0 ? null : split,
      align: plan.align, rows: { data: n, rejected: rejectedRows }, rejectedCells,
      places: places.all(), columns: Int32Array.from({ length: t }, (_, k) => (k < steps.length ? steps[k] : plan.roles.length + k - steps.length)),
    };
  }

  /** Rows of several lengths, or without their last cells, as a grid. */
  function padded(n: number, t: number): { grid: Float64Array; cellKinds: Uint8Array; to: Int32Array } {
    const grid = new Float64Array(n * t);
    const cellKinds = new Uint8Array(n * t).fill(Cell.outside);
    const to = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const begin = starts.at(i);
      const width = Math.min((i + 1 < n ? starts.at(i + 1) : values.length) - begin, t);
      values.copy(begin, begin + width, grid, i * t);
      kinds.copy(begin, begin + width, cellKinds, i * t);
      to[i] = width;
    }
    return { grid, cellKinds, to };
  }

  /** Without the last columns when they have no name and every row leaves them empty (delimiters at the line ends). */
  function usedSteps(): number {
    let t = longest;
    const nameless = (k: number): boolean => !plan.header || k >= steps.length || columns[steps[k]] === `column ${steps[k] + 1}`;
    while (t > 0 && nameless(t - 1) && columnIsEmpty(t - 1)) t -= 1;
    if (t < longest) notes.add('info', 'emptyColumns', longest - t === 1 ? 'The last column is empty in every row and has no name; it is left out.' : `The last ${longest - t} columns are empty in every row and have no name; they are left out.`);
    return t;
  }

  function columnIsEmpty(k: number): boolean {
    for (let i = 0; i < ids.length; i++) {
      const cell = starts.at(i) + k;
      if (cell < (i + 1 < ids.length ? starts.at(i + 1) : values.length) && kinds.at(cell) !== Cell.missing) return false;
    }
    return true;
  }

  return { row, finish };
}
