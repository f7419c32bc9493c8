/** A number followed by a unit after a space, such as `1,000.3 kWh` or `-5 °C`. */
const SPACED = /^([-+\u2212]?[\d.,]+(?:[ \u00a0\u2009\u202f']\d{3})*(?:[.,]\d+)?)[ \u00a0\u2009\u202f]+([\p{L}°µμ][\p{L}°µμ\d/²³·^%.]{0,11})$/u;
/** The same without the space, for units that are no part of a name such as `12A`. */
const JOINED = /^([-+\u2212]?[\d.,]+)((?:°|℃|℉)[CF]?|[kMGT]?(?:Wh|Hz|Pa|ohm)|[kMGm](?:W|V|A|g|m|l|s|bar)|[µμu](?:g|m|A|V|s)|cm|mm²?|km\/?h?|m\/s|hPa|bar|pp[mb]|mg\/d?[lL]|[µμ]g\/m[3³]|mmHg|bpm|rpm|dB|[원명개도건회초분])$/u;

/** The number and the unit of a trimmed text; null where it is not one with the other. */
export function splitUnit(text: string): { number: string; unit: string } | null {
  if (text.length > 40) return null;
  const m = SPACED.exec(text) ?? JOINED.exec(text);
  return m === null ? null : { number: m[1], unit: m[2] };
}

/** Share of the filled cells of a column that carry its unit. */
const SHARE = 0.5;

/** The unit that most filled cells of each column carry; '' where there is none. */
export function detectUnits(rows: readonly (readonly string[])[], width: number): string[] {
  return Array.from({ length: width }, (_, j) => {
    const counts = new Map<string, number>();
    let filled = 0;
    for (const row of rows) {
      const text = (row[j] ?? '').trim();
      if (text === '') continue;
      filled += 1;
      const unit = splitUnit(text)?.unit;
      if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
    const [unit, count] = usual(counts);
    return count >= Math.max(2, SHARE * filled) ? unit : '';
  });
}

/** One unit for all columns that are steps of one variable: cells in another are refused. */
export function oneUnit(units: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const unit of units) if (unit !== '') counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const [unit] = usual(counts);
  return units.map(() => unit);
}

function usual(counts: ReadonlyMap<string, number>): [unit: string, count: number] {
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0] as [string, number]);
}
