/** What the page's own clock says of its work; all in milliseconds. */
export interface Watched {
  /** Main-thread tasks of more than 50 ms, by the clock. */
  tasks: number[];
  /** When a report of losses (a loss by batch or by epoch) reached the page. */
  reports: number[];
  /** When a frame was shown in which the lines of the loss chart had changed. */
  curve: number[];
  /** When a message came and when the frame that shows it was on the screen, by panel. */
  shown: Record<string, { came: number; shown: number }[]>;
  /** Frames that the browser gave. */
  frames: number;
  /** When Stop was pressed, and when the page said that the run had stopped. */
  stop: { pressed: number; stopped: number };
}

/**
 * Runs in the page before its own scripts. It looks from outside: at the messages of the workers, the elements that
 * charts change and the calls that draw on a canvas, each with the frame after it. Nothing in the app knows of it.
 */
export function watchPage(): void {
  const watched: Watched = { tasks: [], reports: [], curve: [], shown: {}, frames: 0, stop: { pressed: 0, stopped: 0 } };
  Object.assign(window, { watched });
  const CURVE = 'curve';
  new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });

  /** When the snapshot or map came that a panel has not shown yet. */
  const awaited = new Map<string, number>();
  /** What changed since the last frame began to be made, and what the frame under way shows. */
  let changed = new Set<string>();
  let painted = new Set<string>();
  let inFrame = false;
  const change = (what: string): void => void (inFrame ? painted : changed).add(what);
  const { port1, port2 } = new MessageChannel();
  // asked for before the page's own callbacks, so called before them in each frame: what they change, this frame shows
  const beginFrame = (): void => {
    requestAnimationFrame(beginFrame);
    watched.frames++;
    for (const what of changed) painted.add(what);
    changed = new Set();
    inFrame = true;
    port2.postMessage(null);
  };
  requestAnimationFrame(beginFrame);
  // a frame is on the screen once the task after it begins
  port1.onmessage = () => {
    inFrame = false;
    const now = performance.now();
    if (painted.delete(CURVE)) watched.curve.push(now);
    for (const panel of painted) {
      const came = awaited.get(panel);
      if (came === undefined) continue;
      awaited.delete(panel);
      (watched.shown[panel] ??= []).push({ came, shown: now });
    }
    painted = new Set();
  };

  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        const now = performance.now();
        inFrame = false; // another task
        if (data?.kind === 'losses' || (data?.kind === 'progress' && data.losses)) watched.reports.push(now);
        if (data?.kind === 'snapshot') for (const panel of ['clusters', 'table', 'scores', 'series']) if (!awaited.has(panel)) awaited.set(panel, now);
        if (data?.kind === 'projection' && !awaited.has('map')) awaited.set('map', now);
      });
    }
  };

  const panelOf = (node: Node): string => (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-panel]')?.dataset.panel ?? '';
  const onScreen = (node: Node): boolean => {
    const box = (node instanceof Element ? node : node.parentElement)?.getBoundingClientRect();
    return box !== undefined && box.bottom > 0 && box.top < innerHeight;
  };
  new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) {
      const panel = panelOf(target);
      if (panel === 'losses' && attributeName === 'd' && onScreen(target)) change(CURVE);
      else if (attributeName === 'data-state' && (target as HTMLElement).dataset.state === 'stopped') watched.stop.stopped ||= performance.now();
      else if (awaited.has(panel) && panel !== 'map') change(panel);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['d', 'data-state'] });

  // what charts of our own end a drawing with
  for (const call of ['putImageData', 'stroke'] as const) {
    const plain = CanvasRenderingContext2D.prototype[call] as (...parts: unknown[]) => void;
    CanvasRenderingContext2D.prototype[call] = function (this: CanvasRenderingContext2D, ...parts: unknown[]) {
      plain.apply(this, parts);
      const panel = panelOf(this.canvas);
      if (panel === 'losses' && onScreen(this.canvas)) change(CURVE);
      else if (awaited.has(panel)) change(panel);
    };
  }

  document.addEventListener('click', ({ target, timeStamp }) => {
    if (target instanceof Element && target.closest('button[aria-label="Stop"]')) watched.stop.pressed = timeStamp;
  }, true);
}
