/** Milliseconds of a frame that drawing may take; the rest is for the person. */
const SLICE_MS = 8;

/** A job that took c ms rests this many times c, unless it says how many, so that drawing never fills the thread; but not for ever. */
const REST = 4;
const LONGEST_REST_MS = 800;

/** Work for the screen. A long one yields now and then, and goes on in a later frame. */
export type Work = () => Generator<void, void, void> | void;

export interface Job {
  /** Asks for one run, soon. Asking again before it ran changes nothing. */
  request(): void;
  /** Takes back what was asked for and ends a run that is under way. */
  cancel(): void;
}

export interface Rest {
  /** Milliseconds between two runs at least. */
  restMs: number;
  /** Times what a run took that it rests too. */
  restTimes?: number;
  /** Runs before the jobs that have waited longer, as long as it is cheap: for what changes with every message. */
  first?: boolean;
}

export interface Clock {
  now(): number;
  /** Calls back once before the next frame; not while the page is hidden. */
  frame(callback: () => void): void;
}

interface Entry {
  work: Work;
  rest: Required<Rest>;
  wanted: boolean;
  running: Generator<void, void, void> | null;
  spent: number;
  dueAt: number;
}

/** What takes a large part of each frame would leave the others none. */
const goesFirst = ({ rest, spent }: Entry): boolean => rest.first && spent < SLICE_MS / 2;

/**
 * Lets many charts share one thread: jobs run in animation frames, those that go first and then the one that is due
 * longest, until the frame's slice is spent. A request made while a job waits, rests or runs leads to one more run, not
 * to a queue.
 */
export function createSchedule(clock: Clock): { job(work: Work, rest: Rest): Job } {
  const entries = new Set<Entry>();
  let framed = false;

  const waiting = (entry: Entry): boolean => entry.wanted || entry.running !== null;

  function next(now: number): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of entries) {
      if (entry.dueAt <= now && waiting(entry) && (!first || before(entry, first))) first = entry;
    }
    return first;
  }

  function before(one: Entry, other: Entry): boolean {
    return goesFirst(one) === goesFirst(other) ? one.dueAt < other.dueAt : goesFirst(one);
  }

  function run(entry: Entry, until: number): void {
    const begun = clock.now();
    if (entry.running === null) {
      entry.wanted = false;
      entry.spent = 0;
      entry.running = entry.work() ?? null;
    }
    while (entry.running !== null) {
      if (entry.running.next().done) entry.running = null;
      else if (clock.now() >= until) break;
    }
    const now = clock.now();
    entry.spent += now - begun;
    const { restMs, restTimes } = entry.rest;
    entry.dueAt = entry.running === null ? now + Math.max(restMs, Math.min(LONGEST_REST_MS, restTimes * entry.spent)) : now;
  }

  function onFrame(): void {
    framed = false;
    const begun = clock.now();
    const until = begun + SLICE_MS;
    try {
      for (let entry = next(begun); entry; entry = next(begun)) {
        run(entry, until);
        if (clock.now() >= until) break;
      }
    } finally {
      wake();
    }
  }

  function wake(): void {
    if (framed || ![...entries].some(waiting)) return;
    framed = true;
    clock.frame(onFrame);
  }

  return {
    job(work, { restMs, restTimes = REST, first = false }) {
      const entry: Entry = { work, rest: { restMs, restTimes, first }, wanted: false, running: null, spent: 0, dueAt: Number.NEGATIVE_INFINITY };
      return {
        request() {
          entries.add(entry);
          entry.wanted = true;
          wake();
        },
        cancel() {
          entry.running?.return();
          entry.running = null;
          entry.wanted = false;
          entries.delete(entry);
        },
      };
    },
  };
}

/** The schedule that all charts of the page share. */
export const pageSchedule = createSchedule({
  now: () => performance.now(),
  frame: (callback) => void requestAnimationFrame(callback),
});
