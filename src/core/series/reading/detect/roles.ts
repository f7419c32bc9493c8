import type { ColumnRole, Layout } from '../plan';
import type { ColumnProfile } from './columns';
import { filledCount, holdsSplits, holdsTruths, isDated, isEmpty, isEven, isNamed, isNumeric, isText, isUnix } from './columns';
import { sequenceColumns } from './sequence';

export interface Shape {
  layout: Layout;
  roles: ColumnRole[];
}

/**
 * The layout and what each column is for, by name first and by content second.
 *
 * long: an id that repeats and a time; wideByColumn: a first time column that rises, or columns that are all named
 * as things; else wide. A forced layout keeps the roles that fit it.
 */
export function detectShape(profiles: readonly ColumnProfile[], header: boolean, forced?: Layout): Shape {
  const layout = forced ?? detectLayout(profiles, header);
  return { layout, roles: layout === 'long' ? longRoles(profiles) : layout === 'wide' ? wideRoles(profiles, header) : byColumnRoles(profiles) };
}

function detectLayout(profiles: readonly ColumnProfile[], header: boolean): Layout {
  const rows = profiles[0]?.texts.length ?? 0;
  const sequence = header ? sequenceColumns(profiles) : new Set<number>();
  const long = findLong(profiles);
  if (long !== null && (sequence.size === 0 || (isNamed(profiles[long.id], 'id') && long.time.length > 0))) return 'long';
  if (sequence.size > 0) return 'wide';
  if (findStacked(profiles) !== null) return 'long';
  const time = timeColumns(profiles);
  if (time.length > 0 && profiles.some((p) => !time.includes(p.index) && isNumeric(p)) && mostlyDifferent(profiles, time)) return 'wideByColumn';
  if (!header) return profiles.length === 1 ? 'wideByColumn' : 'wide';
  const words = profiles.filter((p) => !isEmpty(p) && !isRowCount(p));
  const namedIdOrLabel = words.some((p) => isNamed(p, 'id') || isNamed(p, 'sureLabel') || isText(p));
  const things = words.length > 0 && words.every((p) => isNumeric(p) && /[\p{L}]/u.test(p.name) && !/^(?:column|unnamed)/i.test(p.name));
  return !namedIdOrLabel && things && rows >= 3 ? 'wideByColumn' : 'wide';
}

interface LongColumns {
  id: number;
  time: number[];
}

/** An id column whose values repeat, with a time column in which they do not, or named so. */
function findLong(profiles: readonly ColumnProfile[]): LongColumns | null {
  const rows = profiles[0]?.texts.length ?? 0;
  if (rows < 2 || profiles.length < 2) return null;
  const times = timeColumns(profiles);
  const candidates = profiles.filter((p) => !times.includes(p.index) && !isEmpty(p) && (isNamed(p, 'id') || (!isDated(p) && (times.length > 0 ? isText(p) || (p.whole && p.index < 3) : (isText(p) || p.whole) && p.index < 3))));
  candidates.sort((a, b) => Number(isNamed(b, 'id')) - Number(isNamed(a, 'id')));
  for (const id of candidates) {
    const named = isNamed(id, 'id');
    if (id.distinct * 2 > rows && !(named && times.length > 0 && id.distinct < rows)) continue;
    if (times.length > 0) {
      if ((named || (id.distinct > 1 && isPanel(id, times, profiles))) && pairsDiffer(profiles, id.index, times) && profiles.some((p) => isNumeric(p) && p.index !== id.index && !times.includes(p.index))) return slowFirst(id, times, profiles);
      continue;
    }
    if (profiles.length > 12) continue;
    const counter = profiles.find((p) => p.index > id.index && p.index < 4 && isNumeric(p) && countsWithin(id, p));
    if (counter !== undefined && profiles.some((p) => isNumeric(p) && p !== id && p !== counter)) return { id: id.index, time: [counter.index] };
    if (named && id.distinct * 3 <= rows) return { id: id.index, time: [] };
  }
  return null;
}

interface StackedColumns extends LongColumns {
  variable: number;
  value: number;
}

/** An id and a time that repeat together, in words what each row measures, and one column of numbers. */
function findStacked(profiles: readonly ColumnProfile[]): StackedColumns | null {
  const rows = profiles[0]?.texts.length ?? 0;
  const time = timeColumns(profiles);
  const others = profiles.filter((p) => !time.includes(p.index) && !isEmpty(p));
  const named = others.find((p) => isNamed(p, 'variable') && isText(p));
  const repeats = (p: ColumnProfile): boolean => p.distinct > 1 && p.distinct * 2 <= rows;
  const words = others.filter((p) => repeats(p) && (isText(p) || isNamed(p, 'id')) && !isNamed(p, 'sureLabel') && !holdsSplits(p));
  const numbers = others.filter((p) => isNumeric(p) && !words.includes(p) && p !== named);
  if (time.length === 0 || numbers.length !== 1 || words.length < 2) return null;
  const variable = named ?? [...words].sort((a, b) => Number(isNamed(a, 'id')) - Number(isNamed(b, 'id')) || a.distinct - b.distinct)[0];
  if (!isText(variable) || !repeats(variable)) return null;
  const kinds = (columns: readonly number[]): number => new Set(profiles[0].texts.map((_, i) => columns.map((j) => profiles[j].texts[i]).join('\u0000'))).size;
  const id = words.filter((p) => p !== variable).sort((a, b) => Number(isNamed(b, 'id')) - Number(isNamed(a, 'id'))).find((p) => kinds([p.index, ...time]) * 1.5 <= rows && kinds([p.index, variable.index, ...time]) >= 0.8 * rows);
  return id === undefined ? null : { id: id.index, time, variable: variable.index, value: numbers[0].index };
}

/** Times that repeat from id to id, or ids that stand in blocks. */
function isPanel(id: ColumnProfile, times: readonly number[], profiles: readonly ColumnProfile[]): boolean {
  const moments = new Set(id.texts.map((_, i) => times.map((t) => profiles[t].texts[i]).join(' ')));
  return moments.size <= 0.7 * id.texts.length || changes(id) < 1.5 * id.distinct;
}

const changes = (p: ColumnProfile): number => p.texts.filter((text, i) => i > 0 && text !== p.texts[i - 1]).length;

/** A day that repeats beside an hour that runs: each day is a series, the hour its time. */
function slowFirst(id: ColumnProfile, times: number[], profiles: readonly ColumnProfile[]): LongColumns {
  const swap = times.length === 1 && isNamed(id, 'time') && changes(id) > 2 * changes(profiles[times[0]]);
  return swap ? { id: times[0], time: [id.index] } : { id: id.index, time: times };
}

/** Dates, or columns named as a time with numbers in them; a date may be followed by a time of day. */
function timeColumns(profiles: readonly ColumnProfile[]): number[] {
  const calendar = calendarColumns(profiles);
  if (calendar.length > 0) return calendar;
  const first = profiles.find((p) => isDated(p) && !isNamed(p, 'label')) ?? profiles.find((p) => isNamed(p, 'time') && (isNumeric(p) || isDated(p))) ?? profiles.find((p) => p.index < 3 && isUnix(p));
  if (first === undefined) return profiles.filter((p) => isNamed(p, 'time') && isText(p) && p.index < 4).slice(0, 1).map((p) => p.index);
  const next = profiles[first.index + 1];
  const clock = next !== undefined && isDated(first) && isDated(next) && next.texts.every((text) => text === '' || /^\d{1,2}[:.시]/.test(text)) && !first.texts.some((text) => /\d[:시]/.test(text));
  return clock ? [first.index, next.index] : [first.index];
}

const CALENDAR = [/^(?:year|yr|yyyy|연도|년도|년)$/i, /^(?:month|mo|mm|월)$/i, /^(?:day|dd|일)$/i, /^(?:hour|hr|hh|시|시간)$/i];

/** Neighbouring columns named year, month and perhaps day and hour. */
function calendarColumns(profiles: readonly ColumnProfile[]): number[] {
  const year = profiles.findIndex((p) => CALENDAR[0].test(p.name.trim()) && isNumeric(p) && p.whole);
  if (year < 0) return [];
  const columns = [year];
  while (columns.length < CALENDAR.length && CALENDAR[columns.length].test(profiles[year + columns.length]?.name.trim() ?? '')) columns.push(year + columns.length);
  return columns.length > 1 ? columns : [];
}

/** A first column that only counts the rows, as tables with an index are written. */
const isRowCount = (p: ColumnProfile): boolean => p.index === 0 && p.whole && p.rising && isNumeric(p) && /^(?:column 1|unnamed.*|index|x)$/i.test(p.name.trim());

function pairsDiffer(profiles: readonly ColumnProfile[], id: number, times: readonly number[]): boolean {
  const rows = profiles[id].texts.length;
  const seen = new Set(profiles[id].texts.map((text, i) => [text, ...times.map((t) => profiles[t].texts[i])].join('\u0000')));
  return seen.size >= 0.8 * rows;
}

/** Numbers go up by one constant step within each run of equal ids, and start again. */
function countsWithin(id: ColumnProfile, p: ColumnProfile): boolean {
  let step = 0;
  let runs = 1;
  let longest = 1;
  let length = 1;
  for (let i = 1; i < id.texts.length; i++) {
    if (id.texts[i] !== id.texts[i - 1]) {
      runs += 1;
      length = 1;
      continue;
    }
    length += 1;
    longest = Math.max(longest, length);
    const d = Number(p.texts[i]) - Number(p.texts[i - 1]);
    if (!(d > 0) || (step !== 0 && Math.abs(d - step) > 1e-9 * Math.max(1, step))) return false;
    step = d;
  }
  return longest >= 3 && runs <= id.texts.length / 2;
}

function mostlyDifferent(profiles: readonly ColumnProfile[], times: readonly number[]): boolean {
  const rows = profiles[times[0]].texts.map((_, i) => times.map((t) => profiles[t].texts[i]).join(' ')).filter((text) => text.trim() !== '');
  return new Set(rows).size >= 0.7 * rows.length;
}

function longRoles(profiles: readonly ColumnProfile[]): ColumnRole[] {
  const long = findLong(profiles);
  const stacked = long === null ? findStacked(profiles) : null;
  const found = long ?? stacked;
  const times = found?.time ?? timeColumns(profiles);
  const id = found?.id ?? profiles.find((p) => isNamed(p, 'id') && !times.includes(p.index))?.index ?? profiles.find((p) => isText(p) && !times.includes(p.index))?.index ?? -1;
  const roles = profiles.map((p): ColumnRole => {
    if (p.index === id) return 'id';
    if (times.includes(p.index)) return 'time';
    if (p.index === stacked?.variable) return 'variable';
    if (isNamed(p, 'split') && (isText(p) || holdsSplits(p))) return 'split';
    if (holdsSplits(p)) return 'split';
    return isNumeric(p) || isEmpty(p) || holdsTruths(p) ? 'value' : 'ignore';
  });
  const free = profiles.filter((p) => roles[p.index] === 'value' || roles[p.index] === 'ignore');
  const fixed = id < 0 ? [] : free.filter((p) => !isEmpty(p) && !isNamed(p, 'sureLabel') && constantWithin(profiles, id, p));
  const classes = fixed.filter((p) => p.distinct > 1 && p.distinct < profiles[id].distinct);
  const numeric = classes.filter((p) => describesSeries(profiles, id, p));
  const label =
    profiles.find((p) => isNamed(p, 'sureLabel') && p.index !== id) ??
    fixed.find((p) => isNamed(p, 'label')) ??
    classes.find((p) => isText(p)) ??
    (numeric.length === 1 && numeric[0].whole && numeric[0].distinct <= MOST_CLASSES ? numeric[0] : undefined);
  for (const p of fixed) if (describesSeries(profiles, id, p) && free.some((other) => isNumeric(other) && !fixed.includes(other))) roles[p.index] = 'ignore';
  if (label !== undefined) roles[label.index] = 'label';
  return roles;
}

const MOST_CLASSES = 20;

/**
 * A number that is there in every row, one and the same within each of at least five series of three rows on average,
 * and not the same in all: an age or an outcome, no variable over time.
 */
function describesSeries(profiles: readonly ColumnProfile[], id: number, p: ColumnProfile): boolean {
  const series = profiles[id].distinct;
  return isNumeric(p) && p.missing === 0 && p.distinct > 1 && series >= 5 && p.texts.length >= 3 * series;
}

function constantWithin(profiles: readonly ColumnProfile[], id: number, p: ColumnProfile): boolean {
  if (id < 0) return false;
  const known = new Map<string, string>();
  let repeats = 0;
  for (let i = 0; i < p.texts.length; i++) {
    const before = known.get(profiles[id].texts[i]);
    if (before !== undefined) repeats += 1;
    if (before !== undefined && before !== p.texts[i]) return false;
    known.set(profiles[id].texts[i], p.texts[i]);
  }
  return repeats > 0;
}

function byColumnRoles(profiles: readonly ColumnProfile[]): ColumnRole[] {
  const found = timeColumns(profiles);
  const alone = profiles.filter((p) => !isEmpty(p)).length === 1;
  const times = found.length > 0 && !alone ? found : profiles.filter((p) => !alone && (isRowCount(p) || (p.index === 0 && isEven(p) && profiles.filter(isEven).length === 1))).map((p) => p.index);
  return profiles.map((p) => (times.includes(p.index) ? 'time' : isText(p) || (isEmpty(p) && p.name === `column ${p.index + 1}`) || isDated(p) || (isNamed(p, 'id') && p.whole && p.rising) ? 'ignore' : 'value'));
}

function wideRoles(profiles: readonly ColumnProfile[], header: boolean): ColumnRole[] {
  const rows = profiles[0]?.texts.length ?? 0;
  const sequence = header ? sequenceColumns(profiles) : new Set<number>();
  const roles = profiles.map((p): ColumnRole => (sequence.has(p.index) || (sequence.size === 0 && !isText(p) && !isDated(p)) ? 'value' : 'ignore'));
  const free = (p: ColumnProfile): boolean => !sequence.has(p.index) && (roles[p.index] === 'ignore' || roles[p.index] === 'value');
  const take = (p: ColumnProfile | undefined, role: ColumnRole): boolean => {
    if (p === undefined) return false;
    roles[p.index] = role;
    return true;
  };
  take(profiles.find((p) => free(p) && (holdsSplits(p) || (header && isNamed(p, 'split') && isText(p)))), 'split');
  const label = take(header ? (profiles.find((p) => free(p) && isNamed(p, 'sureLabel')) ?? profiles.find((p) => free(p) && isNamed(p, 'label') && few(p, rows))) : undefined, 'label');
  const tells = (p: ColumnProfile): boolean => p.distinct >= 0.9 * filledCount(p);
  const full = (p: ColumnProfile): boolean => filledCount(p) >= 0.9 * rows;
  const named = profiles.filter((p) => free(p) && isNamed(p, 'id'));
  const text = profiles.filter((p) => free(p) && isText(p) && tells(p) && rows > 1);
  const id =
    take(header ? (named.find(tells) ?? named.sort((a, b) => b.distinct - a.distinct)[0]) : undefined, 'id') ||
    take(text.find(full) ?? text[0], 'id') ||
    take(profiles.find((p) => free(p) && isDated(p) && tells(p)), 'id') ||
    take(profiles.find((p) => free(p) && (header ? isRowCount(p) || (p.index === 0 && p.whole && isNumeric(p) && tells(p) && sequence.size > 0) : countsSeries(p, profiles))), 'id');
  if (!label) {
    const word = profiles.filter((p) => free(p) && isText(p) && p.distinct > 1 && p.distinct < filledCount(p) && few(p, rows)).sort((a, b) => a.distinct - b.distinct)[0];
    if (!take(word, 'label') && !header) take(numericLabel(profiles, roles, rows, id), 'label');
  }
  return roles;
}

/** In files without a header: a first column of different rising whole numbers beside columns that are not whole. */
function countsSeries(p: ColumnProfile, profiles: readonly ColumnProfile[]): boolean {
  const others = profiles.filter((other) => other !== p && isNumeric(other));
  return p.index === 0 && p.whole && p.rising && isNumeric(p) && p.missing === 0 && p.numeric >= 4 && others.length >= 3 && others.filter((other) => other.whole).length < 0.2 * others.length;
}

const few = (p: ColumnProfile, rows: number): boolean => p.distinct <= Math.max(2, Math.min(rows, filledCount(p)) / 2) && p.distinct <= 100;

/**
 * In files without a header: whole numbers, few and repeated, in the first column (as in the UCR archive) or else
 * the last, that do not just look like all the other columns.
 */
function numericLabel(profiles: readonly ColumnProfile[], roles: readonly ColumnRole[], rows: number, hasId: boolean): ColumnProfile | undefined {
  const values = profiles.filter((p) => roles[p.index] === 'value' && !isEmpty(p));
  if (values.length < 4 || rows < 4) return undefined;
  const candidates = hasId ? [values[0], values[values.length - 1]] : [values[0], values[values.length - 1]];
  return candidates.find((p) => {
    if (!p.whole || p.missing > 0 || p.distinct < 2 || !few(p, rows)) return false;
    const others = values.filter((other) => other !== p && other !== candidates[0] && other !== candidates[1]);
    const own = new Set(p.texts);
    const alike = others.filter((other) => other.whole && [...own].every((text) => other.texts.includes(text))).length;
    return alike < 0.2 * others.length;
  });
}

/** Roles chosen under another layout, as far as they make sense under this one. */
export function fitRoles(roles: readonly ColumnRole[], layout: Layout): ColumnRole[] {
  if (layout === 'long') return [...roles];
  const [wanted, other] = layout === 'wide' ? (['id', 'time'] as const) : (['time', 'id'] as const);
  const lacking = !roles.includes(wanted);
  return roles.map((role, j) => {
    if (role === other) return lacking && roles.indexOf(other) === j ? wanted : 'ignore';
    return role === 'variable' || (layout === 'wideByColumn' && (role === 'label' || role === 'split')) ? 'ignore' : role;
  });
}
