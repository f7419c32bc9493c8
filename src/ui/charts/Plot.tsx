import type PlotlyModule from 'plotly.js/lib/core';
import { useEffect, useRef, useState } from 'react';
import type { Figure, Place } from './figure';
import './charts.css';
import { watchPlace } from './place';
import { type Tool, plotConfig } from './plotConfig';
import sheetUrl from './plotly.css?url&no-inline';
import { type Job, pageSchedule } from './schedule';

type Plotly = typeof PlotlyModule;

let loading: Promise<Plotly> | null = null;

/** The parts of plotly we use: core with SVG scatter. */
function loadPlotly(): Promise<Plotly> {
  loading ??= (async () => {
    await prepareGlobals();
    const [core, ko] = await Promise.all([import('plotly.js/lib/core'), import('plotly.js/lib/locales/ko')]);
    core.default.register([ko.default] as never[]);
    await rehearse(core.default);
    return core.default;
  })().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * Draws an empty chart that nobody sees: plotly's functions are compiled at their first call, which takes as long as the
 * drawing itself, and so it falls into a task of its own.
 */
async function rehearse(plotly: Plotly): Promise<void> {
  const box = document.createElement('div');
  await new Promise((resolve) => setTimeout(resolve));
  await plotly.newPlot(box, [], { width: 100, height: 100 }, { staticPlot: true });
  plotly.purge(box);
  await new Promise((resolve) => setTimeout(resolve));
}

/**
 * Plotly expects the name `global`, and adds its style rules to the sheet of the element with this id. Given none, it
 * would make an inline style element, which the page's policy forbids; so it gets a sheet of the page's own.
 */
async function prepareGlobals(): Promise<void> {
  (globalThis as { global?: unknown }).global ??= globalThis;
  const link = document.createElement('link');
  link.id = 'plotly.js-style-global';
  link.rel = 'stylesheet';
  link.href = sheetUrl;
  await new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error('The style sheet of the charts could not be loaded.'));
    };
    document.head.append(link);
  });
}

export interface PlotProps {
  /** The figure for now; null when there is nothing to draw. Called in an animation frame, outside React. */
  draw: (place: Place) => Figure | null;
  /** Tells of every change that `draw` should follow; returns how to stop. */
  subscribe: (changed: () => void) => () => void;
  /** What the chart shows, in words, for those who do not see it. */
  label: string;
  tools?: readonly Tool[];
  /** Name of a downloaded picture. */
  fileName?: string;
  locale?: string;
  texts: { failed: string; again: string };
}

const NO_TOOLS: readonly Tool[] = [];
const REST_MS = 100;

/** One plotly chart, drawn straight from the store at most every 100 ms. The only place that imports plotly. */
export function Plot({ draw, subscribe, label, tools = NO_TOOLS, fileName = 'lacuna', locale = 'en', texts }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const job = useRef<Job | null>(null);
  const latest = useRef(draw);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    latest.current = draw;
    job.current?.request();
  }, [draw]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let plotly: Plotly | null = null;
    let drawn = false;
    let drawing = false;
    let again = false;
    let revision = 0;

    const fail = (error: unknown): void => setFailure(error instanceof Error ? error.message : String(error));
    const clear = (): void => {
      if (!drawn) return;
      plotly?.purge(element);
      drawn = false;
    };

    const work = (): void => {
      const place = watched.now();
      if (plotly === null || place === null) return;
      // A second drawing that starts within a first one can leave the chart at its old size.
      again = drawing;
      if (drawing) return;
      try {
        const figure = latest.current(place);
        if (figure === null) return clear();
        const layout = { ...figure.layout, datarevision: ++revision };
        drawing = true;
        plotly
          .react(element, figure.data, layout, plotConfig(tools, locale, fileName))
          .catch(fail)
          .finally(() => {
            drawing = false;
            if (again) own.request();
          });
        drawn = true;
      } catch (error) {
        drawing = false;
        fail(error);
      }
    };
    const own = pageSchedule.job(work, { restMs: REST_MS });
    job.current = own;

    const watched = watchPlace(element, () => own.request());
    const stopData = subscribe(() => own.request());
    let alive = true;
    loadPlotly().then((loaded) => {
      if (!alive) return;
      plotly = loaded;
      own.request();
    }, fail);

    return () => {
      alive = false;
      stopData();
      watched.stop();
      own.cancel();
      clear();
    };
  }, [subscribe, tools, fileName, locale, attempt]);

  return (
    <div className="chart-plot" role="group" aria-label={label}>
      <div ref={box} className="chart-canvas" />
      {failure !== null && (
        <div role="alert" className="chart-failure">
          <p>{texts.failed}</p>
          <p>{failure}</p>
          <button
            type="button"
            onClick={() => {
              setFailure(null);
              setAttempt(attempt + 1);
            }}
          >
            {texts.again}
          </button>
        </div>
      )}
    </div>
  );
}
