/**
 * What both commands need before anything is installed: a new enough Node, the packages of the lockfile,
 * and the built app. Imports nothing but Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A reason to stop that a person can act on: printed without a stack. */
export class SetupError extends Error {}

/** Ends the process with code 1 and the message of a SetupError, or the stack of anything else. @param {unknown} error */
export function stopWith(error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exit(1);
}

const oldestNode = [20, 19];

/** Throws when Node is older than Lacuna can run on. @param {string} version as in `process.versions.node` */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupError(`Lacuna needs Node ${oldestNode.join('.')} or newer, and this is Node ${version}. Get a newer one from https://nodejs.org and run the command again.`);
}

/** The packages of the lockfile that are absent from node_modules or have another version. @param {string} folder */
export function missingPackages(folder = root) {
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const listFile = join(folder, 'node_modules', '.package-lock.json');
  const present = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')).packages : {};
  return Object.keys(wanted).filter((path) => {
    if (path === '' || wanted[path].optional || wanted[path].devOptional || wanted[path].peer) return false;
    return present[path]?.version !== wanted[path].version;
  });
}

/** Installs the packages of the lockfile if any is missing. No package runs a script of its own. */
export async function install() {
  if (missingPackages().length === 0) return;
  console.log('Installing packages (npm ci --ignore-scripts) …');
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code === 0) return;
  throw new SetupError(`npm could not install the packages (exit code ${code}; its own words are above). Check the network connection and the free disk space, then run the command again.`);
}

const builtFrom = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'scripts/buildWasm.ts', 'scripts/servePolicy.mjs'];

/** Whether dist is newer than everything it is built from (a deleted file shows in its folder). @param {string} folder */
export function isBuilt(folder = root) {
  const page = join(folder, 'dist', 'index.html');
  return existsSync(page) && statSync(page).mtimeMs >= newest(builtFrom.map((name) => join(folder, name)));
}

/** @param {string[]} paths @returns {number} the latest change in milliseconds, folders and what they hold included */
function newest(paths) {
  return Math.max(
    ...paths.filter(existsSync).map((path) => {
      const found = statSync(path);
      if (!found.isDirectory()) return found.mtimeMs;
      return Math.max(found.mtimeMs, newest(readdirSync(path).filter((name) => !name.includes('.test.')).map((name) => join(path, name))));
    }),
    0,
  );
}

/** Compiles the WASM kernels and builds the app when a source changed. */
export async function build() {
  if (isBuilt()) return;
  console.log('Building …');
  const compiled = await run('tsx', ['scripts/buildWasm.ts']);
  if (compiled !== 0) throw new SetupError(`The WASM kernels did not compile (exit code ${compiled}; the compiler's words are above).`);
  const code = await run('vite', ['build', '--logLevel', 'warn']);
  if (code !== 0) throw new SetupError(`The build failed (exit code ${code}; its own words are above).`);
}

/**
 * Runs a command in the root, its output passed on and no input, and resolves to its exit code.
 * @param {string} command `npm`, or a script of node_modules/.bin, or a program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, minutes?: number }} [options] `minutes`: stopped with code 124 after that
 * @returns {Promise<number>}
 */
export function run(command, args, { env = {}, minutes } = {}) {
  const [program, first] = resolveCommand(command);
  return new Promise((done) => {
    const child = spawn(program, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    });
    let late = false;
    const timer = minutes && setTimeout(() => { late = true; stopTree(child.pid); }, minutes * 60_000);
    const interrupt = () => { stopTree(child.pid); process.exit(130); };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer || undefined);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      done(late ? 124 : code);
    };
    child.on('error', (error) => { console.error(`${command}: ${error.message}`); finish(127); });
    child.on('exit', (code) => finish(code ?? 1));
  });
}

/** @param {string} command @returns {[string, string[]]} */
function resolveCommand(command) {
  if (command === 'npm') {
    const own = process.env.npm_execpath;
    if (own && /npm-cli\.c?js$/.test(own)) return [process.execPath, [own]];
    return process.platform === 'win32' ? ['cmd', ['/c', 'npm']] : ['npm', []];
  }
  if (command === 'node') return [process.execPath, []];
  const packageFolder = join(root, 'node_modules', command === 'playwright' ? '@playwright/test' : command === 'tsc' ? 'typescript' : command);
  if (!existsSync(join(packageFolder, 'package.json'))) return [command, []];
  const { bin } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return [process.execPath, [join(packageFolder, typeof bin === 'string' ? bin : bin[command])]];
}

/** @param {number | undefined} pid */
function stopTree(pid) {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else try { process.kill(-pid, 'SIGKILL'); } catch { /* it has ended */ }
}
