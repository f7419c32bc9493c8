import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker as PageWorker } from '@playwright/test';
import { gappyTable } from './data';
import { expect, test } from './fixtures';

/** Texts that try to reach the network, run code, or break the page, wherever they are drawn. */
function hostileTexts(address: string): string[] {
  return [
    `<span style="background-image:url(${address}/span)">a</span>`,
    `<img src="${address}/img" onerror="alert(1)">`,
    `<a href="${address}/link" target="_blank">link</a>`,
    `<svg onload="fetch('${address}/svg')"></svg>`,
    `<style>@import url(${address}/style);</style>`,
    `&lt;img src=${address}/entity&gt;`,
    `&amp;lt;img src=${address}/double&amp;gt;`,
    `<b>bold</b> $\\href{${address}/tex}{x}$`,
    `javascript:alert(1)`,
    `"><script src="${address}/script"></script>`,
    `=HYPERLINK("${address}/formula")`,
    `\u202eright to left`,
  ];
}

test('a file of hostile texts is shown literally and asks nothing of anyone', async ({ workbench, page, ledger }) => {
  const canary = createServer((_request, response) => response.end());
  let hits = 0;
  canary.on('request', () => hits++);
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const texts = hostileTexts(address);
  const table = gappyTable({ ids: (i) => `${texts[i % texts.length]} ${i}` });
  const csv = table.csv.replaceAll('wave', `"${texts[0].replaceAll('"', '""')}"`).replace('t1,', `"${texts[1].replaceAll('"', '""')}",`);

  await workbench.open();
  await workbench.drop(`<img src=${address}/name onerror=alert(1)>.csv`, csv);
  await workbench.ready();
  await expect(workbench.panel('data')).toContainText(texts[1]);
  await expect(workbench.panel('data')).toContainText(`${texts[0]} 0`);

  await workbench.set('Epochs', 2);
  await workbench.train.click();
  await workbench.reaches('done');
  await workbench.go('Explore');
  await expect(workbench.panel('table')).toContainText(`${texts[0]} 0`);
  await workbench.panel('clusters').getByRole('button', { name: /^Cluster/ }).first().click();
  for (const drawing of await page.locator('.chart-plot').all()) await drawing.hover({ force: true });
  const files = await workbench.takeAway();
  expect(files['assignments.csv']).toContain(`'=HYPERLINK`);

  const strange = await page.evaluate((where) => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || (/^(href|src|srcset|action|poster|data|xlink:href|style)$/i.test(name) && value.includes(where))) found.push(`${element.tagName} ${name}=${value}`);
      }
      if (/^(SCRIPT|IFRAME|OBJECT|EMBED|IMG)$/.test(element.tagName) && !(element instanceof HTMLScriptElement && element.src.startsWith(location.origin)) && element.outerHTML.includes(where)) found.push(element.outerHTML);
    }
    return found;
  }, address);
  expect(strange).toEqual([]);
  expect(ledger.foreign).toEqual([]);
  expect(hits).toBe(0);

  // The canary sings when something does reach it.
  await fetch(address);
  expect(hits).toBe(1);
  canary.close();
});

test('no worker can reach another host', async ({ workbench, page, ledger }) => {
  const canary = createServer((_request, response) => response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' }).end('0'));
  let hits = 0;
  canary.on('request', () => hits++);
  canary.on('upgrade', (_request, socket) => {
    hits++;
    socket.destroy();
  });
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
  const port = (canary.address() as AddressInfo).port;

  await workbench.open({ query: '&threads=2' });
  await workbench.drop('gappy.csv', gappyTable().csv);
  await workbench.ready();
  await workbench.set('Epochs', 2);
  await workbench.train.click();
  await workbench.reaches('done');

  await expect.poll(() => page.workers().filter((worker) => /\/(engine|projector)\.worker-/.test(worker.url())).length).toBe(2);
  // a thread of WASM sleeps for good and answers nobody; its file has the policy of every script
  const workers = page.workers().filter((worker) => !/\/kernel\.worker-/.test(worker.url()));
  expect(workers.length).toBe(page.workers().length - 1);
  for (const worker of workers) expect(await attempts(worker, port), worker.url()).toEqual([]);
  expect(hits).toBe(0);

  // The attempts themselves: each was refused, and said so.
  expect(ledger.foreign.every((line) => line.includes(`127.0.0.1:${port}`))).toBe(true);
  for (const list of [ledger.foreign, ledger.violations, ledger.errors]) list.length = 0;
  canary.close();
});

/** The ways out that let something through, by name. */
function attempts(worker: PageWorker, port: number): Promise<string[]> {
  return worker.evaluate(async (at) => {
    const address = `http://127.0.0.1:${at}/`;
    const ways: Record<string, () => Promise<unknown>> = {
      fetch: () => fetch(address),
      'fetch without cors': () => fetch(address, { mode: 'no-cors' }),
      'fetch of an own file': () => fetch('/index.html'),
      XMLHttpRequest: () =>
        new Promise((done, fail) => {
          const request = new XMLHttpRequest();
          request.onload = done;
          request.onerror = fail;
          request.open('GET', address);
          request.send();
        }),
      WebSocket: () =>
        new Promise((done, fail) => {
          const socket = new WebSocket(address.replace('http', 'ws'));
          socket.onopen = done;
          socket.onerror = fail;
        }),
      EventSource: () =>
        new Promise((done, fail) => {
          const source = new EventSource(address);
          source.onopen = done;
          source.onerror = () => {
            source.close();
            fail(new Error('refused'));
          };
        }),
      importScripts: async () => (globalThis as unknown as { importScripts(url: string): void }).importScripts(address),
      import: () => import(address),
      eval: async () => (0, eval)('1'),
    };
    const through: string[] = [];
    for (const [name, way] of Object.entries(ways)) {
      try {
        await way();
        through.push(name);
      } catch {
        // refused, as it should be
      }
    }
    return through;
  }, port);
}

test('plotly shows no link and no cloud button', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', gappyTable().csv);
  await workbench.ready();
  await expect(page.locator('.js-plotly-plot').first()).toBeVisible();
  await expect(page.locator('.modebar-btn--logo, [data-title*="Chart Studio"], [data-title*="cloud" i], [data-title*="Share" i]')).toHaveCount(0);
  const outside = await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href).filter((href) => !href.startsWith(location.origin)));
  expect(outside).toEqual([]);
});

test('the journey goes on with the network cut after the page has loaded', async ({ workbench, context }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', gappyTable().csv);
  await workbench.ready();
  await workbench.go('Explore');
  await workbench.set('Epochs', 2);
  await workbench.page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await workbench.train.click();
  await workbench.reaches('done');
  expect(Object.keys(await workbench.takeAway())).toHaveLength(5);
});

test('the address and the console hold no value of the file', async ({ workbench, page }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await workbench.open();
  await workbench.drop('canary-name.csv', gappyTable({ ids: (i) => `canary-id-${i}` }).csv.replaceAll('wave', 'canary-label'));
  await workbench.ready();
  await workbench.set('Epochs', 2);
  await workbench.train.click();
  await workbench.reaches('done');
  expect(said.join('\n')).not.toContain('canary');
  expect(page.url()).not.toContain('canary');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('canary');
});
