import type { Badge, Locale } from '../model/digest.ts';

/** Plural forms by `Intl.PluralRules` category; Korean has only `other`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Every word of ours in a digest, in one language. `{n}`, `{a}` … are filled by `fill`. */
interface Labels {
  badge: Record<Badge, string>;
  alsoNoted: string;
  alerted: string;
  articles: Plural;
  stories: Plural;
  reports: Plural;
  origins: Plural;
  /** {read} of {total} */
  feedsRead: string;
  silent: string;
  failing: string;
  more: string;
  lastHours: string;
  since: string;
  late: string;
  quiet: string;
  noFeeds: string;
  firstSeen: string;
  /** The number that commands take. */
  story: string;
  stateMedia: string;
  paywalled: string;
  opinion: string;
  analysis: string;
  statement: string;
  roundup: string;
  says: string;
  onlyStateMedia: string;
  matched: string;
  /** Where an alert comes of a story that is followed by its number. */
  followed: string;
  sources: string;
  machineTranslation: string;
  llm: string;
  extractiveFallback: string;
  change: {
    origin: string;
    figure: string;
    figureWas: string;
    name: string;
    date: string;
    place: string;
    statement: string;
    denial: string;
    correction: string;
    correctionWas: string;
    retraction: string;
  };
}

const en: Labels = {
  badge: { NEW: 'NEW', UPDATED: 'UPDATED', CORRECTED: 'CORRECTED' },
  alsoNoted: 'Also noted',
  alerted: 'Told since the last digest',
  articles: { one: '{n} article', other: '{n} articles' },
  stories: { one: '{n} story', other: '{n} stories' },
  reports: { one: '{n} report', other: '{n} reports' },
  origins: { one: '{n} origin', other: '{n} origins' },
  feedsRead: '{read} of {total} feeds read',
  silent: 'silent: {names}',
  failing: 'failing: {names}',
  more: '{n} more',
  lastHours: 'last {n} h',
  since: 'since {a}',
  late: 'late',
  quiet: 'Nothing new on this topic.',
  noFeeds: 'No feed could be read: this is not a quiet day.',
  firstSeen: 'first seen {a}',
  story: 'story {n}',
  stateMedia: 'state media',
  paywalled: 'paywall',
  opinion: 'Opinion',
  analysis: 'Analysis',
  statement: 'Statement',
  roundup: 'Round-up',
  says: '{a} says: {b}',
  onlyStateMedia: 'Carried only by state media ({a}).',
  matched: 'Matched: {a}',
  followed: 'You follow story {n}',
  sources: 'Sources',
  machineTranslation: 'machine translation',
  llm: 'Summaries written by a model, each sentence checked against its sources.',
  extractiveFallback: 'The model gave no usable summary: sentences are quoted instead.',
  change: {
    origin: 'new source: {a}',
    figure: 'new figure: {a}',
    figureWas: 'new figure: {a} (was: {b}, {t})',
    name: 'newly named: {a}',
    date: 'new date: {a}',
    place: 'new place: {a}',
    statement: 'official statement: {a}',
    denial: 'denied: {a}',
    correction: 'now reads: {a}',
    correctionWas: 'now reads: {a} (was: {b}, {t})',
    retraction: 'withdrawn by its source: {a}',
  },
};

const ko: Labels = {
  badge: { NEW: '신규', UPDATED: '갱신', CORRECTED: '정정' },
  alsoNoted: '그 밖의 소식',
  alerted: '지난 다이제스트 이후 전한 소식',
  articles: { other: '기사 {n}건' },
  stories: { other: '소식 {n}건' },
  reports: { other: '보도 {n}건' },
  origins: { other: '출처 {n}곳' },
  feedsRead: '피드 {total}개 중 {read}개 수신',
  silent: '무소식: {names}',
  failing: '수신 실패: {names}',
  more: '외 {n}개',
  lastHours: '지난 {n}시간',
  since: '{a} 이후',
  late: '지연 발송',
  quiet: '이 주제의 새 소식이 없습니다.',
  noFeeds: '읽을 수 있는 피드가 없었습니다. 소식이 없는 날이 아닙니다.',
  firstSeen: '최초 확인 {a}',
  story: '소식 {n}',
  stateMedia: '관영 매체',
  paywalled: '유료',
  opinion: '의견',
  analysis: '분석',
  statement: '성명',
  roundup: '종합',
  says: '{a}: {b}',
  onlyStateMedia: '관영 매체({a})만 전한 내용입니다.',
  matched: '일치: {a}',
  followed: '팔로우하는 소식 {n}',
  sources: '출처',
  machineTranslation: '기계 번역',
  llm: '요약은 모델이 작성했으며 문장마다 출처와 대조했습니다.',
  extractiveFallback: '모델 요약을 쓸 수 없어 원문 문장을 그대로 인용했습니다.',
  change: {
    origin: '새 출처: {a}',
    figure: '새 수치: {a}',
    figureWas: '새 수치: {a} (이전: {b}, {t})',
    name: '새로 언급: {a}',
    date: '새 날짜: {a}',
    place: '새 장소: {a}',
    statement: '공식 성명: {a}',
    denial: '부인: {a}',
    correction: '수정된 내용: {a}',
    correctionWas: '수정된 내용: {a} (이전: {b}, {t})',
    retraction: '출처가 철회: {a}',
  },
};

const ru: Labels = {
  badge: { NEW: 'НОВОЕ', UPDATED: 'ОБНОВЛЕНО', CORRECTED: 'ИСПРАВЛЕНО' },
  alsoNoted: 'Также',
  alerted: 'Уже сообщалось после прошлой сводки',
  articles: { one: '{n} статья', few: '{n} статьи', many: '{n} статей', other: '{n} статьи' },
  stories: { one: '{n} сюжет', few: '{n} сюжета', many: '{n} сюжетов', other: '{n} сюжета' },
  reports: { one: '{n} сообщение', few: '{n} сообщения', many: '{n} сообщений', other: '{n} сообщения' },
  origins: {
    one: '{n} первоисточник',
    few: '{n} первоисточника',
    many: '{n} первоисточников',
    other: '{n} первоисточника',
  },
  feedsRead: 'прочитано лент: {read} из {total}',
  silent: 'молчат: {names}',
  failing: 'не читаются: {names}',
  more: 'ещё {n}',
  lastHours: 'за {n} ч',
  since: 'с {a}',
  late: 'с опозданием',
  quiet: 'По этой теме ничего нового.',
  noFeeds: 'Ни одна лента не прочитана: это не тихий день.',
  firstSeen: 'впервые {a}',
  story: 'сюжет {n}',
  stateMedia: 'государственное СМИ',
  paywalled: 'платный доступ',
  opinion: 'Мнение',
  analysis: 'Анализ',
  statement: 'Заявление',
  roundup: 'Обзор',
  says: '{a}: {b}',
  onlyStateMedia: 'Сообщают только государственные СМИ ({a}).',
  matched: 'Совпало: {a}',
  followed: 'Вы следите за сюжетом {n}',
  sources: 'Источники',
  machineTranslation: 'машинный перевод',
  llm: 'Сводки написаны моделью, каждое предложение сверено с источниками.',
  extractiveFallback: 'Модель не дала пригодной сводки: предложения приведены дословно.',
  change: {
    origin: 'новый источник: {a}',
    figure: 'новая цифра: {a}',
    figureWas: 'новая цифра: {a} (было: {b}, {t})',
    name: 'впервые назван: {a}',
    date: 'новая дата: {a}',
    place: 'новое место: {a}',
    statement: 'официальное заявление: {a}',
    denial: 'опровержение: {a}',
    correction: 'теперь: {a}',
    correctionWas: 'теперь: {a} (было: {b}, {t})',
    retraction: 'отозвано источником: {a}',
  },
};

const TABLE: Record<Locale, Labels> = { en, ko, ru };

export function labelsOf(locale: Locale): Labels {
  return TABLE[locale];
}

/** The locale of a destination: the first of its languages that we word, else English. */
export function localeOf(languages: readonly string[]): Locale {
  return languages.find((language): language is Locale => language in TABLE) ?? 'en';
}

/** Fills `{name}` places; the values are inert text. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

const rules = new Map<Locale, Intl.PluralRules>();

/** The form of a counted noun: `plural('ru', labels.articles, 22)` is `22 статьи`. */
export function plural(locale: Locale, forms: Plural, n: number): string {
  let rule = rules.get(locale);
  if (!rule) {
    rule = new Intl.PluralRules(locale);
    rules.set(locale, rule);
  }
  return fill(forms[rule.select(n)] ?? forms.other, { n: formatNumber(locale, n) });
}

export function formatNumber(locale: Locale, n: number): string {
  return n.toLocaleString(locale === 'en' ? 'en-US' : locale);
}
