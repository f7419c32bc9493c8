import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join(import.meta.dirname, '../node_modules/.cache/bench-peers');

/**
 * The address of a file of an npm package that only a bench uses, fetched into a folder of its own, since its licence
 * or its needs keep it out of ours; null where it cannot be had.
 */
export function peerPackage(name: string, version: string, file: string): string | null {
  const at = join(FOLDER, 'node_modules', name, file);
  if (!existsSync(at)) spawnSync('npm', ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`]);
  return existsSync(at) ? pathToFileURL(at).href : null;
}
