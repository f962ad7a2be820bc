import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createInstallations } from '../../src/platforms/slack/installations.ts';
import { createSeal } from '../../src/platforms/slack/seal.ts';
import { openStore } from '../../src/store/open-store.ts';
import { run } from './run.ts';

const SECRET = 'a secret of this test alone, long enough';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tumen-doctor-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const examine = async (secrets: Record<string, string>) => {
  const config = resolve(import.meta.dirname, '../../config/tumen.yaml');
  const ran = await run(['doctor'], '', { TUMEN_CONFIG: config, TUMEN_HOME: home, ...secrets });
  return { code: ran.code, slack: ran.stdout.split('\n').filter((line) => / slack /.test(line)) };
};

test('says of workspaces that installed tumen whether their tokens open', async () => {
  const secrets = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c', SLACK_SIGNING_SECRET: 's' };
  expect(await examine(secrets)).toMatchObject({
    code: 1,
    slack: [expect.stringMatching(/^FAIL.*TUMEN_SECRET/)],
  });
  const own = { ...secrets, TUMEN_SECRET: SECRET };
  expect((await examine(own)).slack).toEqual([expect.stringMatching(/^ok .*no workspace yet/)]);

  const store = await openStore({ file: join(home, 'tumen.db') });
  const installed = createInstallations(store.settings, createSeal(SECRET), { joined: async () => {} });
  await installed.storeInstallation({ team: { id: 'T1' }, bot: { token: 'xoxb-1' } } as never);
  await store.close();
  expect((await examine(own)).slack).toEqual([expect.stringMatching(/^ok .*1 workspaces, all open/)]);
  const other = { ...secrets, TUMEN_SECRET: 'another secret, long enough' };
  expect(await examine(other)).toMatchObject({
    code: 1,
    slack: [expect.stringMatching(/^FAIL.*1 of 1 workspaces do not open with this TUMEN_SECRET: set the/)],
  });
});
