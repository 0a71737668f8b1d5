import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logIn, openBrowser } from '../support/browser';
import type { OpenBrowser } from '../support/browser';
import { describeWith } from '../support/services';
import { firstAdmin } from '../../dev/strapi/strapi-admin';
import { startStrapiProcess } from '../../dev/strapi/strapi-process';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';

describeWith('chromium', 'the production build', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'email-connect-login-'));
  const tidying: (() => Promise<unknown>)[] = [];
  let strapi: StrapiProcess;
  let browser: OpenBrowser;

  beforeAll(async () => {
    strapi = await startStrapiProcess({ dir });
    tidying.push(strapi.stop);
    browser = await openBrowser();
    tidying.push(browser.close);
  }, 150_000);

  afterAll(async () => {
    for (const tidy of tidying.reverse()) await tidy();
    rmSync(dir, { recursive: true });
  });

  it('lets an admin log in and shows the panel without a script error', async () => {
    await logIn(browser.page, strapi.url, firstAdmin.email, firstAdmin.password);

    expect(await browser.page.getByText(`Hello ${firstAdmin.firstname}`).count()).toBeGreaterThan(0);
    expect(browser.complaints).toEqual([]);
  });

  it('refuses a wrong password', async () => {
    const answer = await fetch(`${strapi.url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: firstAdmin.email, password: 'not-the-password' }),
    });

    expect(answer.status).toBe(400);
  });
});
