import { describe, expect, test } from 'vitest';
import { outletFromName } from '../../src/model/outlet.ts';
import { creditsOf, findOrigin, outletNames, sourceKey } from '../../src/stories/find-origins.ts';
import { signatureOf } from '../../src/text/signatures.ts';
import { tokenize } from '../../src/text/tokenize.ts';
import { replay } from './replay.ts';

const told = (id: number, outletName: string, title: string, text: string) => {
  const outlet = outletFromName(outletName);
  const terms = tokenize(`${title}\n${text}`).map((token) => token.term);
  return {
    id,
    originId: id,
    outlet: sourceKey(outlet),
    names: outletNames(outlet),
    ...creditsOf({ title, text, outlet }),
    signature: signatureOf(terms),
  };
};

describe('who first reported it', () => {
  test('in the annotated replay, 95% of same and of other origins are told right', () => {
    const { origins } = replay();
    const called = origins.filter((pair) => pair.found);
    const right = called.filter((pair) => pair.same).length;
    expect(right / called.length).toBeGreaterThanOrEqual(0.95);
    expect(right / origins.filter((pair) => pair.same).length).toBeGreaterThanOrEqual(0.95);
  });

  test.each([
    ['Bridge opened (Yonhap)', '(Seoul=Yonhap) The bridge was opened on Monday.', 'yonhap'],
    ['Мост открыт', 'По данным ТАСС, мост открыли в понедельник.', 'tass'],
    ['Мост открыт', 'Мост открыли в понедельник, сообщает РИА Новости.', 'ria-novosti'],
    ['Bridge opened', 'The bridge was opened, according to KCNA.', 'kcna'],
    ['다리 개통', '조선중앙통신은 다리가 개통됐다고 보도했다.', 'kcna'],
    ['橋が開通', '朝鮮中央通信によると、橋が開通した。', 'kcna'],
    ['大桥通车', '据朝中社报道，大桥已通车。', 'kcna'],
  ])('%s: %s is credited to %s', (title, text, agency) => {
    expect(creditsOf({ title, text, outlet: outletFromName('Sample Post') }).credits).toContain(agency);
  });

  test('an agency credits nobody when it signs its own report', () => {
    const { credits } = creditsOf({
      title: '다리 개통',
      text: '(서울=연합뉴스) 다리가 개통됐다.',
      outlet: outletFromName('yna'),
    });
    expect(credits).toEqual([]);
  });

  test('two reports of one wire are one origin even before the wire itself is there', () => {
    const first = told(
      1,
      'Sample Post',
      'Bridge opened',
      'The bridge was opened, according to KCNA. Crowds cheered.',
    );
    const second = told(
      2,
      'Sample Courier',
      'Crossing in use',
      'KCNA reported that people now walk across the river.',
    );
    expect(findOrigin(second, [first])).toBe(1);
    expect(
      findOrigin(told(3, 'KCNA', 'Bridge opened in the north', 'Officials cut a ribbon.'), [first]),
    ).toBe(1);
  });

  test('two outlets that tell it in their own words are two origins', () => {
    const first = told(
      1,
      'Sample Post',
      'Bridge opened',
      'Crowds cheered as the bridge was opened on Monday morning.',
    );
    const second = told(
      2,
      'Sample Courier',
      'Crossing in use',
      'Our reporter walked over the new crossing with the mayor.',
    );
    expect(findOrigin(second, [first])).toBe(2);
  });
});
