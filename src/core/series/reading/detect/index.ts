import { usualMissingMarks } from '../missing';
import { NoteBook } from '../notes';
import type { Encoding, ImportPlan, ImportPreview } from '../plan';
import { RecordReader } from '../records';
import { detectUnits, oneUnit } from '../units';
import { profileColumns } from './columns';
import { detectMarks } from './decimal';
import { detectDelimiter } from './delimiter';
import { columnNames, detectHeader, detectPreamble } from './header';
import { detectShape, fitRoles } from './roles';

const ROWS = 2000;
const CELLS = 200_000;

/** The plan for a file, from its first text. What `given` states is kept; the rest follows from it. */
export function detectPlan(sample: string, whole: boolean, encoding: Encoding, given: Partial<ImportPlan>): Omit<ImportPreview, 'summary'> & { sampleRows: string[][] } {
  const notes = new NoteBook();
  const delimiter = given.delimiter ?? detectDelimiter(sample, whole);
  const reader = new RecordReader(delimiter);
  const { rows: all } = reader.push(sample, whole, 2 * ROWS);
  if (!whole && all.length === 0) all.push(...new RecordReader(delimiter).push(sample, true, 1).rows);
  const width0 = Math.max(1, ...all.slice(0, ROWS).map((row) => row.length));
  const records = all.slice(0, Math.max(10, Math.min(ROWS, Math.floor(CELLS / width0))));
  const skipRows = given.skipRows ?? detectPreamble(records);
  const table = records.slice(skipRows).filter(isFilled);
  const header = given.header ?? (table.length > 0 && detectHeader(table[0], table.slice(1, 100)));
  const body = header ? table.slice(1) : table;
  const width = header ? table[0].length : Math.max(0, ...table.map((row) => row.length));
  const marks = detectMarks(body.slice(0, 100), delimiter, given.decimal);
  const { decimal } = marks;
  const thousands = given.thousands ?? marks.thousands;
  const missingMarks = given.missingMarks ?? [...usualMissingMarks];
  const { names } = columnNames(header ? table[0] : null, width);
  const own = detectUnits(body.slice(0, 200), width);
  const profiles = profileColumns(body, names, { decimal, thousands, missingMarks, units: own });
  const shape = detectShape(profiles, header, given.layout);
  const roles = given.roles !== undefined && given.roles.length === width ? fitRoles(given.roles, shape.layout) : shape.roles;
  const detected = shape.layout === 'wide' ? oneUnit(own.map((unit, j) => (roles[j] === 'value' ? unit : ''))) : own;
  const units = given.units !== undefined && given.units.length === width ? given.units : detected;
  const plan: ImportPlan = {
    encoding,
    delimiter,
    decimal,
    thousands,
    ...(units.some((unit) => unit !== '') && { units }),
    ...(given.dateOrder !== undefined && { dateOrder: given.dateOrder }),
    ...(given.serialDates !== undefined && { serialDates: given.serialDates }),
    skipRows,
    header,
    layout: shape.layout,
    roles,
    missingMarks,
    sentinels: [...(given.sentinels ?? [])],
    ...(given.minCoverage !== undefined && given.minCoverage > 0 && { minCoverage: given.minCoverage }),
    ...(given.excluded !== undefined && given.excluded.length > 0 && { excluded: given.excluded }),
    ends: given.ends ?? 'gaps',
    align: given.align ?? 'time',
  };
  const shown = Math.max(5, Math.min(200, Math.floor(20_000 / Math.max(width, 1))));
  return { plan, columns: names, rows: body.slice(0, shown), sampleRows: body, notes: notes.list() };
}

export function isFilled(row: readonly string[]): boolean {
  return row.some((cell) => cell.trim() !== '');
}
