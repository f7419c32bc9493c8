import { useMemo } from 'react';
import { methodEntry } from '../../../core/catalog';
import { groupColour } from '../../charts/colours';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import type { EpochRecord } from '../../store/state';
import { sharedStrings } from '../shared/strings';
import { threeDigits, told } from '../shared/told';
import { useClusterName } from '../shared/useClusterName';
import { useScheme } from '../shared/useScheme';
import { silhouettePlot } from './figure';
import { ScoreBar } from './LabelScores';
import { strings } from './strings';

const BOX = { width: 300, height: 120 } as const;

/** How well the clusters are told apart, without labels: silhouette and Davies–Bouldin, with their space and distance. */
export function ValidityScores({ told: { validity, silhouettes }, assignments }: { told: NonNullable<EpochRecord['validity']>; assignments: Int32Array }) {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const method = useStore((state) => state.run.start?.spec.method ?? state.experiment.method);
  const words = useMethodWords();
  const rows = [
    { key: 'silhouette', value: validity.silhouette },
    { key: 'daviesBouldin', value: validity.daviesBouldin },
  ] as const;
  return (
    <>
      <table className="scores-table" data-scores="validity">
        <caption>
          {texts.validity} <span className="scores-protocol">{texts.validityOf(words(method).label, methodEntry(method).trains, integer(validity.n))}</span>
        </caption>
        <tbody>
          {rows.map(({ key, value }) => (
            <tr key={key}>
              <th scope="row">{texts.validityNames[key]}</th>
              <td className="scores-value" data-score={key}>
                {told(value ?? undefined, threeDigits)}
              </td>
              <td className="scores-bar">
                {key === 'silhouette' && value !== null && <ScoreBar value={value} floor={null} />}
                <span className="scores-floor">{texts.validityHints[key]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {validity.silhouette === null && <p className="scores-note">{validity.daviesBouldin === null ? texts.oneCluster : texts.tooMany}</p>}
      {silhouettes !== null && <Silhouettes silhouettes={silhouettes} assignments={assignments} />}
    </>
  );
}

/** One bar a series, by cluster. */
function Silhouettes({ silhouettes, assignments }: { silhouettes: Float32Array; assignments: Int32Array }) {
  const texts = useStrings(strings);
  const shared = useStrings(sharedStrings);
  const { integer } = useFormat();
  const clusterName = useClusterName();
  const scheme = useScheme();
  const plot = useMemo(() => silhouettePlot(silhouettes, assignments, BOX), [silhouettes, assignments]);
  const words = plot.clusters.map(({ cluster, mean }) => `${clusterName(cluster)} ${threeDigits(mean)}`).join(', ');
  return (
    <details className="scores-variables">
      <summary>{texts.perSeries}</summary>
      <svg className="silhouettes" viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" role="img" aria-label={texts.silhouettes(words)}>
        {plot.clusters.map(({ cluster, size, mean, path }) => (
          <path key={cluster} d={path} fill={groupColour(cluster, scheme)}>
            <title>{`${clusterName(cluster)}: ${shared.series(integer(size))}, ${threeDigits(mean)}`}</title>
          </path>
        ))}
        <line className="silhouettes-zero" x1={plot.zero} x2={plot.zero} y1="0" y2={BOX.height} />
        <line className="silhouettes-mean" x1={plot.mean} x2={plot.mean} y1="0" y2={BOX.height} />
      </svg>
      <span className="silhouettes-ends">
        <span>{plot.zero > 0 ? '−1' : '0'}</span>
        {plot.zero > 0 && <span>0</span>}
        <span>1</span>
      </span>
      <p className="field-hint">{texts.silhouetteHint}</p>
    </details>
  );
}
