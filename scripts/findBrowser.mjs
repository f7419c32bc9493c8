/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { run, SetupError } from './setup.mjs';

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];

/** What every test browser is started with: WebGPU on the software adapter, and no traffic of the browser's own. */
export const browserArgs = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

function* candidates() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) for (const name of names) yield join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  if (process.platform === 'darwin') {
    for (const app of ['Google Chrome', 'Chromium']) yield `/Applications/${app}.app/Contents/MacOS/${app}`;
  }
  if (process.platform === 'win32') {
    for (const folder of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
      if (folder) yield join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe');
    }
  }
  const own = playwrightsOwn();
  if (own !== null) yield own;
}

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  } catch {
    return null;
  }
}

/** Some systems put a stub in the browser's place that only says what to install. @param {string} path */
function starts(path) {
  if (!existsSync(path)) return false;
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

/** The path of a Chromium: CHROME_PATH, else the system's, else Playwright's own; null when there is none. */
export function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (starts(chosen)) return chosen;
    throw new SetupError(`CHROME_PATH is "${chosen}", and no browser starts there. Correct it, or unset it to let one be found.`);
  }
  for (const path of candidates()) if (starts(path)) return path;
  return null;
}

/** Finds a Chromium, installing one when there is none: Debian's package when root on Debian, else Playwright's own. */
export async function getBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  if (isDebian() && process.getuid?.() === 0) {
    console.log('Installing Chromium (apt-get install chromium) …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, minutes: 5 });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, minutes: 10 });
  }
  if (findBrowser() === null) {
    console.log('Installing Chromium (playwright install chromium) …');
    await run('playwright', ['install', 'chromium'], { minutes: 10 });
  }
  const got = findBrowser();
  if (got !== null) return got;
  throw new SetupError('The browser tests need a Chromium, and none could be found or installed. Install Chrome or Chromium (Debian: apt-get install chromium), or set CHROME_PATH to one.');
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8')) && !/^ID=ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
