import { useEffect, useRef, useState } from 'react';
import { pageSchedule } from '../../charts/schedule';
import type { Store } from '../../store/state';
import { store } from '../../store/store';

type Pick = (state: Store) => readonly unknown[];

/** Tells when one of the things that `pick` gives is another than before. */
export function watch(pick: Pick): (changed: () => void) => () => void {
  return (changed) => {
    let before = pick(store.getState());
    return store.subscribe((state) => {
      const now = pick(state);
      if (now.every((thing, i) => Object.is(thing, before[i]))) return;
      before = now;
      changed();
    });
  };
}

/**
 * What `derive` makes of the state, at most every `restMs` and in the charts' share of the thread. `derive` may be a
 * generator that yields between parts of long work. `pick` names what it depends on. Both must stay the same function.
 */
export function useDerived<T>(pick: Pick, derive: (state: Store, before: T) => Generator<void, T, void>, start: T, restMs: number): T {
  const [value, setValue] = useState(start);
  const latest = useRef(start);
  useEffect(() => {
    const job = pageSchedule.job(function* () {
      latest.current = yield* derive(store.getState(), latest.current);
      setValue(latest.current);
    }, { restMs });
    job.request();
    const stop = watch(pick)(() => job.request());
    return () => {
      stop();
      job.cancel();
    };
  }, [pick, derive, restMs]);
  return value;
}
