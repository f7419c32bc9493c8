/** Root mean square error and mean absolute error, in the unit of the values. */
export interface MaskedError {
  rmse: number;
  mae: number;
}

/**
 * Error of an imputation on chosen cells.
 *
 *     RMSE = √(Σ (x̂ − x)² / n),   MAE = Σ |x̂ − x| / n
 *
 * @param estimate filled values (x̂)
 * @param truth values (x) of the same cells
 * @param cells the flat indices to compare, in both arrays; all when left out
 * @returns both errors; NaN when there is no cell
 */
export function maskedError(estimate: ArrayLike<number>, truth: ArrayLike<number>, cells?: ArrayLike<number>): MaskedError {
  if (estimate.length !== truth.length) throw new Error(`estimate has ${estimate.length} values, truth ${truth.length}`);
  const n = cells?.length ?? truth.length;
  let squares = 0;
  let sizes = 0;
  for (let c = 0; c < n; c++) {
    const at = cells === undefined ? c : cells[c];
    const difference = estimate[at] - truth[at];
    squares += difference * difference;
    sizes += Math.abs(difference);
  }
  return { rmse: Math.sqrt(squares / n), mae: sizes / n };
}
