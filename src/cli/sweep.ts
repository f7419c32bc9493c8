import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSpec } from '../core/run';
import type { EngineEvent, SweepOrder } from '../engine/protocol';
import type { CliArguments } from './arguments';
import type { Engine } from './engine';

/** Tries every K: a table on standard error, sweep.json in the folder. */
export async function runSweep({ sweep, progress }: Engine, { out, backend, json }: CliArguments, asked: Omit<SweepOrder, 'spec'>, spec: RunSpec): Promise<void> {
  let headed = false;
  const hear = (event: EngineEvent): void => {
    if (event.kind === 'sweepDoing') {
      const { k, part, at, of } = event.doing;
      const left = event.secondsLeft === null ? '' : `, about ${Math.ceil(event.secondsLeft)} s left`;
      progress.now(part === 'filling' ? `filling gaps: ${at} of ${of}` : `K = ${k}, ${part === 'part' ? 'half' : part} ${at} of ${of}${left}`);
    }
    if (event.kind !== 'sweepRow') return;
    if (!headed) progress.say('K    silhouette  Davies–Bouldin  gap     stability (seeds, halves)');
    headed = true;
    const { k, silhouette, daviesBouldin, gap, stabilitySeeds, stabilityParts } = event.row;
    progress.say(`${String(k).padEnd(4)} ${told(silhouette).padEnd(11)} ${told(daviesBouldin).padEnd(15)} ${told(gap).padEnd(7)} ${told(stabilitySeeds)}, ${told(stabilityParts)}`);
  };
  progress.begin();
  const { report, file } = await sweep({ kind: 'sweep', requestId: 1, order: { ...asked, spec }, backend }, hear);
  const { suggested, space, distance, clustering, filling, empty } = report;
  if (empty.gap) progress.say(`no gap statistic: ${empty.gap}`);
  if (empty.stabilitySeeds) progress.say(`no stability over seeds: ${empty.stabilitySeeds}`);
  progress.say(`K by silhouette ${suggested.silhouette ?? 'none'}, Davies–Bouldin ${suggested.daviesBouldin ?? 'none'}, gap ${suggested.gap ?? 'none'}, stability ${suggested.stability ?? 'none'} (${clustering} on the ${space}${filling === null ? '' : `, gaps filled by ${filling}`}; scores ${distance})`);
  await writeFile(join(out, 'sweep.json'), file);
  progress.say(`wrote ${join(out, 'sweep.json')}`);
  if (json && asked.on !== 'latents') process.stdout.write(file);
}

/** Three digits; a dash for what is not defined, as the silhouette of one cluster. */
function told(value: number | null): string {
  return value !== null && Number.isFinite(value) ? value.toFixed(3) : '–';
}
