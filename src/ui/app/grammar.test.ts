/** Every English text that takes a count, with a count of one. */
import { expect, it } from 'vitest';
import { strings as clusters } from '../panels/clusters/strings';
import { strings as controls } from '../panels/controls/strings';
import { strings as data } from '../panels/data/strings';
import { strings as exporting } from '../panels/export/strings';
import { strings as gaps } from '../panels/gaps/strings';
import { strings as losses } from '../panels/losses/strings';
import { strings as map } from '../panels/map/strings';
import { strings as replay } from '../panels/replay/strings';
import { strings as scores } from '../panels/scores/strings';
import { strings as series } from '../panels/series/strings';
import { sharedStrings } from '../panels/shared/strings';
import { strings as sweep } from '../panels/sweep/strings';
import { strings as table } from '../panels/table/strings';
import { noticeTexts } from './noticeStrings';
import { sampleTexts } from './sampleStrings';
import { shell } from './strings';

const modules = { clusters, controls, data, exporting, gaps, losses, map, replay, scores, series, sharedStrings, sweep, table, noticeTexts, sampleTexts, shell };

/** Texts that are never shown for one: the caller has another text for it, or counts two at least. */
const neverOne = ['data.sentinelAsk', 'controls.clustersFromLabels', 'controls.moreEpochs', 'gaps.first', 'series.more', 'sweep.seedRuns', 'sweep.seedsFrom'];

const PLURAL = /(?<![\d.–]|\d,)1 (?:old |observed |changed )?(?:cells|classes|clusters|columns|epochs|rows|runs|seeds|settings|snapshots|steps|updates|values|variables)\b/;

const texts = Object.entries(modules).flatMap(([module, { en }]) => Object.entries(en).flatMap(([key, text]: [string, unknown]) => (typeof text === 'function' ? ([[`${module}.${key}`, text]] as const) : [])));

it.each(texts.filter(([name]) => !neverOne.includes(name)))('%s counts one as one', (_, text) => {
  // A text takes its count as a number or as its digits, and knows one of the two.
  const said = [1, '1'].map((one) => String(text(...Array.from({ length: text.length }, () => one))));
  expect(said).not.toSatisfy((both: string[]) => both.every((sentence) => PLURAL.test(sentence)));
});

it('knows a wrong plural when it sees one', () => {
  for (const wrong of ['1 cells; 1 update', 'with 1 epochs', '12 series × 1 steps', '1 observed cells (10 %)']) expect(wrong).toMatch(PLURAL);
  for (const right of ['1 cell', '11 cells', '0.1 steps', '1 step × 2 variables']) expect(right).not.toMatch(PLURAL);
});
