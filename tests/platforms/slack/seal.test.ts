import { expect, test } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { createSeal } from '../../../src/platforms/slack/seal.ts';

const seal = createSeal('a secret of this test alone');

test('what was closed opens, and looks different each time', () => {
  const [one, two] = [seal.close('xoxb-token', 'T1'), seal.close('xoxb-token', 'T1')];
  expect(one).not.toBe(two);
  expect(one).not.toContain('xoxb');
  expect([seal.open(one, 'T1'), seal.open(two, 'T1')]).toEqual(['xoxb-token', 'xoxb-token']);
});

test('it opens with no other secret, for no other workspace, and not when a byte was changed', () => {
  const sealed = seal.close('xoxb-token', 'T1');
  const [version, iv, tag, body] = sealed.split('.');
  const changed = [version, iv, tag, `${body![0] === 'A' ? 'B' : 'A'}${body!.slice(1)}`].join('.');
  expect(() => createSeal('another secret of tests').open(sealed, 'T1')).toThrow(UserError);
  expect(() => seal.open(sealed, 'T2')).toThrow(/does not open with this TUMEN_SECRET/);
  expect(() => seal.open(changed, 'T1')).toThrow(UserError);
  expect(() => seal.open('plain text', 'T1')).toThrow(UserError);
});
