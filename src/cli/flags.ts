import { MOST_HIDDEN } from '../core/catalog';

interface Flag {
  type: 'string' | 'boolean';
  multiple?: boolean;
  /** Placeholder of the value. */
  value?: string;
  doc: string;
}

/** Every flag of the command line; the help text and the parser are made from this table. */
export const flags: Readonly<Record<string, Flag>> = {
  method: { type: 'string', value: 'NAME', doc: 'Clustering method. Default: crli.' },
  clusters: { type: 'string', value: 'K', doc: 'Number of clusters. Required.' },
  seed: { type: 'string', value: 'N', doc: 'Same seed, file and backend: same result. Default: 1.' },
  epochs: { type: 'string', value: 'N', doc: 'Passes over all series. Default: as many as make the updates that the method takes (300 to 1000), at least 10.' },
  backend: { type: 'string', value: 'auto|wasm|cpu', doc: 'What computes. Default: auto.' },
  threads: { type: 'string', value: 'N', doc: 'Threads of WASM; the result is that of one. Default: the cores, up to 4.' },
  out: { type: 'string', value: 'DIR', doc: 'Folder for the files; made if it does not exist. Default: the current folder.' },
  json: { type: 'boolean', doc: 'Also print run.json on standard output.' },
  preset: { type: 'string', value: 'NAME', doc: 'Options set together, for an ablation or a size, see below. --option comes on top.' },
  option: { type: 'string', multiple: true, value: 'key=value', doc: 'An option of the method, see below. May be repeated.' },
  standardise: { type: 'string', value: 'none|perSeries|perVariable|global|robust', doc: 'Scaling before training; robust: median and quartiles of each variable. Default: perVariable.' },
  prepare: { type: 'string', multiple: true, value: 'STEP[:key=value…],…', doc: 'Steps before scaling, in order, see below. For example detrend,smooth:filter=gaussian:width=2. May be repeated.' },
  hide: { type: 'string', value: 'SHARE', doc: `Share of the observed cells hidden from training to measure the imputation, from 0, which hides none, to ${MOST_HIDDEN}. Default: 0.1.` },
  'hide-mechanism': { type: 'string', value: 'cells|blocks|channels|observed|value', doc: 'Hidden are single cells, blocks of a tenth of the steps, whole variables of a series, or cells that depend on the first variable (or the time), or on their own value. Default: cells.' },
  sweep: { type: 'string', value: 'FROM-TO', doc: 'Try every K from FROM to TO; prints a table and writes sweep.json. No label is read.' },
  'sweep-on': { type: 'string', value: 'latents|series|method', doc: 'What the sweep clusters: the latents after the run by k-means; or, in place of the run, the prepared series by k-means, or the series by the method, run anew for each K and seed. Default: latents.' },
  'sweep-repeats': { type: 'string', value: 'N', doc: 'Seeds of each K, and pairs of halves of the data. Default: 5, for method 3.' },
  grid: { type: 'string', value: 'key=A,B:key=C,D', doc: 'In place of one run, run every combination of these options with the same seed, for example layers=1,2:hiddenUnits=50,100; prints a table and writes grid.csv.' },
  map: { type: 'string', value: 'tsne|umap|pca', doc: 'How the latents are laid out for x and y of assignments.csv; UMAP takes up to 5,000 series. Default: tsne, pca above 200,000 series.' },
  exclude: { type: 'string', multiple: true, value: 'ID', doc: 'A series to leave out, by its id. May be repeated.' },
  label: { type: 'string', value: 'COLUMN', doc: 'Column of the labels, by name or number from 1; "none" for no labels. Default: as detected.' },
  layout: { type: 'string', value: 'wide|wideByColumn|long', doc: 'One series a row, one series a column, or one step a row. Default: as detected.' },
  delimiter: { type: 'string', value: 'CHARACTER', doc: 'One of , ; | tab " ". Default: as detected.' },
  decimal: { type: 'string', value: '.|,', doc: 'Decimal mark. Default: as detected.' },
  'date-order': { type: 'string', value: 'dayFirst|monthFirst', doc: 'What comes first in dates such as 03/04/2024. Default: judged by the dates.' },
  'serial-dates': { type: 'string', value: '1900|1904', doc: 'Times that are numbers are dates as Excel keeps them, days since that year. Default: plain numbers.' },
  encoding: { type: 'string', value: 'NAME', doc: 'utf-8, utf-16le, utf-16be or euc-kr. Default: as detected.' },
  missing: { type: 'string', multiple: true, value: 'TEXT', doc: 'A text that means "missing", besides the usual ones (empty, NA, NaN, null, -, ? …). May be repeated.' },
  sentinel: { type: 'string', multiple: true, value: 'NUMBER', doc: 'A number that means "missing", for example -999. May be repeated.' },
  'min-coverage': { type: 'string', value: 'SHARE', doc: 'Leave out series of whose cells less than this share is observed, with a note that names them. Default: 0.' },
  ends: { type: 'string', value: 'outside|gaps', doc: 'Empty cells at the ends: the series starts late or ends early, or gaps. Default: as detected.' },
  help: { type: 'boolean', doc: 'Print this text.' },
};
