import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { onButton, STILL } from '../../charts/pointer';

interface Acts<T> {
  /** A stretch was drawn, from left to right, in pixels. */
  zoomed(from: number, to: number, drawn: T): void;
  clicked?(at: number, drawn: T): void;
}

/**
 * The pointer over a chart that is read from left to right: where it is, for the painter, and what it does. `drawn` is
 * what the painter drew last; the painter is asked to draw again when the pointer moves or `follow` tells of a change.
 */
export function useAcross<T>(follow: (changed: () => void) => () => void, margin: number, acts: Acts<T>) {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const drawn = useRef<T | null>(null);
  /** Pixels from the left and from the top, and from the left where it was pressed. */
  const pointer = useRef<{ at: number | null; top: number; from: number | null }>({ at: null, top: 0, from: null });
  const again = useRef(() => {});

  return useMemo(() => {
    const move = (event: PointerEvent, from: number | null): void => {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      pointer.current = { at: onButton(event) ? null : event.clientX - left, top: event.clientY - top, from };
      again.current();
    };
    const leave = (): void => {
      pointer.current = { at: null, top: 0, from: null };
      again.current();
    };
    return {
      drawn,
      drew: (now: T | null): void => void (drawn.current = now),
      pointer,
      subscribe(changed: () => void) {
        again.current = changed;
        return follow(changed);
      },
      handlers: {
        onPointerDown(event: PointerEvent) {
          if (event.button !== 0 || onButton(event)) return;
          move(event, null);
          const { at } = pointer.current;
          if (at === null || at < margin) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event, at);
        },
        onPointerMove: (event: PointerEvent) => move(event, event.buttons === 0 ? null : pointer.current.from),
        onPointerUp(event: PointerEvent) {
          const { from } = pointer.current;
          move(event, null);
          const { at } = pointer.current;
          if (at === null || from === null || drawn.current === null) return;
          if (Math.abs(at - from) >= STILL) latest.current.zoomed(Math.min(at, from), Math.max(at, from), drawn.current);
          else latest.current.clicked?.(at, drawn.current);
        },
        onPointerLeave: leave,
        onPointerCancel: leave,
      },
    };
  }, [follow, margin]);
}
