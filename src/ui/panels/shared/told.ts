/** A number as `write` puts it; a dash for what is no finite number. */
export function told(value: number | undefined, write: (value: number) => string): string {
  return value !== undefined && Number.isFinite(value) ? write(value) : '–';
}

/** Three digits after the point, and no minus before nothing. */
export function threeDigits(value: number): string {
  return (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3);
}
