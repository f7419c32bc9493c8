import type { BrowserContext, Page } from '@playwright/test';

/** What a page did that it should not do: requests elsewhere, broken policies, errors. */
export interface Ledger {
  /** Every address asked for, those of own static files included. */
  requests: string[];
  foreign: string[];
  violations: string[];
  errors: string[];
}

/** Refuses and records every request that is not for an own static file, and records errors and broken policies. */
export async function keepLedger(context: BrowserContext, page: Page, origin: string): Promise<Ledger> {
  const ledger: Ledger = { requests: [], foreign: [], violations: [], errors: [] };
  const own = (address: string): boolean => address.startsWith(`${origin}/`) || /^(blob|data):/.test(address);
  context.on('request', (request) => {
    ledger.requests.push(request.url());
    if (!own(request.url()) || request.method() !== 'GET') ledger.foreign.push(`${request.method()} ${request.url()}`);
  });
  await context.route((url) => !own(url.href), (route) => route.abort());
  page.on('websocket', (socket) => ledger.foreign.push(socket.url()));
  page.on('popup', (popup) => ledger.foreign.push(`popup ${popup.url()}`));
  page.on('dialog', (dialog) => {
    // The question before a long run is closed: the test leaves.
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    ledger.errors.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => ledger.errors.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) ledger.violations.push(message.text());
    else if (message.type() === 'error') ledger.errors.push(message.text());
  });
  return ledger;
}
