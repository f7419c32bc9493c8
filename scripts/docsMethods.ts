import { distanceWords, fillingWords, preparations, type ChoiceWords, type MethodEntry, type OptionSpec, type PreparationEntry } from '../src/core/catalog';

const IMPUTERS = `## Imputers

Methods that need complete series take their gaps as the option \`imputer\` fills them. An imputer runs to its end before the method starts, so nothing of it changes during a run: CRLI fills with the defaults of its table above, BRITS by 0.3 (L_forward + L_backward) + 0.1 L_consistency, in which 0.3 and 0.1 are constants of its authors. Without labels, and as Adam takes a common factor out, only their ratio matters.`;

/** The page about all methods, in Markdown. */
export function methodsPage(methods: Readonly<Record<string, MethodEntry>>): string {
  return [
    '# Methods',
    '<!-- Written by `npm run docs` from src/core/catalog.ts. Change it there. -->',
    'Shape letters: **N** series, **T** time steps, **D** variables, **K** clusters. Equations in full, with sources, stand above the functions that compute them.',
    methodsTable(methods),
    ...Object.entries(methods).map(([id, entry]) => section(id, entry)),
    IMPUTERS,
    choiceSection('Fillings', 'Choices of the option `imputer`: what a gap holds before the method starts. A variable that a series never has takes the column mean wherever a filling reads the series alone.', fillingWords),
    choiceSection('Distances', 'Choices of the option `distance`, with what each does with gaps and with series of unequal length. Two series that have too little in common to be compared count as the farthest pair.', distanceWords),
    preparationSection(preparations),
  ].join('\n\n') + '\n';
}

function methodsTable(methods: Readonly<Record<string, MethodEntry>>): string {
  const rows = Object.values(methods).map((entry) => [entry.label, entry.title, entry.paper, gaps(entry), link(entry.source), link(entry.golden)]);
  return table(['Method', 'In full', 'Paper', 'Gaps', 'Function', 'Golden test'], rows);
}

/** The README with its methods table, which stands between two marks, as the catalog says. */
export function withMethodsTable(readme: string, methods: Readonly<Record<string, MethodEntry>>): string {
  const rows = Object.values(methods).map((entry) => [entry.label, entry.title, entry.paper, gaps(entry)]);
  return readme.replace(/(<!-- methods -->\n)[\s\S]*?(\n<!-- \/methods -->)/, (_, start: string, end: string) => start + table(['Method', 'In full', 'Paper', 'Gaps'], rows) + end);
}

function gaps(entry: MethodEntry): string {
  return { inside: 'fills them while it learns', needsComplete: 'filled before it starts', inDistance: 'left to the distance, or filled before' }[entry.gaps];
}

function section(id: string, entry: MethodEntry): string {
  const terms = entry.losses.map(({ label, symbol, doc }) => [label, `\`${symbol}\``, doc]);
  const options = Object.entries(entry.options).map(([key, option]) => [`\`${key}\``, option.symbol ? `\`${option.symbol}\`` : '', range(option), String(option.default), option.doc]);
  return [
    `## ${entry.label} (\`${id}\`)`,
    `${entry.title}. ${entry.paper}.`,
    ['```', ...entry.equations, '```'].join('\n'),
    '### Known differences from the paper and its code',
    entry.differs.length > 0 ? entry.differs.map((line) => `- ${line}`).join('\n') : 'None.',
    ...(entry.relevance ? ['### Heat map', entry.relevance] : []),
    '### Losses',
    terms.length > 0 ? table(['Term', 'Symbol', 'Meaning'], terms) : 'None.',
    '### Options',
    table(['Option', 'Symbol', 'Range', 'Default', 'Meaning'], options),
    ...(entry.presets ? ['### Presets', table(['Preset', 'Sets', 'Meaning'], Object.entries(entry.presets).map(([name, preset]) => [`\`${name}\``, Object.entries(preset.options).map(([key, value]) => `\`${key}\` = ${value}`).join(', '), preset.doc]))] : []),
  ].join('\n\n');
}

function choiceSection(title: string, about: string, choices: Readonly<Record<string, ChoiceWords>>): string {
  return [`## ${title}`, about, table(['Choice', 'Meaning'], Object.entries(choices).map(([choice, { doc }]) => [`\`${choice}\``, doc]))].join('\n\n');
}

function preparationSection(steps: Readonly<Record<string, PreparationEntry>>): string {
  const rows = Object.entries(steps).map(([id, { doc, options }]) => [`\`${id}\``, doc, Object.entries(options).map(([key, option]) => `\`${key}\` (${range(option)}; ${option.default})`).join(', ')]);
  return ['## Preparation', 'Steps before a method runs, in the order given; then the data is standardised. Gaps stay gaps unless a step says otherwise. Ranges and sentinels ahead of all other steps apply before cells are hidden, and what they call missing is filled; no other step sees hidden cells.', table(['Step', 'Meaning', 'Options (range; default)'], rows)].join('\n\n');
}

function range(option: OptionSpec): string {
  if (option.kind === 'choice') return option.choices.join(', ');
  if (option.kind === 'boolean') return 'yes or no';
  return `${option.min} to ${option.max}${option.unit ? ` ${option.unit}` : ''}`;
}

function link(path: string): string {
  return `[${path.slice(path.lastIndexOf('/') + 1)}](../${path})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
