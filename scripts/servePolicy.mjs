/**
 * The security headers of every file, for our own server, for static hosts (`dist/_headers`) and, as far as a
 * meta tag can carry them, for hosts that send none. A worker does not obey the policy of the page that starts
 * it, only the one its own file is served with; so every script carries a policy.
 */

/** @param {Record<string, string>} directives */
const policy = (directives) => Object.entries(directives).map(([name, value]) => `${name} ${value}`).join('; ');

const page = {
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data: blob:",
  'style-src': "'self'",
  // plotly writes style attributes on the SVG it draws.
  'style-src-attr': "'unsafe-inline'",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const worker = { 'default-src': "'none'", 'script-src': "'self' 'wasm-unsafe-eval'", 'connect-src': "'none'" };

/** The one file that may eval: the tsne-js projection, which compiles its kernels from text. */
const reference = { ...worker, 'script-src': "'self' 'unsafe-eval'" };

/** @param {string} path of a file, from the root of the site */
function policyFor(path) {
  if (/\/reference\.worker[^/]*\.js$/.test(path)) return policy(reference);
  if (path.endsWith('.js')) return policy(worker);
  return policy({ ...page, 'frame-ancestors': "'none'" });
}

/** What makes a page cross-origin isolated, so that its threads may share memory. */
export const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** The headers a file is served with. @param {string} path from the root of the site, such as `/index.html` */
export function headersFor(path) {
  return {
    'Content-Security-Policy': policyFor(path),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...isolation,
  };
}

/** What a meta tag can hold of the page's policy. */
export const metaPolicy = policy(page);

/**
 * The `_headers` file that static hosts read. Each file has a rule of its own, as hosts join the policies of
 * rules that overlap. @param {string[]} files from the root of the site, without a leading slash
 */
export function headersFile(files) {
  const paths = ['/', ...files.map((file) => `/${file}`)];
  return paths.map((path) => [path, ...Object.entries(headersFor(path)).map(([name, value]) => `  ${name}: ${value}`)].join('\n')).join('\n\n') + '\n';
}
