import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Canvas, type CanvasPlace } from '../../charts/Canvas';
import { Lasso } from '../../charts/Lasso';
import { type Keys, keysOf, onButton, STILL } from '../../charts/pointer';
import { useActions } from '../../store/hooks';
import { type AppState, shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { ChartTools } from '../shared/ChartTools';
import { Empty } from '../shared/Empty';
import { selectedFlags } from '../shared/groups';
import { watch } from '../shared/watch';
import { easeFrame, type Frame, frameOf, frameRanges } from './frame';
import { HoverMark } from './HoverMark';
import { inside } from './inside';
import { markerSize, paintMap } from './paint';
import { innerSize, movedRanges, nearestPoint, type Plane, planeOf, type Ranges, scaledRanges } from './plane';
import { mapGroups, mapRecord } from './view';

/** What the map depends on, but for the selection. */
export const pickMap = (state: Store) => {
  const record = mapRecord(state);
  return [record?.map, record?.shot, shownRecord(state)?.epoch, state.run.runId, state.dataset.set, state.view.colourBy];
};
const follow = watch((state) => [...pickMap(state), state.selection.series]);

/** Pixels from a point at which the pointer is on it. */
const REACH = 12;

/** What was drawn last. */
interface Drawn {
  frame: Frame | null;
  method: string | null;
  runId: number;
  map: Float32Array | null;
  ranges: Ranges;
  plane: Plane;
  place: { width: number; height: number };
}

const modeOf = ({ shift, alt }: Keys) => (alt ? 'subtract' : shift ? 'add' : 'replace');

interface MapChartProps {
  label: string;
  hidden: ReadonlySet<number>;
  drag: 'lasso' | 'pan';
  empty: boolean;
}

/** The points of the map: hover, click, lasso, zoom. */
export function MapChart({ label, hidden, drag, empty }: MapChartProps) {
  const actions = useActions();
  const [zoom, setZoom] = useState<Ranges | null>(null);
  const ring = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const press = useRef<{ left: number; top: number; ranges: Ranges } | null>(null);

  const placeRing = useCallback(({ selection }: AppState) => {
    const now = drawn.current;
    const mark = ring.current;
    const { hover } = selection;
    if (mark === null) return;
    mark.hidden = true;
    if (now === null || now.map === null || hover === null || 2 * hover >= now.map.length) return;
    const { width, height } = now.place;
    const [left, top] = [now.plane.left(now.map[2 * hover]), now.plane.top(now.map[2 * hover + 1])];
    mark.hidden = !(left >= 0 && left <= width && top >= 0 && top <= height);
    mark.style.transform = `translate(${left}px, ${top}px)`;
    mark.style.setProperty('--ring', `${markerSize(now.map.length / 2) + 8}px`);
    mark.dataset.side = left > 0.6 * width ? 'left' : 'right';
    mark.dataset.edge = top > 0.75 * height ? 'bottom' : 'top';
  }, []);
  useEffect(() => store.subscribe(placeRing), [placeRing]);

  const paint = useCallback(
    (context: CanvasRenderingContext2D, place: CanvasPlace) => {
      const state = store.getState();
      const record = mapRecord(state);
      const groups = mapGroups(state);
      if (record === null || groups === null) {
        drawn.current = null;
        placeRing(state);
        return context.clearRect(0, 0, place.width, place.height);
      }
      const { map, mapMethod } = record;
      const { runId } = state.run;
      const before = drawn.current?.method === mapMethod && drawn.current.runId === runId ? drawn.current : null;
      const target = frameOf(map);
      const frame = before?.frame && (before.map === map || target === null) ? before.frame : target && easeFrame(before?.frame ?? null, target);
      const { width, height } = innerSize(place);
      const ranges = zoom ?? frameRanges(frame ?? { x: 0, y: 0, half: 1 }, width, height);
      drawn.current = { frame, method: mapMethod, runId, map, ranges, plane: planeOf(ranges, place), place };
      placeRing(state);
      return paintMap(context, { map, groups: groups.codes, hidden, selected: selectedFlags(groups.codes.length, state.selection.series), ranges }, place);
    },
    [hidden, zoom, placeRing],
  );

  const shown = (): ((i: number) => boolean) => {
    const codes = mapGroups(store.getState())?.codes;
    return (i) => codes !== undefined && !hidden.has(codes[i]);
  };
  const seriesAt = ({ left, top }: { left: number; top: number }): number | null => {
    const now = drawn.current;
    return now === null || now.map === null ? null : nearestPoint(now.map, now.plane, left, top, REACH, shown());
  };
  const move = (event: PointerEvent): void => {
    const now = drawn.current;
    const at = placeOf(event);
    const from = press.current;
    if (now === null || at === null) return actions.hover(null);
    if (event.buttons === 0 || from === null || drag === 'lasso') return actions.hover(seriesAt(at));
    const plane = planeOf(from.ranges, now.place);
    if (Math.hypot(at.left - from.left, at.top - from.top) >= STILL) setZoom(movedRanges(from.ranges, plane.x(at.left) - plane.x(from.left), plane.y(at.top) - plane.y(from.top)));
  };
  const outline = (left: number[], top: number[], keys: Keys): void => {
    const now = drawn.current;
    if (now === null || now.map === null) return;
    actions.select(inside(now.map, left.map(now.plane.x), top.map(now.plane.y), shown()), 'map', modeOf(keys));
  };
  const scale = (factor: number): void => {
    if (drawn.current !== null) setZoom(scaledRanges(drawn.current.ranges, factor));
  };

  return (
    <Canvas
      paint={paint}
      subscribe={follow}
      label={label}
      drag={drag}
      onPointerDown={(event) => {
        const at = placeOf(event);
        press.current = at && drawn.current && { ...at, ranges: drawn.current.ranges };
        if (at !== null && drag === 'pan') event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerLeave={() => actions.hover(null)}
      onClick={(event) => {
        const at = placeOf(event);
        const from = press.current;
        if (at === null || from === null || Math.hypot(at.left - from.left, at.top - from.top) >= STILL) return;
        const series = seriesAt(at);
        if (series !== null) actions.select([series], 'map', modeOf(keysOf(event)));
      }}
      onDoubleClick={(event) => placeOf(event) !== null && setZoom(null)}
    >
      {drag === 'lasso' && <Lasso onOutline={outline} />}
      <HoverMark ref={ring} />
      {empty ? (
        <Empty />
      ) : (
        <ChartTools fileName="lacuna-map.png" zoomed={zoom !== null} onZoom={scale} onWhole={() => setZoom(null)} />
      )}
    </Canvas>
  );
}

/** Where in the chart the pointer is; null over a button of it. */
function placeOf(event: { clientX: number; clientY: number; currentTarget: Element; target: EventTarget }): { left: number; top: number } | null {
  if (onButton(event)) return null;
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { left: event.clientX - left, top: event.clientY - top };
}
