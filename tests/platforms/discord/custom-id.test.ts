import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMarker,
  carriesMarker,
  decodeCustomId,
  encodeCustomId,
  LongCalls,
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
      const long = new LongCalls();
      const text = encodeCustomId({ press: 'run', call: one, marker }, long);
      expect(text.length).toBeLessThanOrEqual(100);
      expect(decodeCustomId(text, long)).toEqual({ press: 'run', call: one, marker });
    }),
  );
});

test('a long call that is forgotten is no call', () => {
  const call = { path: 'news search', options: { query: 'x'.repeat(200) } };
  const text = encodeCustomId({ press: 'run', call, marker: null }, new LongCalls());
  expect(decodeCustomId(text, new LongCalls())).toBeNull();
});

test('the oldest long calls are forgotten first', () => {
  const long = new LongCalls(2);
  const keys = ['a', 'b', 'c'].map((query) => long.remember({ path: 'news search', options: { query } }));
  expect(keys.map((key) => long.recall(key)?.options.query ?? null)).toEqual([null, 'b', 'c']);
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
