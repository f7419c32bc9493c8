import type { Metrics } from '../../../engine/protocol';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { koreanReason } from '../shared/engineWords';
import { threeDigits, told } from '../shared/told';
import { type ScoreRow, SPARK } from './figure';
import { strings } from './strings';

/** Scores against the labels, each beside that of one cluster for all, and how they were measured. */
export function LabelScores({ metrics, rows }: { metrics: Metrics; rows: readonly ScoreRow[] }) {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const protocol = useStore((state) => {
    const said = state.run.start?.protocol ?? '';
    return state.view.language === 'ko' ? koreanReason(said) : said;
  });
  return (
    <table className="scores-table">
      <caption>
        {texts.labels} <span className="scores-protocol">{[texts.on(integer(metrics.n)), protocol].filter(Boolean).join(' · ')}</span>
      </caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{texts.score}</th>
          <th scope="col">{texts.value}</th>
          <th scope="col">{texts.course}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, value, floor, spark }) => (
          <tr key={key}>
            <th scope="row" title={texts.names[key]}>
              <abbr title={texts.names[key]}>{texts.short[key]}</abbr>
            </th>
            <td className="scores-value" data-score={key}>
              {told(value, threeDigits)}
            </td>
            <td className="scores-bar">
              <ScoreBar value={value} floor={floor} />
              <span className="scores-floor">{texts.floor(floor === 0 ? '0' : floor.toFixed(3))}</span>
            </td>
            <td className="scores-spark">
              <Spark path={spark} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ScoreBar({ value, floor }: { value: number; floor: number | null }) {
  return (
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-track" width="100" height="6" />
      <rect className="bar-value" width={100 * Math.min(1, Math.max(0, value))} height="6" />
      {floor !== null && floor > 0 && <rect className="bar-floor" x={100 * floor - 0.5} width="1" height="6" />}
    </svg>
  );
}

export function Spark({ path }: { path: string }) {
  return (
    <svg className="spark" width={SPARK.width} height={SPARK.height} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
