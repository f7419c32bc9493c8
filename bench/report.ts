import { cpus, totalmem } from 'node:os';
import type { Quartiles, Result } from './timing';

const digits = (value: number | null): string => (value === null ? '–' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** 145 (141 to 150): a median and its quartiles. */
const withSpread = (value: number | null, range: Quartiles | null | undefined): string => digits(value) + (range ? ` (${digits(range[0])} to ${digits(range[1])})` : '');

/** The results of one run of the benches, as Markdown: machine, versions, every row with its ratio, the aim and whether it was met. */
export function performancePage(results: readonly Result[], command: string): string {
  const [{ model }] = cpus();
  const head = [
    '# Performance',
    `<!-- Written by \`${command}\`. -->`,
    `One run of \`${command}\` on ${cpus().length} cores of ${model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, ${process.platform}. Times are medians in milliseconds unless the case says otherwise, with quartiles in brackets where a case was run several times; trust the ratios, each taken beside its peer in the same run.`,
  ];
  return `${[...head, ...results.map(section)].join('\n\n')}\n`;
}

function section({ bench, rows, summary, aim, met, bounds }: Result): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(['case', 'ours', 'peer', 'peer is', 'ratio']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map((row) => line([row.case, withSpread(row.ours, row.spread?.ours), withSpread(row.peer, row.spread?.peer), row.peer === null && !row.peerName.startsWith('no ') ? `${row.peerName} (absent)` : row.peerName, digits(row.ratio)])),
  ].join('\n');
  return [`## \`${bench}\``, `Aim: ${aim}. **${met ? 'Met' : 'Missed'}.**`, table, ...(bounds && !met ? [`What bounds it: ${bounds}`] : []), `Summary: \`${JSON.stringify(summary)}\``].join('\n\n');
}
