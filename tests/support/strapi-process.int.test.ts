import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstAdmin } from '../../dev/strapi/strapi-admin';
import { startStrapiProcess } from '../../dev/strapi/strapi-process';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';

describe('a Strapi process', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'email-connect-process-'));
  let strapi: StrapiProcess;

  beforeAll(async () => {
    strapi = await startStrapiProcess({ dir });
  }, 150_000);

  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  const usersWith = (key: string) =>
    fetch(`${strapi.url}/api/users`, { headers: { authorization: `Bearer ${key}` } });

  it('has an admin who may call admin routes, while a stranger may not', async () => {
    const me = await strapi.admin.fetch('GET', '/admin/users/me');

    expect(await me.json()).toMatchObject({ data: { email: firstAdmin.email } });
    expect((await fetch(`${strapi.url}/admin/users/me`)).status).toBe(401);
  });

  it('gives API tokens with exactly the rights that were asked for', async () => {
    const everything = await strapi.admin.apiToken({ type: 'full-access' });
    const mayFind = await strapi.admin.apiToken({
      type: 'custom',
      permissions: ['plugin::users-permissions.user.find'],
    });
    const mayCount = await strapi.admin.apiToken({
      type: 'custom',
      permissions: ['plugin::users-permissions.user.count'],
    });

    expect((await usersWith(everything)).status).toBe(200);
    expect((await usersWith(mayFind)).status).toBe(200);
    expect((await usersWith(mayCount)).status).toBe(403);
  });

  it('finds its data again after a kill -9, and ends with 0 when it is asked to stop', async () => {
    const { pid } = strapi;
    await strapi.kill9();
    await expect(fetch(`${strapi.url}/_health`)).rejects.toThrow();

    strapi = await startStrapiProcess({ dir });
    expect(strapi.pid).not.toBe(pid);
    expect((await strapi.admin.fetch('GET', '/admin/users/me')).status).toBe(200);
    expect(strapi.logs()).toContain('Strapi started successfully');
    expect(await strapi.stop()).toBe(0);
  }, 150_000);

  it('says what the server wrote when it does not come up', async () => {
    const broken = startStrapiProcess({
      dir: path.join(dir, 'broken'),
      env: { DATABASE_CLIENT: 'no-such-client' },
    });

    await expect(broken).rejects.toThrow(/strapi start ended with 1:[^]*no-such-client/);
  });
});
