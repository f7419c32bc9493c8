/** What is wrong with a text that should be a number. */
export type NumberProblem = 'notANumber' | 'infinite' | 'tooLarge' | 'tooSmall' | 'otherBase' | 'ambiguousComma' | 'otherDecimal';

/** In words, to follow "… is". */
export const problemWords: Record<NumberProblem, string> = {
  notANumber: 'not a number',
  infinite: 'infinite',
  tooLarge: 'beyond the range of numbers (about 1.8e308)',
  tooSmall: 'too close to zero to be told from it',
  otherBase: 'not written in decimal digits',
  ambiguousComma: 'either a decimal or thousands: write it without the mark, or set the decimal mark',
  otherDecimal: 'written with the other decimal mark',
};

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const PLAIN_COMMA = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const GROUPED_BY_COMMA = /^[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d*)?|,\d{3}\.\d*)$/;
const GROUPED_BY_DOT = /^[+-]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d*)?|\.\d{3},\d*)$/;
const GROUPED_BY_SPACE = /^[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f']\d{3})+(?:[.,]\d*)?$/;
const ONE_GROUP = /^[+-]?\d{1,3}[.,]\d{3}$/;
const CURRENCY_OR_PERCENT = /^([+-]?)\s*\p{Sc}\s*(?=\d)|\s*[%\p{Sc}]$/gu;

/** Characters at most, so that the digits are exact as a whole number, below 2⁵³. */
const SHORT = 15;
const [ZERO, PLUS, MINUS, DOT, COMMA] = ['0', '+', '-', '.', ','].map((one) => one.charCodeAt(0));
const POWERS = Float64Array.from({ length: SHORT + 1 }, (_, power) => Number(`1e${power}`));

/**
 * Reads numbers strictly: decimal digits, one decimal mark, an optional exponent. Nothing is coerced: what is not
 * a number, or would change its value by overflow or underflow, is refused and `problem` says why. Thousands are
 * taken out only where they cannot be a decimal mark (`12,345` is both, so it needs `thousands`), a percent or
 * currency sign and the given unit are dropped without changing the number, and U+2212, brackets and a minus behind
 * the digits make it negative; all of these set `repaired`.
 */
export class NumberReader {
  /** Of the last `read` that returned true. */
  value = 0;
  repaired = false;
  /** Of the last `read` that returned false. */
  problem: NumberProblem = 'notANumber';
  readonly #plain: RegExp;

  constructor(
    readonly decimal: '.' | ',',
    /** The other mark groups thousands. */
    readonly thousands = false,
    /** May stand behind a number. */
    readonly unit = '',
  ) {
    this.#plain = decimal === '.' ? PLAIN : PLAIN_COMMA;
  }

  /** `text` is trimmed and not empty. */
  read(text: string): boolean {
    this.repaired = false;
    if (this.#short(text)) return true;
    if (this.#plain.test(text)) return this.#accept(this.decimal === '.' ? text : text.replace(',', '.'));
    this.repaired = true;
    const straight = undecorated(this.unit !== '' && text.endsWith(this.unit) ? text.slice(0, -this.unit.length).trimEnd() : text);
    if (this.#plain.test(straight)) return this.#accept(straight.replace(',', '.'));
    const grouped = this.decimal === '.' ? GROUPED_BY_COMMA : GROUPED_BY_DOT;
    const oneGroup = this.thousands && ONE_GROUP.test(straight) && !straight.includes(this.decimal);
    if (oneGroup || grouped.test(straight)) return this.#accept(straight.replace(this.decimal === '.' ? /,/g : /\./g, '').replace(',', '.'));
    if (GROUPED_BY_SPACE.test(straight) && !straight.includes(this.decimal === '.' ? ',' : '.')) {
      return this.#accept(straight.replace(/[ \u00a0\u2009\u202f']/g, '').replace(',', '.'));
    }
    return this.#refuse(whyNot(straight));
  }

  /**
   * Short decimals without an exponent, in one pass: their digits as a whole number and the power of ten are both exact
   * in a double, so their quotient is rounded correctly. False for all else, which says nothing of it.
   * Source: Clinger (1990), How to read floating point numbers accurately.
   */
  #short(text: string): boolean {
    const { length } = text;
    if (length > SHORT) return false;
    const mark = this.decimal === '.' ? DOT : COMMA;
    const first = text.charCodeAt(0);
    let at = first === MINUS || first === PLUS ? 1 : 0;
    let whole = 0;
    let digits = 0;
    let decimals = -1;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code >= ZERO && code <= ZERO + 9) {
        whole = 10 * whole + (code - ZERO);
        digits += 1;
        if (decimals >= 0) decimals += 1;
      } else if (code === mark && decimals < 0) decimals = 0;
      else return false;
    }
    if (digits === 0) return false;
    const size = decimals > 0 ? whole / POWERS[decimals] : whole;
    this.value = first === MINUS ? -size : size;
    return true;
  }

  #accept(text: string): boolean {
    const value = Number(text);
    if (!Number.isFinite(value)) return this.#refuse('tooLarge');
    if (value === 0 && /[1-9]/.test(text.replace(/[eE].*$/, ''))) return this.#refuse('tooSmall');
    this.value = value;
    return true;
  }

  #refuse(problem: NumberProblem): boolean {
    this.problem = problem;
    this.repaired = false;
    return false;
  }
}

/** The text with a plain minus in front, as `(5)`, `5-` and U+2212 also mean it, and without a percent or currency sign. */
export function undecorated(text: string): string {
  return text
    .replace('\u2212', '-')
    .replace(/^(\p{Sc}?)\s*\(([^()+-]+)\)$/u, '-$1$2')
    .replace(/^([^+-]*\d)\s?-$/, '-$1')
    .replace(CURRENCY_OR_PERCENT, '$1');
}

function whyNot(text: string): NumberProblem {
  if (/^[+-]?(?:inf|infinity|∞)$/i.test(text)) return 'infinite';
  if (/^[+-]?0[xob][0-9a-f]+$/i.test(text)) return 'otherBase';
  if (ONE_GROUP.test(text)) return 'ambiguousComma';
  if (PLAIN.test(text) || PLAIN_COMMA.test(text)) return 'otherDecimal';
  return 'notANumber';
}

/** The shortest decimal that reads back as the same number, with the file's decimal mark. */
export function writeNumber(value: number, decimal: '.' | ','): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return decimal === ',' ? text.replace('.', ',') : text;
}
