/**
 * The name under which a result is saved: the data, the method with K, the day, then what it is, so that files of
 * several runs stay apart: `gappy_crli-k3_2026-11-23_assignments.csv`. Only letters and digits of any script, dot
 * and hyphen of the data's name are kept.
 */
export function fileName(file: string, data: string, method: string, clusters: number | string, day: Date): string {
  const base = data
    .replace(/\.[^.]*$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return [base, `${method}-k${clusters}`, date, file].filter((part) => part !== '').join('_');
}
