/** Powers of ten that a double holds exactly. */
const EXACT = 22;

/**
 * `value` without the decimals that an error of up to `error` leaves unsure: rounded to the least power of ten of at
 * least 2 `error`, so that a short decimal comes back as it was. The value itself where `error` is 0.
 */
export function rounded(value: number, error: number): number {
  if (!(error > 0) || !Number.isFinite(value) || Math.abs(value) > error * Number.MAX_SAFE_INTEGER) return value;
  const decimals = Math.floor(-Math.log10(2 * error));
  if (Math.abs(decimals) > EXACT) return Number(value.toExponential(Math.max(0, decimals + Math.floor(Math.log10(Math.abs(value))))));
  const power = 10 ** Math.abs(decimals);
  return (decimals < 0 ? Math.round(value / power) * power : Math.round(value * power) / power) + 0;
}
