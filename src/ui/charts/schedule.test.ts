import { expect, test } from 'vitest';
import { createSchedule } from './schedule';

function handClock() {
  let time = 0;
  let waiting: (() => void)[] = [];
  return {
    clock: { now: () => time, frame: (callback: () => void) => void waiting.push(callback) },
    spend: (ms: number) => void (time += ms),
    /** Draws one frame 16 ms after the last; false when nobody asked for it. */
    frame(): boolean {
      time += 16;
      const now = waiting;
      waiting = [];
      for (const callback of now) callback();
      return now.length > 0;
    },
  };
}

test('many requests before a frame lead to one run', () => {
  const hand = handClock();
  let runs = 0;
  const job = createSchedule(hand.clock).job(() => void runs++, { restMs: 0 });
  for (let i = 0; i < 100; i++) job.request();
  expect(runs).toBe(0);
  hand.frame();
  expect(runs).toBe(1);
  expect(hand.frame()).toBe(false);
});

test('a job rests as long as it was told between two runs', () => {
  const hand = handClock();
  const runs: number[] = [];
  const job = createSchedule(hand.clock).job(() => void runs.push(hand.clock.now()), { restMs: 100 });
  for (let i = 0; i < 20; i++) {
    job.request();
    hand.frame();
  }
  expect(runs.length).toBe(3);
  expect(runs[1] - runs[0]).toBeGreaterThanOrEqual(100);
});

test('a job that takes long rests longer by itself', () => {
  const hand = handClock();
  let runs = 0;
  const job = createSchedule(hand.clock).job(() => {
    runs++;
    hand.spend(40);
  }, { restMs: 0 });
  for (let i = 0; i < 10; i++) {
    job.request();
    hand.frame();
  }
  expect(runs).toBe(1);
});

test('two slow jobs do not run in the same frame', () => {
  const hand = handClock();
  const schedule = createSchedule(hand.clock);
  const runs: string[] = [];
  const slow = (name: string) =>
    schedule.job(() => {
      runs.push(name);
      hand.spend(20);
    }, { restMs: 0 });
  const [a, b] = [slow('a'), slow('b')];
  a.request();
  b.request();
  hand.frame();
  expect(runs).toEqual(['a']);
  hand.frame();
  expect(runs).toEqual(['a', 'b']);
});

test('a job may say how much longer it rests than it took', () => {
  const hand = handClock();
  let runs = 0;
  const job = createSchedule(hand.clock).job(
    () => {
      runs++;
      hand.spend(20);
    },
    { restMs: 0, restTimes: 1 },
  );
  for (let i = 0; i < 7; i++) {
    job.request();
    hand.frame();
  }
  expect(runs).toBe(4);
});

test('a long work goes on over several frames, each within its slice', () => {
  const hand = handClock();
  const steps: number[] = [];
  const job = createSchedule(hand.clock).job(function* () {
    for (let i = 0; i < 10; i++) {
      hand.spend(4);
      steps.push(i);
      yield;
    }
  }, { restMs: 0 });
  job.request();
  hand.frame();
  expect(steps).toEqual([0, 1]);
  for (let i = 0; i < 10; i++) hand.frame();
  expect(steps).toHaveLength(10);
});

test('a request during a long work leads to one more run after it', () => {
  const hand = handClock();
  let begun = 0;
  const job = createSchedule(hand.clock).job(function* () {
    begun++;
    hand.spend(9);
    yield;
  }, { restMs: 0 });
  job.request();
  hand.frame();
  job.request();
  for (let i = 0; i < 20; i++) hand.frame();
  expect(begun).toBe(2);
});

test('a cancelled job does not run, and a work under way is closed', () => {
  const hand = handClock();
  let closed = false;
  const job = createSchedule(hand.clock).job(function* () {
    try {
      hand.spend(9);
      yield;
    } finally {
      closed = true;
    }
  }, { restMs: 0 });
  job.request();
  hand.frame();
  job.cancel();
  expect(closed).toBe(true);
  expect(hand.frame()).toBe(true);
  expect(hand.frame()).toBe(false);
});

test('a job that throws does not keep the others from running', () => {
  const hand = handClock();
  const schedule = createSchedule(hand.clock);
  let ran = false;
  const bad = schedule.job(() => {
    throw new Error('bad figure');
  }, { restMs: 0 });
  const good = schedule.job(() => void (ran = true), { restMs: 0 });
  bad.request();
  good.request();
  expect(() => hand.frame()).toThrow('bad figure');
  hand.frame();
  expect(ran).toBe(true);
});

/** Names of the jobs in the order in which they ran, over frames in which all of them are asked for. */
function orderOf(jobs: Readonly<Record<string, { takes: number; first: boolean }>>, frames: number): string[] {
  const hand = handClock();
  const schedule = createSchedule(hand.clock);
  const runs: string[] = [];
  const made = Object.entries(jobs).map(([name, { takes, first }]) =>
    schedule.job(() => {
      runs.push(name);
      hand.spend(takes);
    }, { restMs: 0, restTimes: 0, first }),
  );
  for (let frame = 0; frame < frames; frame++) {
    for (const job of made) job.request();
    hand.frame();
  }
  return runs;
}

test('a cheap job that goes first runs in each frame, before those that wait longer', () => {
  expect(orderOf({ slow: { takes: 9, first: false }, curve: { takes: 1, first: true } }, 3)).toEqual(['curve', 'slow', 'curve', 'slow', 'curve', 'slow']);
});

test('a job that fills its frames does not go first, so that others run too', () => {
  expect(orderOf({ curve: { takes: 9, first: true }, other: { takes: 9, first: false } }, 4)).toEqual(['curve', 'other', 'curve', 'other']);
});
