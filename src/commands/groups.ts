import type { CommandGroup } from './command.ts';

/** The outer words of the commands with two. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    name: 'news',
    names: { en: 'news', ko: '뉴스', ru: 'новости' },
    description: {
      en: 'Latest stories and search',
      ko: '최신 소식과 검색',
      ru: 'Последние сюжеты и поиск',
    },
  },
  {
    name: 'story',
    names: { en: 'story', ko: '소식', ru: 'сюжет' },
    description: {
      en: 'One story: its reports, its course, its sources',
      ko: '하나의 소식: 보도, 경과, 출처',
      ru: 'Один сюжет: сообщения, ход событий, источники',
    },
  },
  {
    name: 'digest',
    names: { en: 'digest', ko: '다이제스트', ru: 'сводка' },
    description: {
      en: 'Digests: now, or every day at your hour',
      ko: '다이제스트: 지금 또는 매일 정한 시각',
      ru: 'Сводки: сейчас или каждый день в ваш час',
    },
  },
  {
    name: 'feeds',
    names: { en: 'feeds', ko: '피드', ru: 'ленты' },
    description: {
      en: 'The news feeds that are read',
      ko: '읽고 있는 뉴스 피드',
      ru: 'Новостные ленты, которые читаются',
    },
  },
  {
    name: 'tumen',
    names: { en: 'tumen', ko: '투멘', ru: 'тумен' },
    description: {
      en: 'Status, settings, help, your data',
      ko: '상태, 설정, 도움말, 내 정보',
      ru: 'Состояние, настройки, помощь, ваши данные',
    },
  },
];
