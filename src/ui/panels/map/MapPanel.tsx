import { Lasso as LassoIcon, Move } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { type EpochRecord, shownRecord, type Store } from '../../store/state';
import { Button } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Progress } from '../../widgets/Progress';
import { Segmented } from '../../widgets/Segmented';
import { GroupLegend } from '../shared/GroupLegend';
import { groupSizes, type Groups } from '../shared/groups';
import { MethodLine } from '../shared/MethodLine';
import { useClusterName } from '../shared/useClusterName';
import { useScheme } from '../shared/useScheme';
import { useDerived } from '../shared/watch';
import { MapChart, pickMap } from './MapChart';
import { strings } from './strings';
import { engineOf, mapGroups, mapRecord, TSNE_EXACT_LIMIT, TSNE_JS_LIMIT, TSNE_PAIR_LIMIT, UMAP_LIMIT } from './view';
import './map.css';

interface Told {
  groups: Groups | null;
  sizes: Uint32Array;
  epoch: number | null;
  method: EpochRecord['mapMethod'];
  shownEpoch: number | null;
}
const NOTHING: Told = { groups: null, sizes: new Uint32Array(1), epoch: null, method: null, shownEpoch: null };

function* derive(state: Store): Generator<void, Told, void> {
  const groups = mapGroups(state);
  const record = mapRecord(state);
  if (groups === null || record === null) return NOTHING;
  return { groups, sizes: groupSizes(groups), epoch: record.epoch, method: record.mapMethod, shownEpoch: shownRecord(state)?.epoch ?? null };
}

export function MapPanel() {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const clusterName = useClusterName();
  const scheme = useScheme();
  const actions = useActions();
  const projector = useStore((state) => state.view.projector);
  const colourBy = useStore((state) => state.view.colourBy);
  const set = useStore((state) => state.dataset.set);
  const mapped = useStore(({ run: { mapping } }) => mapping && Math.floor(100 * mapping.ready));
  const selectedCount = useStore((state) => state.selection.series.length);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [drag, setDrag] = useState<'lasso' | 'pan'>('lasso');
  const told = useDerived(pickMap, derive, NOTHING, 200);

  useEscape(actions.clearSelection);

  const near = set !== null && set.n > TSNE_EXACT_LIMIT;
  const manyForUmap = set !== null && set.n > UMAP_LIMIT;
  const mapping = texts.mapping[projector === 'umap' && !manyForUmap ? 'umap' : 'tsne'];
  const tooMany = set !== null && set.n > TSNE_JS_LIMIT;
  const sizes = told.groups === null ? '' : Array.from(told.sizes.slice(1), (size, group) => `${told.groups?.names?.[group] ?? clusterName(group)}: ${size}`).join(', ');
  const notes = [told.method === null || set === null ? '' : texts.engines[engineOf(told.method, set.n)], told.method === null || told.method === 'pca' ? '' : texts.distances, told.epoch === told.shownEpoch || told.epoch === null ? '' : texts.behind(told.epoch)].filter(Boolean);
  return (
    <Panel
      id="map"
      title={texts.title}
      note={<MethodLine epoch={told.epoch} extra={notes.join(' · ')} />}
      actions={
        <>
          <Segmented<'lasso' | 'pan'>
            label={texts.drag}
            value={drag}
            options={[
              { value: 'lasso', label: texts.lasso, icon: <LassoIcon size={14} /> },
              { value: 'pan', label: texts.pan, icon: <Move size={14} /> },
            ]}
            onChange={setDrag}
          />
          {set?.labels && (
            <Segmented
              label={texts.colour}
              value={colourBy}
              options={[
                { value: 'cluster', label: texts.cluster },
                { value: 'label', label: texts.label },
              ]}
              onChange={(value) => actions.setView({ colourBy: value })}
            />
          )}
          <Segmented
            label={texts.projector}
            value={projector}
            options={[
              { value: 'tsne', label: near ? texts.tsneNear : texts.tsne, title: near ? texts.tsneNearTitle(integer(TSNE_EXACT_LIMIT), integer(TSNE_PAIR_LIMIT)) : undefined },
              {
                value: 'umap',
                label: texts.umap,
                disabled: manyForUmap,
                title: manyForUmap ? texts.umapTooMany(integer(set.n), integer(UMAP_LIMIT)) : texts.umapTitle,
              },
              { value: 'pca', label: texts.pca },
              {
                value: 'tsne-js',
                label: texts.tsneJs,
                disabled: tooMany,
                title: tooMany ? texts.tsneJsTooMany(integer(set.n), TSNE_JS_LIMIT) : texts.tsneJsTitle(TSNE_JS_LIMIT),
              },
            ]}
            onChange={(value) => actions.setView({ projector: value })}
          />
        </>
      }
    >
      <MapChart label={told.epoch === null ? texts.empty : texts.summary(sizes)} hidden={hidden} drag={drag} empty={told.epoch === null} />
      <div className="map-foot">
        {told.groups !== null && <GroupLegend label={texts.groups} groups={told.groups} sizes={told.sizes} hidden={hidden} scheme={scheme} onChange={setHidden} />}
        {selectedCount > 0 && (
          <span className="map-selected">
            <output>{texts.selected(integer(selectedCount))}</output>
            <Button look="quiet" onClick={() => actions.clearSelection()}>
              {texts.clear}
            </Button>
          </span>
        )}
        {mapped === null ? (
          <span className="map-help">{texts.help}</span>
        ) : (
          <span className="map-mapping">
            {mapping}
            <Progress label={mapping} value={mapped / 100} />
            {integer(mapped)} %
          </span>
        )}
      </div>
    </Panel>
  );
}

/** Calls `clear` on Escape, unless what has the focus uses that key itself. */
function useEscape(clear: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const used = event.target instanceof Element && event.target.closest('dialog, input:not([type=checkbox]), select, textarea, .menu') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !used) clear();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [clear]);
}
