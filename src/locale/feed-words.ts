import type { Locale } from '../model/digest.ts';
import type { FeedProblem, NoFeed, OpmlFault } from '../model/feed.ts';
import type { Plural } from './labels.ts';

interface FeedWords {
  feeds: string;
  state: Record<'new' | 'ok' | 'silent' | 'failing' | 'gone' | 'paused', string>;
  ours: string;
  lastSuccess: string;
  newest: string;
  never: string;
  more: string;
  found: string;
  choose: string;
  add: string;
  samples: string;
  relevant: string;
  notRelevant: string;
  added: string;
  duplicate: string;
  revived: string;
  notFound: string;
  tooMany: string;
  noSuchFeed: string;
  configured: string;
  pausedAlready: string;
  notPaused: string;
  pause: string;
  resume: string;
  severalFeeds: string;
  nearFeeds: string;
  removed: string;
  paused: string;
  resumed: string;
  imported: string;
  invalid: string;
  known: string;
  opmlFault: Record<OpmlFault, string>;
  noFeed: Record<NoFeed, string>;
  noOpml: string;
  needList: string;
  exported: Plural;
  problem: Record<FeedProblem['code'], string>;
}

const WORDS: Record<Locale, FeedWords> = {
  en: {
    feeds: 'Feeds',
    state: {
      new: 'not read yet',
      ok: 'well',
      silent: 'silent',
      failing: 'failing',
      gone: 'gone',
      paused: 'paused here',
    },
    ours: 'added here',
    lastSuccess: 'last read',
    newest: 'newest entry',
    never: 'never',
    more: '{n} more; narrow it down with a word.',
    found: 'This page has {n} feeds.',
    choose: 'Which one?',
    add: 'Add',
    samples: 'Its newest entries, and what the topics say of them:',
    relevant: 'relevant to {a}',
    notRelevant: 'not relevant to {a}',
    added: '“{a}” is read from now on.',
    duplicate: '“{a}” is read already.',
    revived: '“{a}” had been given up as gone. It is read again from now on.',
    notFound: 'No feed at {a}: it {b}.',
    tooMany: 'A server can have {n} feeds of its own. Remove one first.',
    noSuchFeed: 'There is no feed “{a}” here.',
    configured: 'This feed serves everybody: it is not removed, but left out here.',
    pausedAlready: '“{a}” is paused here already.',
    notPaused: '“{a}” is not paused here.',
    pause: 'Pause here',
    resume: 'Resume here',
    severalFeeds: '“{a}” fits {n} feeds: say which.',
    nearFeeds: 'For example: {a}',
    removed: '“{a}” is not read any more.',
    paused: '“{a}” is paused here.',
    resumed: '“{a}” is shown here again.',
    imported: '{a} added, {b} there already, {c} not usable.',
    invalid: 'Not usable',
    known: 'it is read already',
    opmlFault: {
      truncated: 'The list breaks off before its end; what stood before that was read.',
      'second-body': 'The list has more than one body; all of them were read.',
      empty: 'The list has no entries.',
    },
    noFeed: {
      'no-address': 'names no feed (xmlUrl is missing)',
      'bad-address': '“{a}” is no http or https address',
    },
    noOpml: 'This file is no OPML list, as other readers export it.',
    needList: 'Attach an OPML file, or give its address.',
    exported: { one: '{n} feed as OPML, for any reader.', other: '{n} feeds as OPML, for any reader.' },
    problem: {
      timeout: 'did not answer in time',
      unreachable: 'cannot be reached',
      tls: 'has no valid certificate',
      'refused-address': 'is no address of the open internet',
      'too-large': 'is too large',
      'bad-encoding': 'is compressed in a way that cannot be read',
      redirects: 'redirects without end',
      'rate-limited': 'asks us to come back later',
      'http-status': 'answers with an error',
      gone: 'is gone for good',
      truncated: 'breaks off',
      'not-a-feed': 'is a web page or something else, not a feed',
      'no-entries': 'has no entries',
      unparsable: 'cannot be read',
    },
  },
  ko: {
    feeds: '피드',
    state: {
      new: '아직 읽지 않음',
      ok: '정상',
      silent: '침묵',
      failing: '실패',
      gone: '사라짐',
      paused: '여기서 일시 중지',
    },
    ours: '여기서 추가',
    lastSuccess: '마지막 수신',
    newest: '최신 항목',
    never: '없음',
    more: '{n}개 더 있습니다. 낱말로 좁혀 보세요.',
    found: '이 페이지에는 피드가 {n}개 있습니다.',
    choose: '어느 것을 추가할까요?',
    add: '추가',
    samples: '최신 항목과 주제의 판정:',
    relevant: '{a}: 관련 있음',
    notRelevant: '{a}: 관련 없음',
    added: '이제부터 “{a}” 피드를 읽습니다.',
    duplicate: '“{a}” 피드는 이미 읽고 있습니다.',
    revived: '“{a}” 피드는 사라진 것으로 처리했었습니다. 이제 다시 읽습니다.',
    notFound: '{a}에서 피드를 찾지 못했습니다: {b}.',
    tooMany: '서버마다 피드를 {n}개까지 추가할 수 있습니다. 먼저 하나를 삭제하세요.',
    noSuchFeed: '여기에는 “{a}” 피드가 없습니다.',
    configured: '모두가 함께 쓰는 피드라 삭제하지 않고 여기서만 제외합니다.',
    pausedAlready: '“{a}” 피드는 여기서 이미 일시 중지되어 있습니다.',
    notPaused: '“{a}” 피드는 여기서 일시 중지되어 있지 않습니다.',
    pause: '여기서 일시 중지',
    resume: '여기서 재개',
    severalFeeds: '“{a}”에 맞는 피드가 {n}개입니다. 하나를 고르세요.',
    nearFeeds: '예: {a}',
    removed: '“{a}” 피드를 더 이상 읽지 않습니다.',
    paused: '“{a}” 피드를 여기서 일시 중지했습니다.',
    resumed: '“{a}” 피드를 다시 보여 줍니다.',
    imported: '추가 {a}개, 이미 있음 {b}개, 사용 불가 {c}개.',
    invalid: '사용 불가',
    known: '이미 읽고 있습니다',
    opmlFault: {
      truncated: '목록이 중간에 끊겼습니다. 그 앞부분만 읽었습니다.',
      'second-body': '목록에 body가 둘 이상 있어 모두 읽었습니다.',
      empty: '목록에 항목이 없습니다.',
    },
    noFeed: {
      'no-address': '피드 주소(xmlUrl)가 없음',
      'bad-address': '“{a}”: http나 https 주소가 아님',
    },
    noOpml: '다른 리더에서 내보낸 OPML 목록이 아닙니다.',
    needList: 'OPML 파일을 첨부하거나 주소를 적어 주세요.',
    exported: { other: '피드 {n}개를 OPML로 내보냈습니다.' },
    problem: {
      timeout: '제때 응답하지 않음',
      unreachable: '연결할 수 없음',
      tls: '인증서가 유효하지 않음',
      'refused-address': '공개 인터넷 주소가 아님',
      'too-large': '너무 큼',
      'bad-encoding': '읽을 수 없는 방식으로 압축됨',
      redirects: '끝없이 이동함',
      'rate-limited': '나중에 다시 오라고 함',
      'http-status': '오류로 응답함',
      gone: '영구히 사라짐',
      truncated: '중간에 끊김',
      'not-a-feed': '피드가 아니라 웹 페이지 등임',
      'no-entries': '항목이 없음',
      unparsable: '읽을 수 없음',
    },
  },
  ru: {
    feeds: 'Ленты',
    state: {
      new: 'ещё не читалась',
      ok: 'в порядке',
      silent: 'молчит',
      failing: 'не читается',
      gone: 'исчезла',
      paused: 'здесь приостановлена',
    },
    ours: 'добавлена здесь',
    lastSuccess: 'прочитана',
    newest: 'новейшая запись',
    never: 'никогда',
    more: 'Ещё {n}; уточните словом.',
    found: 'На этой странице лент: {n}.',
    choose: 'Какую добавить?',
    add: 'Добавить',
    samples: 'Новейшие записи и вердикты тем:',
    relevant: 'по теме «{a}»',
    notRelevant: 'не по теме «{a}»',
    added: '«{a}» теперь читается.',
    duplicate: '«{a}» уже читается.',
    revived: '«{a}» считалась исчезнувшей. Теперь она снова читается.',
    notFound: 'По адресу {a} ленты нет: {b}.',
    tooMany: 'У сервера может быть не больше {n} своих лент. Сначала удалите одну.',
    noSuchFeed: 'Ленты «{a}» здесь нет.',
    configured: 'Эта лента служит всем: она не удаляется, но здесь её больше не будет.',
    pausedAlready: '«{a}» здесь уже приостановлена.',
    notPaused: '«{a}» здесь не приостановлена.',
    pause: 'Приостановить здесь',
    resume: 'Возобновить здесь',
    severalFeeds: 'Под «{a}» подходит лент: {n}. Уточните.',
    nearFeeds: 'Например: {a}',
    removed: '«{a}» больше не читается.',
    paused: '«{a}» здесь приостановлена.',
    resumed: '«{a}» снова показывается здесь.',
    imported: 'Добавлено: {a}, уже было: {b}, непригодно: {c}.',
    invalid: 'Непригодно',
    known: 'уже читается',
    opmlFault: {
      truncated: 'Список обрывается; прочитано то, что стояло до обрыва.',
      'second-body': 'В списке больше одного body; прочитаны все.',
      empty: 'В списке нет записей.',
    },
    noFeed: {
      'no-address': 'нет адреса ленты (xmlUrl)',
      'bad-address': '«{a}» — не адрес http или https',
    },
    noOpml: 'Этот файл — не список OPML, какие сохраняют другие программы.',
    needList: 'Прикрепите файл OPML или укажите его адрес.',
    exported: { other: 'Лент в OPML: {n}.' },
    problem: {
      timeout: 'не отвечает вовремя',
      unreachable: 'недоступна',
      tls: 'нет действительного сертификата',
      'refused-address': 'адрес не из открытого интернета',
      'too-large': 'слишком велика',
      'bad-encoding': 'сжата нечитаемым способом',
      redirects: 'бесконечно перенаправляет',
      'rate-limited': 'просит зайти позже',
      'http-status': 'отвечает ошибкой',
      gone: 'исчезла навсегда',
      truncated: 'обрывается',
      'not-a-feed': 'веб-страница или иное, не лента',
      'no-entries': 'без записей',
      unparsable: 'не читается',
    },
  },
};

export function feedWords(locale: Locale): FeedWords {
  return WORDS[locale];
}
