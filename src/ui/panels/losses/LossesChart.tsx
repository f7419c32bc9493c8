import { useCallback, useState } from 'react';
import type { LossTerm, MethodEntry } from '../../../core/catalog';
import { Canvas, type CanvasPlace } from '../../charts/Canvas';
import { paintBand, paintCard } from '../../charts/paint';
import { STILL } from '../../charts/pointer';
import { useActions, useFormat, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { Empty } from '../shared/Empty';
import { told } from '../shared/told';
import { useAcross } from '../shared/useAcross';
import { watch } from '../shared/watch';
import { changedWeights } from './changedWeights';
import { type LossesFigure, lossesFigure, nearestEpoch } from './figure';
import { MARGIN, paintLosses, type Scales, scalesOf, type Upright } from './paint';
import { strings } from './strings';

export const pickLosses = (state: Store) => [state.run.history.findLast((record) => record.losses !== null), state.run.runId, state.run.optionChanges, state.view.epoch];
const follow = watch(pickLosses);

interface LossesChartProps {
  label: string;
  entry: MethodEntry;
  terms: readonly LossTerm[];
  hidden: ReadonlySet<string>;
  log: boolean;
  empty: boolean;
}

/** The curves: hover tells the values, a click shows the epoch everywhere, dragging zooms to a stretch of epochs. */
export function LossesChart({ label, entry, terms, hidden, log, empty }: LossesChartProps) {
  const texts = useStrings(strings);
  const format = useFormat();
  const { showEpoch } = useActions();
  const [zoom, setZoom] = useState<readonly [number, number] | null>(null);
  const across = useAcross<{ figure: LossesFigure; scales: Scales }>(follow, MARGIN.l, {
    clicked: (at, { figure, scales }) => showEpoch(figure.epochs[nearestEpoch(figure.epochs, scales.epoch(at))]),
    zoomed(from, to, { figure: { x }, scales }) {
      const inside = (left: number): number => Math.min(x.high, Math.max(x.low, scales.epoch(left)));
      if (inside(to) - inside(from) >= 1) setZoom([inside(from), inside(to)]);
    },
  });

  const paint = useCallback(
    (context: CanvasRenderingContext2D, place: CanvasPlace): void => {
      const state = store.getState();
      const figure = lossesFigure({ history: state.run.history, terms, hidden, log, zoom }, { width: place.width, scheme: place.theme.scheme });
      if (figure === null) {
        across.drew(null);
        return context.clearRect(0, 0, place.width, place.height);
      }
      const scales = scalesOf(figure, place);
      across.drew({ figure, scales });
      const uprights = uprightsOf(state, entry, texts.moved);
      paintLosses(context, figure, uprights, texts.axis, place);
      const { at, from } = across.pointer.current;
      if (at === null) return;
      if (from !== null && Math.abs(at - from) >= STILL) return paintBand(context, from, at, MARGIN, place);
      const epoch = figure.epochs[nearestEpoch(figure.epochs, scales.epoch(at))];
      const losses = state.run.history.findLast((record) => record.epoch === epoch)?.losses;
      const rows = figure.lines.map(({ key, label: name, colour }) => ({ colour, text: `${name}  ${told(losses?.[key], format.short)}` }));
      const changes = uprights.flatMap((upright) => (upright.epoch === epoch && upright.text !== null ? [upright.text] : []));
      paintCard(context, { title: [`${texts.axis} ${epoch}`, ...changes].join(' · '), rows }, scales.left(epoch), MARGIN.t, MARGIN, place);
    },
    [entry, terms, hidden, log, zoom, texts, format, across],
  );

  return (
    <Canvas paint={paint} subscribe={across.subscribe} label={label} restMs={10} first drag="zoom" {...across.handlers} onDoubleClick={() => setZoom(null)}>
      {empty && <Empty />}
    </Canvas>
  );
}

function uprightsOf(state: Store, { options }: MethodEntry, moved: (backend: string) => string): Upright[] {
  const { run, view } = state;
  const changes = changedWeights(run.start?.spec.options ?? {}, run.optionChanges, options);
  const moves = run.notices.flatMap((notice) => (notice.kind === 'backendChanged' ? [{ epoch: notice.epoch, text: moved(notice.backend.name) }] : []));
  const uprights: Upright[] = [...changes, ...moves].map(({ epoch, text }) => ({ epoch, text, shown: false }));
  return view.epoch === null ? uprights : [...uprights, { epoch: shownRecord(state)?.epoch ?? view.epoch, text: null, shown: true }];
}
