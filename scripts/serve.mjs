/**
 * A static server for the built app: own files only, each with its security headers.
 * Alone: `node scripts/serve.mjs`, on PORT (4173) and HOST (localhost).
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, SetupError, stopWith } from './setup.mjs';
import { headersFor } from './servePolicy.mjs';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv; charset=utf-8',
  '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The file a request path names, or null when it names none or leaves the folder.
 * @param {string} folder @param {string} url
 */
export function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0]);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) return null;
  return file;
}

/**
 * Serves a folder until closed.
 * @param {{ folder?: string, port?: number, host?: string }} [options] `port` 0 takes any free one
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export function serve({ folder = join(root, 'dist'), port = 4173, host = 'localhost' } = {}) {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    const file = fileOf(folder, request.url ?? '/');
    if (file === null) {
      return response.writeHead(404, { ...headersFor('/404'), 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    }
    const path = file.slice(folder.length).split(sep).join('/');
    response.writeHead(200, {
      ...headersFor(path),
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') return response.end();
    return createReadStream(file).on('error', () => response.destroy()).pipe(response);
  });
  return new Promise((done, fail) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') fail(new SetupError(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`));
      else if (error.code === 'EACCES') fail(new SetupError(`Port ${port} may not be opened by this user. Choose one above 1023: PORT=4173 npm start`));
      else fail(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      const open = typeof address === 'object' && address ? address.port : port;
      done({ url: `http://${host}:${open}`, close: () => new Promise((closed) => { server.close(() => closed()); server.closeAllConnections(); }) });
    });
  });
}

/** PORT and HOST of the environment, checked. */
export function chosenAddress() {
  const given = process.env.PORT ?? '4173';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new SetupError(`PORT must be a whole number from 0 to 65535, and is "${given}".`);
  return { port, host: process.env.HOST ?? 'localhost' };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  Promise.resolve().then(() => serve(chosenAddress())).then(({ url }) => console.log(url), stopWith);
}
