import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMarker,
  carriesMarker,
  decodeCustomId,
  encodeCustomId,
  type LongCalls,
  longCallKey,
} from '../../../src/platforms/discord/custom-id.ts';

test('a call comes back as it went in, whatever its values hold', () => {
  const call = fc.record({
    path: fc.constantFrom('story follow', 'why', 'tumen settings'),
    options: fc.dictionary(fc.stringMatching(/^[a-z-]{1,10}$/), fc.string({ minLength: 1, maxLength: 300 }), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  });
  fc.assert(
    fc.property(call, fc.option(fc.string({ minLength: 1, maxLength: 24 })), (one, marker) => {
      const long: LongCalls = new Map();
      const text = encodeCustomId({ press: 'run', call: one, marker }, long);
      expect(text.length).toBeLessThanOrEqual(100);
      const key = longCallKey(text);
      expect(long.size).toBe(key === null ? 0 : 1);
      const kept = key === null ? null : long.get(key)!;
      expect(decodeCustomId(text, kept)).toEqual({ press: 'run', call: one, marker });
    }),
  );
});

test('a long call that is forgotten is no call', () => {
  const call = { path: 'news search', options: { query: 'x'.repeat(200) } };
  expect(decodeCustomId(encodeCustomId({ press: 'run', call, marker: null }))).toBeNull();
});

test('only an id of ours with a hash in it has the key of a long call', () => {
  expect(longCallKey('!#abc~marker')).toBe('abc');
  for (const text of ['!why|story=1', '!why|query=\\#abc', '#abc', 'x#abc'])
    expect(longCallKey(text)).toBeNull();
});

test('a marker is found whole, not as the end or beginning of another', () => {
  const id = addMarker('!why|story=1', 't.abc.1');
  const components = [{ type: 1, components: [{ type: 2, custom_id: id }] }];
  expect(carriesMarker(components, 't.abc.1')).toBe(true);
  for (const other of ['t.abc.11', 'bc.1', 't.abc.', 'abc.1'])
    expect(carriesMarker(components, other)).toBe(false);
});

test('what is none of ours is none', () => {
  for (const text of ['', 'x', 'page:2', '%', '{"a":1}']) expect(decodeCustomId(text)).toBeNull();
});
