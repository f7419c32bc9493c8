import type { EngineEvent, Metrics, RunSnapshot } from '../engine/protocol';
import { lossyNote } from '../engine/run/lossyNote';

/** Milliseconds between two lines where standard error is not a terminal. */
const INTERVAL = 5000;

export interface Progress {
  hear(event: EngineEvent): void;
  say(line: string): void;
  /** A line that the next one may take the place of. */
  now(line: string): void;
  /** Says at once what is said from now on, and what has waited for a run. */
  begin(): void;
}

/** Tells on standard error how a run goes: one line that is rewritten in a terminal, a line now and then elsewhere. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let epochs = 0;
  let saidAt = 0;
  let secondsLeft: number | null = null;
  let open = false;
  /** What was said before the run began, so that a wrong file or flag gives its one line and no other. */
  let waiting: string[] | null = [];
  const say = (line: string): void => {
    if (waiting) return void waiting.push(line);
    if (open) stream.write('\n');
    open = false;
    stream.write(`${line}\n`);
  };
  const rewrite = (line: string, last: boolean): void => {
    if (stream.isTTY) {
      stream.write(`\r\u001B[2K${line}`);
      open = true;
    } else if (last || Date.now() - saidAt > INTERVAL) {
      saidAt = Date.now();
      stream.write(`${line}\n`);
    }
  };
  const begin = (): void => {
    const before = waiting ?? [];
    waiting = null;
    before.forEach(say);
  };
  return {
    say,
    begin,
    now: (line) => rewrite(line, false),
    hear(event) {
      switch (event.kind) {
        case 'preview':
          say(event.preview.summary);
          for (const note of event.preview.notes) if (note.severity !== 'info') say(`${note.severity}: ${note.message}`);
          break;
        case 'dataset': {
          const open = event.report.suspectedSentinels.filter(({ value }) => !event.plan.sentinels.includes(value));
          if (open.length > 0) say(`To count ${open.length === 1 ? 'it' : 'them'} as missing: ${open.map(({ value }) => `--sentinel ${value}`).join(' ')}`);
          if (event.report.notes.some(({ code }) => code === 'serialDates')) say('To read them as dates: --serial-dates 1900');
          break;
        }
        case 'runStarted': {
          epochs = event.start.spec.epochs;
          begin();
          say(`backend: ${event.start.backend.name} (${event.start.backend.device}); ${event.start.backend.reason.replace('this browser', 'Node')}`);
          say(`protocol: ${event.start.protocol}`);
          const note = lossyNote(event.start.spec.preparation.steps);
          if (note !== null) say(`note: ${note}`);
          break;
        }
        case 'progress':
          secondsLeft = event.secondsLeft;
          break;
        case 'losses': {
          const terms = Object.entries(event.losses).map(([key, value]) => `${key} ${value.toPrecision(4)}`);
          const left = secondsLeft === null || event.epoch === epochs ? '' : `, ${Math.ceil(secondsLeft)} s left`;
          rewrite(`epoch ${event.epoch} of ${epochs}: ${terms.join(', ')}${left}`, event.epoch === epochs);
          break;
        }
        case 'makingRelevance':
          if (event.ready < 1) rewrite(`heat map: ${Math.floor(100 * event.ready)} %`, false);
          break;
        case 'relevance':
          rewrite('heat map: 100 %', true);
          break;
        case 'notice':
          say(event.message);
          break;
        case 'snapshot':
          if (event.snapshot.epoch === epochs) for (const line of summary(event.snapshot)) say(line);
          break;
      }
    },
  };
}

function summary({ metrics, imputation }: RunSnapshot): string[] {
  const lines: string[] = [];
  if (metrics) lines.push(scores(metrics));
  if (imputation) {
    const { hidden, asked, achieved, rmse, columnMean, linear } = imputation;
    const share = achieved.toFixed(4) === asked.toFixed(4) ? '' : ` (${achieved.toFixed(4)} of the observed, ${asked.toFixed(4)} asked for)`;
    lines.push(`${hidden} hidden ${hidden === 1 ? 'cell' : 'cells'}${share}: rmse ${rmse.toFixed(4)} (column mean ${columnMean.rmse.toFixed(4)}, linear ${linear.rmse.toFixed(4)}), in standard deviations`);
  }
  return lines;
}

function scores({ n, randIndex, adjustedRandIndex, normalizedMutualInformation, accuracy, purity, allInOneRandIndex, allInOneAccuracy }: Metrics): string {
  const figures = { ARI: adjustedRandIndex, NMI: normalizedMutualInformation, ACC: accuracy, PUR: purity, RI: randIndex };
  return `${n} labelled series: ${Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(4)}`).join(', ')} (all in one cluster: RI ${allInOneRandIndex.toFixed(4)}, ACC and PUR ${allInOneAccuracy.toFixed(4)}, ARI and NMI 0)`;
}
