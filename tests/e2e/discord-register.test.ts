import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { DiscordServer, GUILD, TOKEN } from '../fakes/discord-server.ts';

let server: DiscordServer;
let home: string;
beforeEach(async () => {
  server = await DiscordServer.start();
  home = await mkdtemp(join(tmpdir(), 'tumen-'));
});
afterEach(async () => {
  await server.close();
  await rm(home, { recursive: true });
});

async function register(args: string[], env: Record<string, string> = {}) {
  const stderr = new PassThrough();
  const code = await runCli(['discord', 'register', ...args], {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    env: { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.apiUrl, TUMEN_HOME: home, ...env },
    signal: new AbortController().signal,
  });
  return { code, said: String(stderr.read() ?? '') };
}

test('all commands are registered, everywhere or in one server', async () => {
  const { code, said } = await register([]);
  expect(said).toMatch(/commands registered for tumen\./);
  expect(code).toBe(0);
  expect(server.commands.get('global')!.map((command) => command.name)).toContain('tumen');
  expect((await register(['--guild', GUILD])).code).toBe(0);
  expect(server.commands.get(GUILD)).toHaveLength(server.commands.get('global')!.length);
  expect(server.violations).toEqual([]);
});

test('a missing or refused token, or a wrong server id, is said with what to do', async () => {
  expect((await register([], { DISCORD_TOKEN: '' })).said).toContain('Set DISCORD_TOKEN');
  expect((await register([], { DISCORD_TOKEN: 'MTAw.other.one' })).said).toContain('Copy the token anew');
  const { code, said } = await register(['--guild', 'my-server']);
  expect(code).toBe(2);
  expect(said).toContain('Copy Server ID');
});
