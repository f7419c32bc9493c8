import type { SweepRow } from '../../../core/metrics/sweep';
import { useStrings } from '../../store/hooks';
import { threeDigits } from '../shared/told';
import { CHART, COLUMNS, type ColumnKey, miniChart } from './figure';
import { strings } from './strings';

/** Each column over K, small; the best K stands out. */
export function SweepCharts({ rows, best }: { rows: readonly SweepRow[]; best: Record<ColumnKey, number | null> }) {
  const texts = useStrings(strings);
  return (
    <div className="sweep-charts">
      {COLUMNS.map(({ key }) => {
        const chart = miniChart(rows, key);
        if (chart === null) return null;
        return (
          <figure key={key}>
            <figcaption>{texts.columns[key]}</figcaption>
            <div className="sweep-chart">
              <span className="sweep-scale">
                <span>{threeDigits(chart.high)}</span>
                <span>{threeDigits(chart.low)}</span>
              </span>
              <svg viewBox={`0 0 ${CHART.width} ${CHART.height}`} role="img" aria-label={texts.chart(texts.columns[key], best[key] === null ? null : String(best[key]))}>
                <path d={chart.path} />
                {chart.points.map(({ k, x, y }) => (
                  <circle key={k} cx={x} cy={y} r={k === best[key] ? 5 : 2.5} data-best={k === best[key] || undefined}>
                    <title>{`K = ${k}`}</title>
                  </circle>
                ))}
              </svg>
            </div>
            <span className="sweep-ends">
              <span>{rows[0].k}</span>
              {rows.length > 1 && <span>{rows[rows.length - 1].k}</span>}
            </span>
          </figure>
        );
      })}
    </div>
  );
}
