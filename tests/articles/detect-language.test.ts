import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../src/articles/detect-language.ts';

describe('detectLanguage', () => {
  test.each<[text: string, language: string, declared?: string]>([
    ['북러 정상이 평양에서 조약에 서명했다', 'ko'],
    ['美·日·韓 정상 "北 포탄 지원 규탄" 공동성명', 'ko', 'en'],
    ['両首脳が平壌で条約に署名した', 'ja'],
    ['日朝首脳会談、実現へ協議継続', 'ja'],
    ['露朝首脳会談', 'ja', 'ja'],
    ['两国领导人在平壤签署条约', 'zh'],
    ['兩國領導人在平壤簽署條約', 'zh', 'en'],
    ['Стороны подписали договор в Пхеньяне', 'ru'],
    ['Сторони підписали договір у Пхеньяні', 'uk', 'ru'],
    ['The two sides signed a treaty in Pyongyang on Wednesday', 'en'],
    ['The two sides signed a treaty in Pyongyang on Wednesday', 'en', 'ko'],
    ['Les deux pays ont signé un traité de défense mutuelle mercredi', 'fr'],
    ['Treaty', 'en', 'en'],
    ['KN-23 발사', 'ko', 'en'],
    ['12345 — 2024', 'und'],
    ['', 'und'],
  ])('%s', (text, language, declared) => {
    expect(detectLanguage(text, declared ?? null)).toBe(language);
  });

  test('a long text in another language than the feed says is believed', () => {
    const text =
      'Les deux pays ont signé un traité de défense mutuelle mercredi, a annoncé la presse officielle. Le texte oblige chacun à aider l’autre en cas d’attaque.';
    expect(detectLanguage(text, 'en')).toBe('fr');
  });
});
