/** What people call a command beside its names, by its path: what is typed so is met with the command that is meant. */
export const OTHER_NAMES: Record<string, readonly string[]> = {
  'news search': ['find', 'look for', '찾기', 'найти', 'искать'],
  'news latest': ['stories', 'headlines', '소식목록', 'сюжеты', 'свежее'],
  'digest schedule': ['every', '매일', 'каждый'],
  subscribe: ['alert', 'watch', 'track', '알림', 'подписка', 'подпишись'],
  subscriptions: ['alerts', '내구독', 'оповещения'],
  unsubscribe: ['stop', '해지', 'отписка', 'отпишись'],
  why: ['reason', '왜', 'зачем'],
  'tumen status': ['health', '상태', 'состояние'],
  'tumen settings': ['config', 'language', 'zone', '언어', 'язык', 'пояс'],
  'tumen forget-me': ['my data', '내정보', 'мои данные'],
};
