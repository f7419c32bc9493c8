import { Pause, Play, Radio, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { methodEntry } from '../../../core/catalog';
import { useActions, useStore, useStrings } from '../../store/hooks';
import type { Store } from '../../store/state';
import { Button, IconButton } from '../../widgets/Button';
import { useDerived } from '../shared/watch';
import { placeOf, recordedEpochs, strideOf } from './epochs';
import { strings } from './strings';
import './replay.css';

const TICKS = 8;

const pick = (state: Store) => [state.run.revision, state.run.runId];
function* derive(state: Store): Generator<void, number[], void> {
  return recordedEpochs(state.run.history);
}

/** Goes back through the recorded epochs; every chart follows. A method without epochs has none to go back to. */
export function ReplayPanel() {
  const texts = useStrings(strings);
  const { showEpoch } = useActions();
  const trains = useStore(({ run, experiment }) => methodEntry(run.start?.spec.method ?? experiment.method).trains);
  const shown = useStore((state) => state.view.epoch);
  const epochs = useDerived(pick, derive, [] as number[], 150);
  const [playing, setPlaying] = useState(false);
  const last = epochs.length - 1;
  const at = Math.max(0, placeOf(epochs, shown));

  const go = (place: number): void => showEpoch(epochs[Math.min(last, Math.max(0, place))] ?? null);
  const stand = useRef({ at, last, go });
  useEffect(() => {
    stand.current = { at, last, go };
  });

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const now = stand.current;
      if (now.at >= now.last) setPlaying(false);
      else now.go(now.at + strideOf(now.last + 1, TICKS));
    }, 1000 / TICKS);
    return () => clearInterval(timer);
  }, [playing]);

  const togglePlay = (): void => {
    if (!playing && (shown === null || at >= last)) go(0);
    setPlaying(!playing);
  };
  const move = (place: number): void => {
    setPlaying(false);
    go(place);
  };
  if (!trains) return null;
  const text = epochs.length === 0 ? texts.none : texts.at(epochs[at], epochs[last]);

  return (
    <section className="replay" data-panel="replay" aria-label={texts.title}>
      <IconButton label={texts.back} look="quiet" disabled={at <= 0} onClick={() => move(at - 1)}>
        <SkipBack size={15} />
      </IconButton>
      <IconButton label={playing ? texts.pause : texts.play} disabled={last < 1} onClick={togglePlay}>
        {playing ? <Pause size={15} /> : <Play size={15} />}
      </IconButton>
      <IconButton label={texts.on} look="quiet" disabled={at >= last} onClick={() => move(at + 1)}>
        <SkipForward size={15} />
      </IconButton>
      <input
        type="range"
        className="replay-slider"
        aria-label={texts.slider}
        aria-valuetext={text}
        min={0}
        max={Math.max(0, last)}
        value={at}
        disabled={last < 1}
        onChange={(event) => move(Number(event.target.value))}
      />
      <output className="replay-epoch" aria-live="off">{text}</output>
      <Button
        className="replay-live"
        look={shown === null ? 'primary' : 'plain'}
        aria-pressed={shown === null}
        title={texts.liveTitle}
        icon={<Radio size={14} />}
        disabled={last < 0}
        onClick={() => {
          setPlaying(false);
          showEpoch(null);
        }}
      >
        {texts.live}
      </Button>
    </section>
  );
}
