import { type HTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import type { Place } from './figure';
import { watchPlace } from './place';
import { type Job, pageSchedule } from './schedule';
import './charts.css';

export interface CanvasPlace extends Place {
  /** Pixels of the screen for one of the page. */
  ratio: number;
}

/** Draws with lengths in pixels of the page over what was drawn before. A long drawing yields between its parts, and shows them at its end. */
export type Painter = (context: CanvasRenderingContext2D, place: CanvasPlace) => Generator<void, void, void> | void;

interface CanvasProps extends Pick<HTMLAttributes<HTMLDivElement>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerLeave' | 'onPointerCancel' | 'onClick' | 'onDoubleClick'> {
  paint: Painter;
  /** Tells of every change that `paint` should follow; returns how to stop. */
  subscribe: (changed: () => void) => () => void;
  /** What the chart shows, in words, for those who do not see it. */
  label: string;
  /** Milliseconds between two drawings at least. */
  restMs?: number;
  /** Drawn before the other charts of a frame. */
  first?: boolean;
  /** What dragging does, for the pointer's look. */
  drag?: 'lasso' | 'pan' | 'zoom';
  /** Laid over the drawing. */
  children?: ReactNode;
}

/** A drawing takes few milliseconds, so it need not rest long for the thread's sake. */
const REST = 1;

/** A chart of our own, for what changes many times a second: drawn straight from the store, past React and plotly. */
export function Canvas({ paint, subscribe, label, restMs = 20, first = false, drag, children, ...pointer }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const job = useRef<Job | null>(null);
  const latest = useRef(paint);

  useEffect(() => {
    latest.current = paint;
    job.current?.request();
  }, [paint]);

  useEffect(() => {
    const element = canvas.current;
    // drawn by the processor: a software GPU, as in many a virtual machine, makes the page wait for it
    const context = element?.getContext('2d', { willReadFrequently: true });
    const box = element?.parentElement;
    if (!element || !box || !context) return;
    const own = pageSchedule.job(() => {
      const place = watched.now();
      if (place === null) return;
      const ratio = Math.min(3, window.devicePixelRatio || 1);
      const [width, height] = [Math.round(place.width * ratio), Math.round(place.height * ratio)];
      if (element.width !== width || element.height !== height) {
        Object.assign(element, { width, height });
        Object.assign(element.style, { width: `${place.width}px`, height: `${place.height}px` });
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return latest.current(context, { ...place, ratio });
    }, { restMs, restTimes: REST, first });
    const watched = watchPlace(box, () => own.request());
    const stop = subscribe(() => own.request());
    job.current = own;
    own.request();
    return () => {
      stop();
      watched.stop();
      own.cancel();
    };
  }, [subscribe, restMs, first]);

  return (
    <div className="chart-plot" role="group" aria-label={label} data-drag={drag} {...pointer}>
      <canvas ref={canvas} className="chart-canvas" />
      {children}
    </div>
  );
}
