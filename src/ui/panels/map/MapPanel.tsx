import { Lasso as LassoIcon, Move } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Place } from '../../charts/figure';
import { Lasso } from '../../charts/Lasso';
import { Plot } from '../../charts/Plot';
import type { Tool } from '../../charts/plotConfig';
import type { Keys, PlotEvents } from '../../charts/plotEvents';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { type AppState, shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { Button } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Segmented } from '../../widgets/Segmented';
import { clusterNumber } from '../shared/clusterNumber';
import { Empty } from '../shared/Empty';
import { GroupLegend } from '../shared/GroupLegend';
import { groupSizes, type Groups, selectedFlags } from '../shared/groups';
import { MethodLine } from '../shared/MethodLine';
import { sharedStrings } from '../shared/strings';
import { useScheme } from '../shared/useScheme';
import { useDerived, watch } from '../shared/watch';
import { blankFigure, MAP_MARGIN, mapFigure, markerSize } from './figure';
import { easeFrame, type Frame, frameOf, frameRanges } from './frame';
import { HoverMark } from './HoverMark';
import { inside } from './inside';
import { strings } from './strings';
import { mapGroups, mapRecord, TSNE_EXACT_LIMIT, TSNE_JS_LIMIT } from './view';
import { hasWebgl } from './webgl';
import './map.css';

type Ranges = { x: [number, number]; y: [number, number] };

const TOOLS: readonly Tool[] = ['zoomIn2d', 'zoomOut2d', 'resetScale2d', 'toImage'];

const pick = (state: Store) => {
  const record = mapRecord(state);
  return [record?.map, record?.shot, shownRecord(state)?.epoch, state.run.runId, state.dataset.set, state.view.colourBy];
};
const follow = watch((state) => [...pick(state), state.selection.series]);

interface Told {
  groups: Groups | null;
  sizes: Uint32Array;
  epoch: number | null;
  method: string | null;
  shownEpoch: number | null;
}
const NOTHING: Told = { groups: null, sizes: new Uint32Array(1), epoch: null, method: null, shownEpoch: null };

function* derive(state: Store): Generator<void, Told, void> {
  const groups = mapGroups(state);
  const record = mapRecord(state);
  if (groups === null || record === null) return NOTHING;
  return { groups, sizes: groupSizes(groups), epoch: record.epoch, method: record.mapMethod, shownEpoch: shownRecord(state)?.epoch ?? null };
}

const modeOf = ({ shift, alt }: Keys) => (alt ? 'subtract' : shift ? 'add' : 'replace');

export function MapPanel() {
  const texts = useStrings(strings);
  const shared = useStrings(sharedStrings);
  const { integer } = useFormat();
  const scheme = useScheme();
  const actions = useActions();
  const language = useStore((state) => state.view.language);
  const projector = useStore((state) => state.view.projector);
  const colourBy = useStore((state) => state.view.colourBy);
  const set = useStore((state) => state.dataset.set);
  const selectedCount = useStore((state) => state.selection.series.length);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [zoom, setZoom] = useState<Ranges | null>(null);
  const [drag, setDrag] = useState<'lasso' | 'pan'>('lasso');
  const told = useDerived(pick, derive, NOTHING, 200);

  const ring = useRef<HTMLDivElement>(null);
  const drawn = useRef({
    frame: null as Frame | null,
    ranges: null as Ranges | null,
    method: null as string | null,
    runId: -1,
    place: null as Place | null,
    members: [] as Uint32Array[],
    map: null as Float32Array | null,
  });

  const placeRing = useCallback((state: AppState) => {
    const { map, ranges, place } = drawn.current;
    const mark = ring.current;
    const { hover } = state.selection;
    if (mark === null) return;
    mark.hidden = hover === null || map === null || ranges === null || place === null || 2 * hover >= map.length;
    if (mark.hidden || hover === null || map === null || ranges === null || place === null) return;
    const across = (map[2 * hover] - ranges.x[0]) / (ranges.x[1] - ranges.x[0]);
    const up = (map[2 * hover + 1] - ranges.y[0]) / (ranges.y[1] - ranges.y[0]);
    mark.hidden = !(across >= 0 && across <= 1 && up >= 0 && up <= 1);
    const left = MAP_MARGIN.l + across * (place.width - MAP_MARGIN.l - MAP_MARGIN.r);
    const top = MAP_MARGIN.t + (1 - up) * (place.height - MAP_MARGIN.t - MAP_MARGIN.b);
    mark.style.transform = `translate(${left}px, ${top}px)`;
    mark.style.setProperty('--ring', `${markerSize(map.length / 2) + 8}px`);
    mark.dataset.side = across > 0.6 ? 'left' : 'right';
    mark.dataset.edge = up < 0.25 ? 'bottom' : 'top';
  }, []);
  useEffect(() => store.subscribe(placeRing), [placeRing]);
  useEscape(actions.clearSelection);

  const draw = useCallback(
    (place: Place) => {
      const state = store.getState();
      const record = mapRecord(state);
      const groups = mapGroups(state);
      const now = drawn.current;
      if (record === null || groups === null) {
        drawn.current = { ...now, frame: null, map: null, members: [] };
        placeRing(state);
        return state.dataset.set === null ? null : blankFigure(hasWebgl(), place);
      }
      if (now.method !== record.mapMethod || now.runId !== state.run.runId) now.frame = null;
      if (record.map !== now.map || now.frame === null) {
        const target = frameOf(record.map);
        if (target !== null) now.frame = easeFrame(now.frame, target);
      }
      now.method = record.mapMethod;
      now.runId = state.run.runId;
      now.map = record.map;
      now.place = place;
      now.ranges = zoom ?? frameRanges(now.frame ?? { x: 0, y: 0, half: 1 }, place.width - MAP_MARGIN.l - MAP_MARGIN.r, place.height - MAP_MARGIN.t - MAP_MARGIN.b);
      const selected = selectedFlags(groups.codes.length, state.selection.series);
      const { members, ...figure } = mapFigure({ map: record.map, groups: groups.codes, count: groups.count, hidden, selected, ranges: now.ranges, pan: drag === 'pan', webgl: hasWebgl() }, place);
      now.members = members;
      placeRing(state);
      return figure;
    },
    [hidden, zoom, drag, placeRing],
  );

  const events = useMemo<PlotEvents>(
    () => ({
      click({ trace, point }, keys) {
        const series = drawn.current.members[trace]?.[point];
        if (series !== undefined) actions.select([series], 'map', modeOf(keys));
      },
      hover(at) {
        actions.hover(at === null ? null : (drawn.current.members[at.trace]?.[at.point] ?? null));
      },
      zoom(ranges) {
        const { ranges: before } = drawn.current;
        setZoom(ranges === null || before === null ? null : zoomed(before, ranges));
      },
    }),
    [actions],
  );
  const outline = (x: number[], y: number[], keys: Keys): void => {
    const { map, ranges, place } = drawn.current;
    const codes = mapGroups(store.getState())?.codes;
    if (map === null || ranges === null || place === null || !codes) return;
    const across = (left: number): number => ranges.x[0] + ((left - MAP_MARGIN.l) / (place.width - MAP_MARGIN.l - MAP_MARGIN.r)) * (ranges.x[1] - ranges.x[0]);
    const up = (top: number): number => ranges.y[1] - ((top - MAP_MARGIN.t) / (place.height - MAP_MARGIN.t - MAP_MARGIN.b)) * (ranges.y[1] - ranges.y[0]);
    actions.select(inside(map, x.map(across), y.map(up), (i) => !hidden.has(codes[i])), 'map', modeOf(keys));
  };

  const interpolated = set !== null && set.n > TSNE_EXACT_LIMIT;
  const tooMany = set !== null && set.n > TSNE_JS_LIMIT;
  const sizes = told.groups === null ? '' : Array.from(told.sizes.slice(1), (size, group) => `${told.groups?.names?.[group] ?? shared.cluster(clusterNumber(group))}: ${size}`).join(', ');
  const notes = [told.method === null || told.method === 'pca' ? '' : texts.distances, told.epoch === told.shownEpoch || told.epoch === null ? '' : texts.behind(told.epoch)].filter(Boolean);
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
              { value: 'tsne', label: interpolated ? texts.tsneInterpolated : texts.tsne, title: interpolated ? texts.tsneInterpolatedTitle(integer(TSNE_EXACT_LIMIT)) : undefined },
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
      <Plot draw={draw} subscribe={follow} label={told.epoch === null ? texts.empty : texts.summary(sizes)} tools={TOOLS} restMs={90} events={events} locale={language} texts={shared}>
        {drag === 'lasso' && <Lasso onOutline={outline} />}
        <HoverMark ref={ring} />
        {told.epoch === null && <Empty />}
      </Plot>
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
        <span className="map-help">{texts.help}</span>
      </div>
    </Panel>
  );
}

/** Calls `clear` on Escape, unless what has the focus uses that key itself. */
function useEscape(clear: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const used = event.target instanceof Element && event.target.closest('dialog, input, select, textarea, .menu') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !used) clear();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [clear]);
}

/** The ranges after a zoom that plotly tells as `xaxis.range[0]` and the like, or as `xaxis.range`. */
function zoomed(before: Ranges, change: Readonly<Record<string, unknown>>): Ranges {
  const side = (axis: 'x' | 'y'): [number, number] => {
    const whole = change[`${axis}axis.range`];
    if (Array.isArray(whole)) return [Number(whole[0]), Number(whole[1])];
    const [low, high] = [change[`${axis}axis.range[0]`], change[`${axis}axis.range[1]`]];
    return low === undefined || high === undefined ? before[axis] : [Number(low), Number(high)];
  };
  return { x: side('x'), y: side('y') };
}
