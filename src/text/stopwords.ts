import { stem } from './stem.ts';

const WORDS =
  // English
  'a about above after again against all also although am among an and any are as at be because been before being below ' +
  'between both but by can could did do does doing down during each even few for from further get had has have having he ' +
  'her here hers him his how however i if in into is it its itself just like made many may me might more most much must my ' +
  'no nor not now of off on once one only or other our out over own said say says same she should so some such than that ' +
  'the their them then there these they this those through to too two under until up upon us very was we were what when ' +
  "where which while who whom whose why will with within without would you your n't 's s t re ve ll d m mr mrs ms " +
  // Russian
  'а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей ему если ' +
  'есть еще же за здесь и из или им их к как ко когда кто ли либо между меня мне может мы на над надо наш не него нее нет ' +
  'ни них но ну о об однако он она они оно от очень по под после потому при про с свой свои своих себя сейчас со так также ' +
  'такой такие там то того тоже только том тот ту ты у уже чем через что чтобы эта эти этих это этого этой этом этот я ' +
  'который которая которые которых которого';

/** Kana pairs that are grammar, and Han pairs that are. */
const BIGRAMS =
  'する した して され れた れる てい いる いた てき ます まし です でし った って こと もの ため から まで など とし という とい いう ない なっ なる ある あっ では には とは ので のは のが のを 的な 以及 但是 因为 所以 这个 那个 我们 他们 已经 可以 以上 以下 没有 不是 就是 还有 ' +
  '했다 있다 이다 한다 했고 있는 하는 으로 에서 에게 이라 라고 다고 면서 것으 것이 이번 그는 그녀 이에 위해 대해 따르 르면 밝혔 혔다 말했';

const STOPWORDS = new Set([...WORDS.split(' ').flatMap((word) => [word, stem(word)]), ...BIGRAMS.split(' ')]);

/** Whether a term of `tokenize` is a function word of English, Russian, Korean, Japanese or Chinese. */
export function isStopword(term: string): boolean {
  return STOPWORDS.has(term);
}
