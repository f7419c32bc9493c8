import { quote } from './notes';
import type { NoteBook } from './notes';
import { dayOrMonthFirst, detectTimeFormat, parseTime } from './time';
import type { SerialDates } from './serialDates';
import type { TimeFormat } from './time';

/** The form of most texts of a time column, then the other forms of dates that its strays are read in. */
export interface DateForms {
  format: TimeFormat;
  others: TimeFormat[];
  /** A text of the usual form whose day and month could be the other way round; null where there is none. */
  unclear: string | null;
}

/** Forms of a whole date, in the order in which they are tried. */
const DATES = ['yearFirst', 'named', 'compact', 'dayFirst', 'monthFirst'] as const;
const DATED = 0.8;

/**
 * The forms of one column of times. A column whose dates have one form gets it, with the others for strays; where no
 * form reads four texts in five but dates in several forms do, the form of most is the usual one. Between day first
 * and month first the strays are decided as a column of dates is: by numbers above 12, else by the order of time;
 * `told`: by the person. `serial`: the person says that numbers are days since then.
 */
export function detectDateForms(texts: readonly string[], decimal: '.' | ',' = '.', told?: 'dayFirst' | 'monthFirst', serial?: SerialDates): DateForms {
  const filled = texts.filter((text) => text.trim() !== '');
  const usual = detectTimeFormat(filled, decimal, true, told, serial);
  const format = usual === 'text' ? formOfMost(filled, decimal, told, serial) : usual;
  if (!isCalendar(format)) return { format, others: [], unclear: null };
  const { others, unclear } = strayForms(filled, format, decimal, told);
  return { format, others: serial && format !== `serial${serial}` ? [...others, `serial${serial}`] : others, unclear };
}

function strayForms(filled: readonly string[], format: TimeFormat, decimal: '.' | ',', told?: 'dayFirst' | 'monthFirst'): Omit<DateForms, 'format'> {
  const unclear = filled.find((text) => hasTwoReadings(text, format)) ?? null;
  const fixed = DATES.filter((form) => form !== format && form !== 'dayFirst' && form !== 'monthFirst');
  if (format === 'dayFirst' || format === 'monthFirst') return { others: [...fixed, otherOrder(format)], unclear };
  const order = told ?? dayOrMonthFirst(filled, decimal, [format, ...fixed]) ?? (decimal === ',' ? 'dayFirst' : 'monthFirst');
  return { others: [...fixed, order, otherOrder(order)], unclear };
}

/** Day and month the other way round. */
export const otherOrder = (form: TimeFormat): 'dayFirst' | 'monthFirst' => (form === 'dayFirst' ? 'monthFirst' : 'dayFirst');

const isCalendar = (format: TimeFormat): boolean => (DATES as readonly TimeFormat[]).includes(format) || format.startsWith('serial');

/** Of dates in several forms, the form that reads most; `text` where too few are dates at all. */
function formOfMost(texts: readonly string[], decimal: '.' | ',', told?: 'dayFirst' | 'monthFirst', serial?: SerialDates): TimeFormat {
  const own: TimeFormat[] = serial ? [`serial${serial}`] : [];
  const read = (form: TimeFormat): number => texts.filter((text) => !Number.isNaN(parseTime(text, form, decimal))).length;
  const dated = texts.filter((text) => [...DATES, ...own].some((form) => !Number.isNaN(parseTime(text, form, decimal)))).length;
  if (texts.length === 0 || dated < DATED * texts.length) return 'text';
  const forms: TimeFormat[] = ['yearFirst', 'named', 'compact', told ?? dayOrMonthFirst(texts, decimal, ['yearFirst', 'named', 'compact']) ?? 'dayFirst', ...own];
  return forms.reduce((best, form) => (read(form) > read(best) ? form : best));
}

/** A date that reads differently with its day and month swapped. */
export function hasTwoReadings(text: string, form: TimeFormat): boolean {
  if (form !== 'dayFirst' && form !== 'monthFirst') return false;
  const swapped = parseTime(text, otherOrder(form));
  return !Number.isNaN(swapped) && swapped !== parseTime(text, form);
}

const formWords: Partial<Record<TimeFormat, string>> = {
  yearFirst: 'year first',
  named: 'month in letters',
  compact: 'without separators, year first',
  dayFirst: 'day before month',
  monthFirst: 'month before day',
  serial1900: 'days since 1900',
  serial1904: 'days since 1904',
};

/** Reads dates that are not in the form of their column, and names each. */
export class StrayDates {
  constructor(
    readonly forms: DateForms,
    readonly notes: NoteBook,
    readonly column: { column: number; columnName: string },
    readonly decimal: '.' | ',' = '.',
  ) {}

  /** The time of a trimmed text in one of the other forms; NaN when it has none of them. */
  read(text: string, line: number): number {
    for (const form of this.forms.others) {
      const time = parseTime(text, form, this.decimal);
      if (Number.isNaN(time)) continue;
      this.#tell(text, line, form, time);
      return time;
    }
    return Number.NaN;
  }

  #tell(text: string, line: number, form: TimeFormat, time: number): void {
    const { format, unclear } = this.forms;
    const { column, columnName } = this.column;
    const day = new Date(time).toISOString().slice(0, 10);
    const doubt = hasTwoReadings(text, form) ? ' Day and month may be the other way round.' : '';
    const others = form === otherOrder(format) && unclear !== null ? ` So those that could be either, such as ${quote(unclear)}, may be wrong: they were read as ${formWords[format]}.` : '';
    const sentence = `Line ${line}, column ${column + 1} ${quote(columnName)}: ${quote(text)} was read as ${day} (${formWords[form]}), while most dates of this column are written ${formWords[format]}.${doubt}${others} Write all dates of the column in one form, best as ${day}.`;
    this.notes.add('warning', 'mixedDates', sentence, { line, column, columnName, text }, form);
  }
}
