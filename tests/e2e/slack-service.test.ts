import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import type { SeededService } from '../fakes/seeded-service.ts';
import { ADMIN, MEMBER, type SlackMessage, type SlackServer } from '../fakes/slack-server.ts';
import { type SlackService, startSlackService } from '../fakes/slack-service.ts';

/** Channels of this test, each for one way of posting. */
const [THREADED, EDITED, REPLIED, ALERTED, OTHER] = ['threaded', 'edited', 'replied', 'alerted', 'other'].map(
  (name) => `C0${name.toUpperCase()}`,
) as [string, string, string, string, string];
const WORDS = 'treaty OR clause OR troops OR shells OR train';

let slack: SlackService;
let server: SlackServer;
let service: SeededService;
beforeAll(async () => {
  slack = await startSlackService();
  ({ server, service } = slack);
  for (const id of [THREADED, EDITED, REPLIED, ALERTED, OTHER])
    server.channels.set(id, { name: id.slice(2).toLowerCase(), member: true, archived: false, messages: [] });
}, 60_000);
afterAll(() => slack.close());
afterEach(() => {
  expect(server.violations).toEqual([]);
});

const messagesIn = (channel: string): SlackMessage[] => server.channels.get(channel)?.messages ?? [];
const dmOf = (user: string) => messagesIn(`D${user}`);
const pausedIn = async (channel: string) =>
  (await service.core.store.destinations.find('slack', channel))?.paused?.why ?? null;

/** Schedules a digest that is due in a minute. */
async function schedule(channel: string, options = ''): Promise<string> {
  const time = new Date(service.core.now() + 60_000).toISOString().slice(11, 16);
  const seen = await server.type(`digest schedule ${time} zone:UTC ${options} <#${channel}|x>`, ADMIN);
  return readSlack(seen.messages);
}

async function minutesPass(minutes = 1): Promise<void> {
  service.wait(minutes * 60_000 + 5_000);
  await service.deliver();
}

describe('a digest', () => {
  test('comes at its hour: headlines in the channel, stories in the thread, where that is wanted', async () => {
    expect(await schedule(THREADED, 'thread:yes')).toContain('The digest is scheduled.');
    await minutesPass();
    const [parent, ...thread] = messagesIn(THREADED);
    expect(readSlack(parent)).toMatch(/^Russia–North Korea\n.*feeds read\n• NEW {2}Putin and Kim sign/s);
    expect(buttonsOf(parent)).toEqual([]);
    expect(thread.length).toBeGreaterThan(0);
    for (const message of thread) expect(message.thread_ts).toBe(parent!.ts);

    const why = buttonsOf(thread[0]).find(({ text }) => text.text === 'Why')!;
    const answered = await server.pressOn(thread[0]!, why, MEMBER);
    expect(answered.messages[0]!.thread_ts).toBe(parent!.ts);
    expect(readSlack(answered.messages)).toContain('It belongs to story');
  });

  test('its message shortcuts work, on the headlines and on the stories', async () => {
    const [parent, story] = messagesIn(THREADED);
    for (const message of [parent!, story!]) {
      const asked = await server.shortcut('message:why', message);
      expect(readSlack(asked.messages)).toContain('Which story?');
      const [first] = buttonsOf(asked.messages);
      expect(readSlack((await server.press(first!, MEMBER)).messages)).toMatch(/sample-|relevant/i);
    }
    const followed = await server.shortcut('message:story.follow', parent!);
    const [first] = buttonsOf(followed.messages);
    expect(readSlack((await server.press(first!, MEMBER)).messages)).toContain('You will be told when story');
  });

  test('a button of a story that is gone, or of a command that is, says so', async () => {
    const stale = (path: string, options: object) => ({
      action_id: `run:${path}:x`,
      type: 'button',
      value: JSON.stringify({ path, options }),
    });
    const gone = await server.press(stale('story show', { story: 424_242 }), MEMBER);
    expect(readSlack(gone.messages)).toContain('424242');
    const verb = await server.press(stale('story tell', { story: 4 }), MEMBER);
    expect(readSlack(verb.messages)).toContain('There is no command “story tell”');
    const broken = await server.press({ action_id: 'run:why:x', type: 'button', value: '{' }, MEMBER);
    expect(readSlack(broken.messages)).toContain('/tumen help');
  });

  test('of a channel that Slack holds back waits, the others go out', async () => {
    await schedule(OTHER);
    // No digest of theirs is due the next morning: what is new comes as an update.
    await schedule(EDITED, 'updates:edit days:wed');
    await schedule(REPLIED, 'updates:thread days:wed');
    server.fail('chat.postMessage', { status: 429, headers: { 'retry-after': '1' }, channel: OTHER });
    await minutesPass();
    expect(messagesIn(EDITED).length).toBeGreaterThan(0);
    expect(messagesIn(REPLIED).length).toBeGreaterThan(0);
    await minutesPass();
    const headers = messagesIn(OTHER).filter((message) => /^Russia–North Korea\n/.test(readSlack(message)));
    expect(headers).toHaveLength(1);
  });
});

describe('the next morning', () => {
  test('alerts come by direct message and into a channel, and their notifications say so', async () => {
    const own = await server.type(`subscribe ${WORDS}`, MEMBER);
    expect(readSlack(own.messages)).toContain('Subscribed.');
    await server.type(`subscribe ${WORDS} <#${ALERTED}|alerted>`, ADMIN);
    await service.nextRound();
    // An alert waits a little for the other reports of its story.
    await minutesPass(15);
    for (const alerts of [dmOf(MEMBER), messagesIn(ALERTED)]) {
      expect(alerts.length).toBeGreaterThan(0);
      expect(alerts[0]!.text).toMatch(/^Alert for “treaty OR clause/);
      expect(readSlack(alerts[0])).toMatch(/Matched: .* → .*\[Follow\]/s);
    }
    const asked = await server.shortcut('message:story.follow', messagesIn(ALERTED)[0]!, MEMBER);
    expect(readSlack(asked.messages)).toMatch(/You will be told when story|Which story/);
  });

  test('what is new of a story is put into its message, or under it in a thread', async () => {
    const edits = server.callsOf('chat.update').filter(({ channel }) => channel === EDITED);
    expect(edits.length).toBeGreaterThan(0);
    expect(JSON.stringify(edits[0]!.blocks)).toContain('UPDATED');
    const first = messagesIn(REPLIED)[0]!;
    const replies = messagesIn(REPLIED).filter(({ thread_ts }) => thread_ts !== undefined);
    expect(replies.length).toBeGreaterThan(0);
    expect(readSlack(replies[0])).toContain('UPDATED');
    expect(messagesIn(REPLIED).map(({ ts }) => ts)).toContain(replies[0]!.thread_ts);
    expect(first.thread_ts).toBeUndefined();
  });
});

describe('what stops a channel', () => {
  test('tumen was removed from it: it is paused, and who set it up is told how to go on', async () => {
    server.channels.get(OTHER)!.member = false;
    await schedule(THREADED);
    service.wait(24 * 3_600_000);
    await service.deliver();
    expect(await pausedIn(OTHER)).toBe('not-allowed');
    await service.deliver();
    const told = readSlack(dmOf(ADMIN));
    expect(told).toMatch(/tumen cannot post (?:to|in) #other any more/);
    expect(told).toContain('/tumen digest resume');
    expect(told).toContain('/invite @tumen');
  });

  test('it is gone, or the token is refused', async () => {
    await schedule(EDITED);
    await schedule(REPLIED);
    server.channels.delete(EDITED);
    server.fail('chat.postMessage', { error: 'token_revoked', channel: REPLIED });
    await minutesPass();
    expect(await pausedIn(EDITED)).toBe('target-gone');
    expect(await pausedIn(REPLIED)).toBe('unauthorized');
  });
});
