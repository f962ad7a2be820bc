/**
 * What news counts, in five languages: one name for each thing, so that 컨테이너, контейнеров and containers compare.
 * A number belongs to the nearest of these after it, or before it in scripts that put the counter last.
 */
const THINGS: Record<string, string> = {
  percent: '%|per ?cent|percentage points?|퍼센트|процент\\S*|パーセント|百分点',
  usd: 'dollars?|US\\$|달러|доллар\\S*|долл\\.|ドル|美元',
  rub: 'roubles?|rubles?|루블|рубл\\S*|руб\\.|ルーブル|卢布|盧布',
  krw: 'won\\b|원(?=[^가-힣]|$|을|의|이)|вон\\b|ウォン|韩元',
  container: 'containers?|컨테이너|контейнер\\S*|コンテナ|集装箱|貨櫃',
  shell:
    '(?:artillery )?(?:shells?|rounds?|munitions?)|포탄|발(?![가-힣]{2})|снаряд\\S*|боеприпас\\S*|砲弾|炮弹|砲彈|発|发(?=炮|砲)',
  missile: 'missiles?|rockets?|미사일|ракет\\S*|ミサイル|导弹|飛彈',
  drone: 'drones?|UAVs?|드론|무인기|беспилотник\\S*|дрон\\S*|БПЛА|ドローン|無人機|无人机',
  killed:
    'killed|dead|deaths?|died|fatalities|사망\\S*|숨[졌지]\\S*|전사\\S*|погиб\\S*|убит\\S*|смерт\\S*|死者|死亡\\S*|戦死\\S*|阵亡|丧生',
  wounded: 'wounded|injured|부상\\S*|다[쳤친]\\S*|ранен\\S*|пострадавш\\S*|負傷\\S*|けが\\S*|受伤|伤员',
  casualty: 'casualt(?:y|ies)|사상자\\S*|потер\\S*|死傷者?|伤亡',
  soldier:
    'troops?|soldiers?|servicemen|service members|fighters|personnel|sappers?|병력|병사|군인|북한군|공병|파병\\S*|военн(?:ых|ослужащ\\S*)|солдат\\S*|бойц\\S*|сап[её]р\\S*|兵士|兵|部隊|将兵|军队|軍隊|군대|士兵|军人|官兵|部队|工兵',
  worker: 'workers?|labou?rers?|노동자\\S*|근로자\\S*|рабочи\\S*|労働者|工人|劳工',
  tourist: 'tourists?|holidaymakers|관광객\\S*|турист\\S*|観光客|游客|遊客',
  student: 'students?|학생|유학생|студент\\S*|学生|留学生',
  passenger: 'passengers?|승객|пассажир\\S*|乗客|乘客|旅客',
  vehicle:
    'vehicles?|trucks?|lorries|tanks?|guns?|howitzers?|차량|전차|자주포|машин\\S*|грузовик\\S*|танк\\S*|車両|戦車|车辆|坦克',
  ship: 'ships?|vessels?|tankers?|선박|유조선|суд(?:ов|на|но)\\b|кораб\\S*|танкер\\S*|隻|船舶|艘',
  aircraft:
    'aircraft|planes?|jets?|flights?|항공기|전투기|самол[её]т\\S*|рейс\\S*|航空機|戦闘機|飞机|战机|航班',
  train: 'trains?|carriages|wagons|railcars|열차|поезд\\S*|вагон\\S*|列車|列车',
  ton: 'tons?\\b|tonnes?|톤|тонн\\S*|トン|吨|噸',
  barrel: 'barrels?|배럴|баррел\\S*|バレル|桶',
  kilometre: 'kilomet(?:re|er)s?|km\\b|킬로미터|㎞|километр\\S*|км\\b|キロ|公里',
  document:
    'agreements?|documents?|memorand\\S+|협정|문서|соглашени\\S*|документ\\S*|меморандум\\S*|合意文書|协议|文件',
  person: 'people|persons?|civilians|명|여명|사람|человек\\S*|людей|人|名',
  time: 'hours?|시간|час(?:а|ов)?\\b|時間|小时|minutes?|분|минут\\S*|分钟|days?|дн(?:я|ей)|日間|天|weeks?|недел\\S*|months?|개월|месяц\\S*|か月|个月|years?|лет|года?\\b|年間',
};

/** Of these a number is counted only where nothing more telling stands beside it. */
const GENERIC = new Set(['person']);

/** Most numbers count none of these: one look tells. */
const ANY = new RegExp(`(?<![\\p{sc=Latin}\\p{sc=Cyrillic}])(?:${Object.values(THINGS).join('|')})`, 'iu');
const patterns = Object.entries(THINGS).map(
  ([thing, words]) => [thing, new RegExp(`(?<![\\p{sc=Latin}\\p{sc=Cyrillic}])(?:${words})`, 'iu')] as const,
);

/** The thing that a stretch of text names first, or last where `fromEnd`; null where none. */
export function countedThing(
  text: string,
  fromEnd = false,
): { thing: string; end: number; generic: boolean } | null {
  if (!ANY.test(text)) return null;
  let best: { thing: string; end: number; generic: boolean; at: number } | null = null;
  for (const [thing, pattern] of patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    const found = { thing, end: match.index + match[0].length, generic: GENERIC.has(thing), at: match.index };
    const nearer = best && (fromEnd ? found.at > best.at : found.at < best.at);
    if (!best || (best.generic && !found.generic) || (nearer && best.generic === found.generic)) best = found;
  }
  return best;
}
