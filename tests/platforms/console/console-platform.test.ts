import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { createConsolePublisher } from '../../../src/platforms/console/console-platform.ts';
import { openHistory } from '../../../src/platforms/console/history.ts';
import { describePlatform, partOf } from '../../contracts/platform.contract.ts';
import { sampleDestination } from '../../fakes/sample-destination.ts';
import { sampleDigest } from '../../fakes/sample-digest.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-console-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const destination = {
  id: 1,
  paused: null,
  ...sampleDestination({ platform: 'console', scope: 'console:local', target: 'stdout' }),
};

function open() {
  const historyFile = join(folder, `history-${++files}.jsonl`);
  const printed: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      printed.push(chunk.toString());
      done();
    },
  });
  const publisher = createConsolePublisher({ out, historyFile, width: 80, color: false });
  return { publisher, printed, historyFile };
}

describePlatform('console', async () => {
  const { publisher, historyFile } = open();
  return {
    publisher,
    destination,
    standing: async () => (await openHistory(historyFile).read()).map((message) => message.messageId),
    arrange: () => {},
    faults: [],
    close: async () => {},
  };
});

const publish = async ({ publisher }: ReturnType<typeof open>, key: string) => {
  const [planned] = publisher.plan(sampleDigest(1), destination, (index) => `${key}:${index}`);
  const part = partOf(0, planned!);
  return { part, outcome: await publisher.publish(part, destination, new Map(), AbortSignal.timeout(1_000)) };
};

test('a digest is printed as text, once', async () => {
  const console = open();
  await publish(console, 'a');
  expect(console.printed).toHaveLength(1);
  expect(console.printed[0]).toContain('Ferry 1 carries its first passengers');
});

test('a line that a crash cut off hides neither what stood before nor what comes after', async () => {
  const console = open();
  const before = await publish(console, 'before');
  appendFileSync(console.historyFile, '\n{"messageId":"cut o');
  const after = await publish(console, 'after');
  for (const { part } of [before, after])
    expect((await console.publisher.find(part, destination, new Map(), 0)).kind).toBe('found');
});
