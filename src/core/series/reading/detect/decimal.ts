/** The decimal mark that more cells of the sample use. With a comma as delimiter, only quoted cells can hold one. */
export function detectDecimal(rows: readonly (readonly string[])[]): '.' | ',' {
  let dots = 0;
  let commas = 0;
  for (const row of rows) {
    for (const cell of row) {
      const text = cell.trim();
      if (/^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/.test(text)) dots += 1;
      else if (/^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/.test(text)) commas += /^[+-]?\d{1,3},\d{3}$/.test(text) ? 0.5 : 1;
      else if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) commas += 1;
      else if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/.test(text)) dots += 1;
    }
  }
  return commas > dots ? ',' : '.';
}
