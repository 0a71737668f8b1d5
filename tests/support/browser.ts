import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { assertBuilt } from '../../dev/strapi/assert-built';
import { click } from './browser-mouse';
import { addressOf } from './services';

const root = path.resolve(__dirname, '..', '..');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  // The panel asks the internet for news of Strapi; a test depends on nothing outside this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export interface OpenBrowser {
  page: Page;
  /** What went wrong in the page so far: script errors, `console.error`, and answers 500 and above with their URL. */
  complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens Chromium, without a window, on a profile that is thrown away. Needs the `chromium` service. */
export const openBrowser = async (): Promise<OpenBrowser> => {
  const browser = await chromium.launch({ executablePath: addressOf('chromium'), args: flags });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    const aboutRequest = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !aboutRequest) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  return { page, complaints, close: () => browser.close() };
};

/** Logs in at Strapi's own form; resolves when the admin panel shows its menu. */
export const logIn = async (page: Page, url: string, email: string, password: string): Promise<void> => {
  assertBuilt(['panel']);
  await page.goto(`${url}/admin/auth/login`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await click(page.locator('button[type=submit]'));
  await page.getByRole('navigation').first().waitFor();
};

/**
 * Writes `<name>.png`. With UPDATE_PICTURES=1 into `docs/pictures`, so that the pictures of the guides come from the
 * tests that prove them; otherwise into `.cache/pictures`, so that a test run changes nothing in the checkout.
 */
export const screenshot = async (page: Page, name: string): Promise<string> => {
  const folder = process.env.UPDATE_PICTURES === '1' ? 'docs/pictures' : '.cache/pictures';
  const file = path.join(root, folder, `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  // Notifications come and go by themselves.
  const style = '[data-sonner-toaster] { visibility: hidden }';
  await page.screenshot({ path: file, animations: 'disabled', style });
  return file;
};
