import type { Locale } from '../model/digest.ts';

/** Words of `why`: {a} and {b} are names or quotations, {n} and {m} numbers. */
export interface WhyWords {
  topic: string;
  /** Ends of a verdict by code. */
  verdict: Record<string, string>;
  decided: string;
  raised: string;
  lowered: string;
  names: string;
  pair: string;
  group: string;
  askedModel: string;
  excludedWords: string;
  feature: Record<string, string>;
  duplicate: string;
  story: string;
  noStory: string;
  notJudged: string;
  unknownArticle: string;
  unknownNumber: string;
  nothingAsked: string;
  notHere: string;
  /** Ends of a story at a slot by code. */
  slot: Record<string, string>;
  notRelevantButton: string;
  relevantButton: string;
  labelled: string;
  others: string;
}

const WORDS: Record<Locale, WhyWords> = {
  en: {
    topic: 'Topic {a}',
    verdict: {
      relevant: 'Relevant: it scores {n} of 1; {m} is enough.',
      'no-side': 'Not relevant: it names neither side.',
      'one-side': 'Not relevant: it names one side only.',
      'in-list': 'Not relevant ({n} of {m}): it names the sides only in a list of several.',
      'left-out': 'Not relevant ({n} of {m}): it is of a sort that the topic leaves out.',
      apart: 'Not relevant ({n} of {m}): it names both sides, but never together.',
      'in-passing': 'Not relevant ({n} of {m}): it names both sides in passing.',
      'second-opinion': 'Not relevant: in doubt ({n} of {m}), and the language model said no.',
    },
    decided: 'Deciding words: “{a}”',
    raised: 'Raised by: {a}',
    lowered: 'Lowered by: {a}',
    names: 'Names found: {a}',
    pair: 'both at once',
    group: 'in a group',
    askedModel: 'It was in doubt, so a language model was asked.',
    excludedWords: 'Words of another sort ({a}): “{b}”',
    feature: {
      'title-both': 'both sides in the title',
      'title-cue': 'what they do with each other in the title',
      'title-one': 'one side in the title',
      'title-third': 'somebody else acts in the title',
      'lead-both': 'both sides in a sentence of the lead',
      'lead-cue': 'what they do with each other in the lead',
      'list-unity': 'a list whose members act together',
      cue: 'words for a relation',
      near: 'the names stand close',
      depth: 'much of the text names both',
      bridged: 'neighbouring sentences name one side each',
      'third-parties': 'others are named as well',
      excluded: 'words of sport, entertainment, history or markets',
      roundup: 'a round-up',
    },
    duplicate: 'It repeats an earlier report: {a}',
    story: 'It belongs to story {n} (reports: {m}).',
    noStory: 'It belongs to no story yet: grouping has not reached it.',
    notJudged: 'Not judged yet: it has just come in.',
    unknownArticle:
      'No article with the address {a} is stored. It may be older than what is kept, or no feed here carries it.',
    unknownNumber:
      'There is no article with the number {a} that you can see here. Numbers stand in /story timeline.',
    nothingAsked: 'Name the address of an article or a story.',
    notHere: 'This channel has no digest.',
    slot: {
      shown: '{a}: shown',
      alerted: '{a}: shown in an alert',
      unchanged: '{a}: not shown, nothing new since it was shown before',
      outranked: '{a}: not shown, others ranked before it ({b})',
      theme: '{a}: not shown, its themes are not wanted here',
      language: '{a}: not shown, no source in a wanted language',
      muted: '{a}: not shown, the story is muted',
      'too-old': '{a}: not shown, it was published more than 72 h before it was first seen',
      waiting: '{a}: waiting for this digest',
      sending: '{a}: being sent',
      expired: '{a}: this digest came too late and was not sent; its stories return',
      skipped: '{a}: there was no digest ({b})',
      failed: '{a}: the digest failed ({b})',
      uncertain: '{a}: it is not certain that the digest arrived ({b})',
      'other-topic': '{a}: not shown, this digest follows another topic',
      'not-visible': '{a}: not shown, no feed of this server carries it',
    },
    notRelevantButton: 'Not relevant',
    relevantButton: 'Relevant',
    labelled: 'Kept as an example for the next fit of the topic. Thank you.',
    others: '{n} more',
  },
  ko: {
    topic: '주제 {a}',
    verdict: {
      relevant: '관련 있음: 1점 만점에 {n}점 (기준 {m}점).',
      'no-side': '관련 없음: 두 당사자 모두 언급되지 않았습니다.',
      'one-side': '관련 없음: 한쪽만 언급되었습니다.',
      'in-list': '관련 없음 ({n}/{m}): 여러 나라를 나열한 곳에서만 언급됩니다.',
      'left-out': '관련 없음 ({n}/{m}): 주제가 제외하는 종류의 글입니다.',
      apart: '관련 없음 ({n}/{m}): 두 당사자가 한 문장에 함께 나오지 않습니다.',
      'in-passing': '관련 없음 ({n}/{m}): 두 당사자가 스치듯 언급됩니다.',
      'second-opinion': '관련 없음: 경계에 있어 ({n}/{m}) 언어 모델에 물었고, 아니라고 답했습니다.',
    },
    decided: '결정한 문장: “{a}”',
    raised: '올린 것: {a}',
    lowered: '내린 것: {a}',
    names: '찾은 이름: {a}',
    pair: '양쪽 동시',
    group: '여럿 중',
    askedModel: '경계에 있어 언어 모델에 물었습니다.',
    excludedWords: '다른 종류의 낱말 ({a}): “{b}”',
    feature: {
      'title-both': '제목에 양쪽',
      'title-cue': '제목에 두 쪽의 관계',
      'title-one': '제목에 한쪽',
      'title-third': '제목의 주체가 제삼자',
      'lead-both': '첫머리 한 문장에 양쪽',
      'lead-cue': '첫머리에 두 쪽의 관계',
      'list-unity': '함께 행동하는 무리',
      cue: '관계를 뜻하는 낱말',
      near: '이름이 가까이 있음',
      depth: '본문 여러 곳에 양쪽',
      bridged: '이웃한 문장에 한쪽씩',
      'third-parties': '다른 나라나 인물도 언급',
      excluded: '스포츠·연예·역사·시장의 낱말',
      roundup: '뉴스 모음',
    },
    duplicate: '앞선 보도를 되풀이합니다: {a}',
    story: '소식 {n}에 속합니다: 보도 {m}건.',
    noStory: '아직 소식으로 묶이지 않았습니다.',
    notJudged: '방금 들어와 아직 판정되지 않았습니다.',
    unknownArticle:
      '주소가 {a}인 기사가 저장되어 있지 않습니다. 보관 기간이 지났거나 여기의 피드에 없는 기사입니다.',
    unknownNumber: '여기서 볼 수 있는 기사 {a}번이 없습니다. 번호는 /story timeline에 있습니다.',
    nothingAsked: '기사 주소나 소식을 알려 주세요.',
    notHere: '이 채널에는 다이제스트가 없습니다.',
    slot: {
      shown: '{a}: 실렸습니다',
      alerted: '{a}: 알림으로 나갔습니다',
      unchanged: '{a}: 지난번 이후 새로운 것이 없어 실리지 않았습니다',
      outranked: '{a}: 순위에 밀려 실리지 않았습니다 ({b})',
      theme: '{a}: 원하는 분야가 아니어서 실리지 않았습니다',
      language: '{a}: 원하는 언어의 출처가 없어 실리지 않았습니다',
      muted: '{a}: 숨긴 소식입니다',
      'too-old': '{a}: 처음 보았을 때 이미 72시간이 지난 기사여서 실리지 않았습니다',
      waiting: '{a}: 이 다이제스트를 기다리는 중입니다',
      sending: '{a}: 보내는 중입니다',
      expired: '{a}: 너무 늦어 보내지 않았으며 소식은 다음에 다시 나옵니다',
      skipped: '{a}: 다이제스트가 없었습니다 ({b})',
      failed: '{a}: 다이제스트를 보내지 못했습니다 ({b})',
      uncertain: '{a}: 도착했는지 확실하지 않습니다 ({b})',
      'other-topic': '{a}: 다른 주제의 다이제스트입니다',
      'not-visible': '{a}: 이 서버의 피드에 없는 기사입니다',
    },
    notRelevantButton: '관련 없음',
    relevantButton: '관련 있음',
    labelled: '다음 조정에 쓸 예로 저장했습니다. 고맙습니다.',
    others: '그 밖에 {n}건',
  },
  ru: {
    topic: 'Тема {a}',
    verdict: {
      relevant: 'Подходит: оценка {n} из 1, достаточно {m}.',
      'no-side': 'Не подходит: не названа ни одна сторона.',
      'one-side': 'Не подходит: названа только одна сторона.',
      'in-list': 'Не подходит ({n} из {m}): стороны названы только в перечне.',
      'left-out': 'Не подходит ({n} из {m}): такие тексты тема не берёт.',
      apart: 'Не подходит ({n} из {m}): стороны названы, но нигде вместе.',
      'in-passing': 'Не подходит ({n} из {m}): стороны названы вскользь.',
      'second-opinion': 'Не подходит: сомнительно ({n} из {m}), и языковая модель ответила «нет».',
    },
    decided: 'Решающие слова: «{a}»',
    raised: 'Повысило: {a}',
    lowered: 'Понизило: {a}',
    names: 'Найденные имена: {a}',
    pair: 'обе сразу',
    group: 'в группе',
    askedModel: 'Случай сомнительный, поэтому спросили языковую модель.',
    excludedWords: 'Слова другого рода ({a}): «{b}»',
    feature: {
      'title-both': 'обе стороны в заголовке',
      'title-cue': 'их отношения в заголовке',
      'title-one': 'одна сторона в заголовке',
      'title-third': 'в заголовке действует кто-то третий',
      'lead-both': 'обе стороны в одном из первых предложений',
      'lead-cue': 'их отношения в начале текста',
      'list-unity': 'перечень тех, кто действует вместе',
      cue: 'слова об отношениях',
      near: 'имена стоят рядом',
      depth: 'обе названы во многих местах',
      bridged: 'соседние предложения называют по одной стороне',
      'third-parties': 'названы и другие',
      excluded: 'слова о спорте, развлечениях, истории или рынках',
      roundup: 'подборка новостей',
    },
    duplicate: 'Повторяет более раннее сообщение: {a}',
    story: 'Входит в сюжет {n}: сообщений — {m}.',
    noStory: 'Пока не входит ни в один сюжет.',
    notJudged: 'Ещё не оценено: только что поступило.',
    unknownArticle: 'Статьи с адресом {a} нет: она старше срока хранения, или её нет в здешних лентах.',
    unknownNumber: 'Статьи с номером {a} здесь не видно. Номера стоят в /story timeline.',
    nothingAsked: 'Укажите адрес статьи или сюжет.',
    notHere: 'В этом канале нет сводки.',
    slot: {
      shown: '{a}: показано',
      alerted: '{a}: показано в оповещении',
      unchanged: '{a}: не показано, с прошлого раза ничего нового',
      outranked: '{a}: не показано, другие оказались важнее ({b})',
      theme: '{a}: не показано, эти рубрики здесь не нужны',
      language: '{a}: не показано, нет источника на нужном языке',
      muted: '{a}: сюжет скрыт',
      'too-old': '{a}: не показано, к первому появлению прошло больше 72 часов',
      waiting: '{a}: ждёт этой сводки',
      sending: '{a}: отправляется',
      expired: '{a}: сводка опоздала и не отправлена, её сюжеты вернутся',
      skipped: '{a}: сводки не было ({b})',
      failed: '{a}: сводку не удалось отправить ({b})',
      uncertain: '{a}: неизвестно, дошла ли сводка ({b})',
      'other-topic': '{a}: эта сводка о другой теме',
      'not-visible': '{a}: этой статьи нет в лентах сервера',
    },
    notRelevantButton: 'Не по теме',
    relevantButton: 'По теме',
    labelled: 'Сохранено как пример для следующей настройки темы. Спасибо.',
    others: 'и ещё {n}',
  },
};

export function whyWords(locale: Locale): WhyWords {
  return WORDS[locale];
}
