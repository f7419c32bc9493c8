export interface Tick {
  at: number;
  text: string;
}

/** The smallest of 1, 2, 5, 10, 20, … times `unit` that parts `span` into at most `most` steps. */
function roundStep(span: number, most: number, unit: number): number {
  const least = Math.max(unit, span / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return power * ([1, 2, 5].find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}

/** The smallest of 1, 2, 5, 10, 20, … that parts `span` into at most `most` steps. */
export const wholeStep = (span: number, most: number): number => roundStep(span, most, 1);

/** A number of an axis: at most five digits, with a true minus. */
export const tickText = (value: number): string => String(Number(value.toPrecision(5))).replaceAll('-', '−');

/** Round numbers from `low` to `high`, at most `most` steps apart; at multiples of `unit` when it is given. */
export function linearTicks(low: number, high: number, most: number, unit = 0): Tick[] {
  const step = roundStep(high - low, most, unit);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, Math.min(count, 100)) }, (_, i) => (first + i) * step).map((at) => ({ at, text: tickText(at) }));
}

/** Ticks of a logarithmic axis from 10^low to 10^high, at the logarithm of what they say: powers of ten, or 1, 2, 5 between them where those are few. */
export function logTicks(low: number, high: number, most: number): Tick[] {
  const powers = linearTicks(low, high, most, 1);
  if (powers.length > 2) return powers.map(({ at }) => ({ at, text: tickText(10 ** at) }));
  const between = linearTicks(Math.floor(low), Math.ceil(high), 100, 1)
    .flatMap(({ at }) => [1, 2, 5].map((digit) => digit * 10 ** at))
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
  const values = between.length > 1 ? between : linearTicks(10 ** low, 10 ** high, most).map(({ at }) => at);
  return values.filter((value) => value > 0).map((value) => ({ at: Math.log10(value), text: tickText(value) }));
}

/** A tick of a time axis: what changes more seldom stands below, where it has changed. */
export interface DateTick extends Tick {
  below: string;
}

const [SECOND, MINUTE, HOUR, DAY] = [1e3, 6e4, 36e5, 864e5];
const STEPS = [1, 2, 5, 15, 30].map((s) => s * SECOND).concat([1, 2, 5, 15, 30].map((m) => m * MINUTE), [1, 2, 3, 6, 12].map((h) => h * HOUR), [1, 2, 7, 14].map((d) => d * DAY));
const MONTHS = [1, 2, 3, 6, 12];

/** Round times (UTC, milliseconds) from `low` to `high`, at most `most` steps apart, in words of `locale`; `dated` false: times of a day. */
export function dateTicks(low: number, high: number, most: number, locale: string, dated = true): DateTick[] {
  const least = (high - low) / Math.max(1, most);
  const step = least < SECOND ? roundStep(high - low, most, 1) : STEPS.find((one) => one >= least);
  const places = step === undefined ? monthStarts(low, high, least) : multiples(low, high, step);
  const months = step === undefined;
  const years = months && least > 366 * DAY;
  const words = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const time = words({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...((step ?? DAY) < MINUTE && { second: '2-digit' }) });
  const day = words({ month: 'short', day: 'numeric' });
  const year = words({ year: 'numeric' });
  const upper = years ? year : months ? words({ month: 'short' }) : (step ?? 0) < DAY ? time : day;
  const lower = years || !dated ? null : months || (step ?? 0) >= DAY ? year : words({ month: 'short', day: 'numeric', year: 'numeric' });
  let before = '';
  return places.map((at) => {
    const now = lower?.format(at) ?? '';
    const below = now === before ? '' : now;
    before = now;
    return { at, text: upper.format(at), below };
  });
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) => (first + i) * step);
}

/** Firsts of months, of every so many months or years that they are at least `least` milliseconds apart. */
function monthStarts(low: number, high: number, least: number): number[] {
  const months = least / (30 * DAY);
  const every = MONTHS.find((one) => one >= months) ?? 12 * roundStep(months / 12, 1, 1);
  const from = new Date(low).getUTCFullYear() * 12 + new Date(low).getUTCMonth();
  const to = new Date(high).getUTCFullYear() * 12 + new Date(high).getUTCMonth();
  return multiples(from, to, every)
    .map((month) => Date.UTC(Math.floor(month / 12), month % 12))
    .filter((at) => at >= low && at <= high);
}
