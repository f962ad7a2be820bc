import { expect, it } from 'vitest';
import { createLog } from '../../src/config/create-log.ts';
import { loadConfig } from '../../src/config/load-config.ts';

function logged(error: unknown): { text: string; err: Record<string, unknown> } {
  let text = '';
  const config = loadConfig({
    DISCORD_TOKEN: 'discord-token-1',
    LLM_BASE_URL: 'http://127.0.0.1/v1',
    LLM_API_KEY: 'llm-key-2',
    DATABASE_URL: 'postgres://tumen:p%40ssword3@db/tumen',
  });
  const log = createLog(config, {
    write: (line) => {
      text += line;
    },
  });
  log.error({ err: error, url: 'https://host/?key=discord-token-1' }, 'job failed');
  return { text, err: JSON.parse(text).err };
}

it('keeps what happened and leaves out what libraries hang on their errors', () => {
  const request = { headers: { authorization: 'Bearer somebody' } };
  const cause = Object.assign(new Error('closed'), { request });
  const { text, err } = logged(Object.assign(new TypeError('no answer', { cause }), { code: 'E1', request }));
  expect(err).toMatchObject({
    type: 'TypeError',
    message: 'no answer',
    code: 'E1',
    cause: { message: 'closed' },
  });
  expect(err.stack).toContain('create-log.test');
  expect(text).not.toContain('somebody');
});

it('names what failed together', () => {
  const { err } = logged(new AggregateError([new Error('first'), new Error('second')], '2 failed'));
  expect(err.errors).toMatchObject([{ message: 'first' }, { message: 'second' }]);
});

it('strikes out every secret of the configuration, wherever it stands', () => {
  const { text } = logged(new Error('llm-key-2 was refused by tumen:p%40ssword3 and p@ssword3'));
  for (const secret of ['discord-token-1', 'llm-key-2', 'p%40ssword3', 'p@ssword3'])
    expect(text).not.toContain(secret);
  expect(text).toContain('job failed');
});
