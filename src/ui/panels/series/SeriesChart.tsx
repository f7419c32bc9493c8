import { useCallback, useState } from 'react';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { Canvas, type CanvasPlace } from '../../charts/Canvas';
import { groupColour } from '../../charts/colours';
import { paintBand, paintCard } from '../../charts/paint';
import { STILL } from '../../charts/pointer';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { ChartTools } from '../shared/ChartTools';
import { Empty } from '../shared/Empty';
import { ruledSet } from '../shared/ruled';
import { useClusterName } from '../shared/useClusterName';
import { useAcross } from '../shared/useAcross';
import { watch } from '../shared/watch';
import { type Row, type SeriesFigure, seriesFigure, shortened, timeText, valuesAt } from './figure';
import { HoveredRow } from './HoveredRow';
import { type Filling, flagCells } from './pieces';
import { MARGIN, paintSeries, type Scales, scalesOf } from './paint';
import { MOST_VARIABLES } from './rows';
import { strings } from './strings';

const follow = watch((state) => [shownRecord(state)?.shot, state.run.start, state.dataset.set]);

/** Letters of a title and of the name of the axis. */
const LONGEST = 60;

interface SeriesChartProps {
  label: string;
  set: SeriesSet | null;
  /** The series, one below the other; with `variable` 'all' one series with its variables. */
  shown: readonly number[];
  variable: number | 'all';
}

/** The rows: hover tells the value under the pointer, dragging zooms to a stretch of time. */
export function SeriesChart({ label, set, shown, variable }: SeriesChartProps) {
  const texts = useStrings(strings);
  const format = useFormat();
  const clusterName = useClusterName();
  const actions = useActions();
  const locale = useStore((state) => state.view.language);
  const [zoom, setZoom] = useState<readonly [number, number] | null>(null);
  const across = useAcross<{ figure: SeriesFigure; scales: Scales }>(follow, MARGIN.l, {
    zoomed(from, to, { figure: { x }, scales }) {
      const inside = (left: number): number => Math.min(x.high, Math.max(x.low, scales.time(left)));
      const [low, high] = [inside(from), inside(to)];
      if (high > low) setZoom([low, high]);
    },
  });

  const rowsOf = useCallback(
    (state: Store, all: SeriesSet, { theme }: CanvasPlace): Row[] => {
      const shot = shownRecord(state)?.shot ?? null;
      const title = (i: number): string => shortened(shot === null ? all.ids[i] : `${all.ids[i]} · ${clusterName(shot.assignments[i])}`, LONGEST);
      const colour = (i: number): string => (shot === null ? theme.accent : groupColour(shot.assignments[i], theme.scheme));
      if (variable !== 'all') return shown.map((series) => ({ series, variable, title: title(series), colour: colour(series) }));
      return shown.flatMap((series) => all.variables.slice(0, MOST_VARIABLES).map((name, j) => ({ series, variable: j, title: `${shortened(name, LONGEST)} · ${title(series)}`, colour: colour(series) })));
    },
    [shown, variable, clusterName],
  );

  const paint = useCallback(
    (context: CanvasRenderingContext2D, place: CanvasPlace): void => {
      const state = store.getState();
      const current = set !== null && state.dataset.set === set;
      const figure = current ? seriesFigure({ set: ruledSet(set, state.run.start), rows: rowsOf(state, set, place), filling: fillingOf(state, set), relevance: shownRecord(state)?.shot?.relevance, zoom, locale }, place) : null;
      across.drew(null);
      if (figure === null || set === null) return context.clearRect(0, 0, place.width, place.height);
      const scales = scalesOf(figure, place);
      across.drew({ figure, scales });
      paintSeries(context, figure, set.time.kind === 'index' && set.time.name === 'step' ? texts.step : shortened(set.time.name, LONGEST), place);
      const { at, from, top } = across.pointer.current;
      if (at === null) return;
      if (from !== null && Math.abs(at - from) >= STILL) return paintBand(context, from, at, MARGIN, place);
      const row = figure.rows[scales.row(top)];
      const { x } = row.pieces.observed;
      const step = x.reduce((best, time, i) => (Math.abs(time - scales.time(at)) < Math.abs(x[best] - scales.time(at)) ? i : best), 0);
      const rows = valuesAt(row, step).map(({ kind, value }) => ({ colour: kind === 'imputed' ? row.colour : place.theme.observed, text: `${texts[kind]}  ${format.short(value)}` }));
      if (rows.length > 0) paintCard(context, { title: timeText(set.time, set.starts[row.series] + step, locale), rows }, scales.left(x[step]), scales.band(scales.row(top)).top, MARGIN, place);
    },
    [set, rowsOf, zoom, locale, texts, format, across],
  );

  const zoomBy = (factor: number): void => {
    const x = across.drawn.current?.figure.x;
    if (x === undefined) return;
    const [middle, half] = [(x.low + x.high) / 2, ((x.high - x.low) / 2) * factor];
    setZoom([middle - half, middle + half]);
  };
  return (
    <Canvas
      paint={paint}
      subscribe={across.subscribe}
      label={label}
      drag="zoom"
      {...across.handlers}
      onPointerMove={(event) => {
        across.handlers.onPointerMove(event);
        const now = across.drawn.current;
        actions.hover(now === null ? null : (now.figure.rows[now.scales.row(across.pointer.current.top)]?.series ?? null));
      }}
      onPointerLeave={() => {
        across.handlers.onPointerLeave();
        actions.hover(null);
      }}
      onDoubleClick={() => setZoom(null)}
    >
      {variable !== 'all' && <HoveredRow rows={shown} />}
      {set === null ? <Empty /> : <ChartTools fileName="lacuna-series.png" zoomed={zoom !== null} onZoom={zoomBy} onWhole={() => setZoom(null)} />}
    </Canvas>
  );
}

const flagsOf = new WeakMap<Uint32Array, Uint8Array>();

/** What the run knows of the gaps of `set` at the epoch in view. */
function fillingOf(state: Store, set: SeriesSet): Filling | null {
  const { start } = state.run;
  if (start === null) return null;
  let hidden = flagsOf.get(start.hidden);
  if (hidden === undefined) {
    hidden = flagCells(set.values.length, start.hidden);
    flagsOf.set(start.hidden, hidden);
  }
  return { gaps: start.gaps, imputed: shownRecord(state)?.shot?.imputed ?? null, hidden };
}
