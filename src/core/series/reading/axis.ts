import type { TimeAxis } from '../SeriesSet';
import type { SerialDates } from './serialDates';
import { detectTimeFormat, isDate, parseTime } from './time';

/** Steps 0 … T−1. */
export function indexAxis(t: number, name = 'step', texts?: readonly string[]): TimeAxis {
  const values = Float64Array.from({ length: t }, (_, k) => k);
  return { kind: 'index', name, values, texts: texts ?? Array.from({ length: t }, (_, k) => String(k)) };
}

/** The axis of a wide file: rising numbers or dates when the header holds them, else the header's texts by position. */
export function headerAxis(names: readonly string[], t: number, decimal: '.' | ',', told?: 'dayFirst' | 'monthFirst', serial?: SerialDates): TimeAxis {
  if (names.length !== t || t === 0) return indexAxis(t);
  const format = detectTimeFormat(names, decimal, false, told, serial);
  if (format === 'text') return indexAxis(t, 'step', [...names]);
  const values = Float64Array.from(names, (name) => parseTime(name, format, decimal));
  for (let k = 0; k < t; k++) if (Number.isNaN(values[k]) || (k > 0 && values[k] <= values[k - 1])) return indexAxis(t, 'step', [...names]);
  return { kind: isDate(format) ? 'date' : 'number', name: 'time', values, texts: [...names] };
}
