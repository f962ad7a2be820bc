/** Furniture of news pages in English, Korean, Russian, Japanese and Chinese, matched against one trimmed line or sentence. */

const FURNITURE = [
  // Waiting, players, adverts.
  /^(?:loading|please wait|advertisement|advert|sponsored( content)?|scroll down for video|enlarge this image|toggle caption|hide caption|video player|play video|watch( the)? (video|live)|listen to this article|광고|로딩 ?중|реклама|загрузка|広告|読み込み中|广告|廣告|加载中|載入中)[\s.…:!]*$/i,
  // More of it elsewhere.
  /^[[(（]?(?:read more|read the full|continue reading|full (story|article)|click here|see also|more on this|view (all|more|gallery)|기사 ?(전문|더) ?보기|전문 ?보기|더 ?보기|자세히 보기|читать (далее|полностью|дальше)|подробнее( об этом| на сайте)?|полный текст|続きを(読む|見る)|全文を(読む|見る)|もっと(見る|読む)|阅读(全文|更多|原文)|閱讀(全文|更多|原文)|查看(全文|更多)|点击(查看|阅读|进入))(?![^.…:»>→\])）】]{60})/i,
  /^the post .+ (?:appeared|was) first (?:appeared )?on /i,
  /^(?:this (article|story|report) (was )?(first|originally) (appeared|published)|originally published)/i,
  /^(?:read also|also read|related|read next|recommended|you may also like|more stories|관련 ?기사|читайте также|читать также|материалы по теме|ранее по теме|関連記事|あわせて読みたい|相关(阅读|新闻|报道)|相關(閱讀|新聞|報導)|延伸(阅读|閱讀))\s*[:：|»>-]/i,
  // Share, follow, subscribe, sign in.
  /^(?:share|tweet|email|print|save|copy link|follow|follow us|like us|facebook|twitter|x|telegram|whatsapp|linkedin|공유|공유하기|카카오톡|페이스북|트위터|поделиться|твитнуть|シェア(する)?|ツイート|分享(到|至)?|微信|微博|[\s,|/·•])+[.:]?$/i,
  /^(?:share (this|on|via)|follow us|follow .{1,40} on |join (us|our|the conversation)|like us on|find us on|download our|get (the|our) (app|newsletter|latest))/i,
  /(?:sign up (for|to) (our|the|this)|subscribe (to (our|the|this|read|continue)|now|today)|our [\w ]{0,20}newsletter|newsletter (?:sign.?up|subscri)|create (a free |an )?account|log ?in to (read|continue|comment)|support (our|independent) journalism|already a subscriber|(?:purchase|buy|get) a subscription|subscri(?:be|ption(?: is required)?) to (?:continue|read)|구독(하기|신청|하세요|과 좋아요)|뉴스레터|회원 ?가입|подпи(сывайтесь|шитесь)|наш(ем|ему|его)? (телеграм|telegram)|нашу рассылку|会員登録|有料会員|無料会員|ログインして|购读|購読(する|申し込み)|メルマガ|订阅(我们|本|公众)|訂閱(我們|本)|扫(码|一扫|描二维码)|掃碼|关注(我们|公众号|微信)|下载(客户端|app))/i,
  // Who made it.
  /^\(?(?:reporting|writing|additional reporting|editing|compiled|translation) by .+/i,
  /^(?:автор|авторы|текст|редактор|корреспондент|подготовил[аи]?|перевод)\s*[:：—-].{1,80}$/i,
  /^[가-힣]{2,4}\s?(?:[가-힣]{0,6}\s?)?(?:기자|특파원|논설위원|인턴기자|선임기자|객원기자)(?:[\s=]*[\w.+-]+@[\w.-]+)?[.\s=]*$/,
  /^(?:[(（【[].{0,20})?(?:記者|记者|编辑|編輯|責任編集|责任编辑|責任編輯|编译|編譯|执笔|執筆|作者|来源|來源|原标题|撰文|校对)[:：/／\s].{0,60}$/,
  /^[\w.+-]+@[\w-]+\.[\w.-]+$/,
  // Photographs.
  /^(?:photo|photograph|image|picture|pic|file photo|video|graphic|illustration|caption|credit|photos?( credit)?|image (credit|source|caption))(?: by|s? courtesy of|\s*[:/|©-]).{0,160}$/i,
  /^[(（[].{0,60}(?:photo|getty|reuters|afp|epa|사진|фото|写真|图|圖)[^)）\]]{0,60}[)）\]]\.?$/i,
  /^(?:▲\s?)?사진\s?[=:：/|]|(?:사진|그래픽|자료)\s?=\s?[가-힣A-Za-z\s·/]{2,30}[.\s]*$/,
  /^(?:фото|видео|иллюстрация|источник фото|снимок)\s*[:：/|©—-].{0,160}$/i,
  /^(?:写真|画像|写真提供|提供|図|出典|图片?来源|圖片?來源|資料圖|图|供图)\s*[:：/=＝｜|].{0,120}$/,
  /^(?:图为|圖為|资料图)|(?:記者|记者|通讯员|社)\s?.{2,8}[^拍](?:摄|攝)[。)）]?$/,
  // Rights.
  /(?:©|ⓒ|\(c\) ?(?:19|20)\d\d|^copyright|all rights reserved|무단\s?전재|재배포\s?금지|저작권자|все права защищены|при (цитировании|использовании|перепечатке) .{0,60}(ссылк|обязательн)|無断(転載|複製)|禁無断|转载.{0,6}(注明|须|请)|轉載.{0,6}(註明|須|請)|版权(所有|归)|版權所有|未经.{0,8}授权|未經.{0,8}授權|may not be (published|reproduced|republished|broadcast))/i,
  /^(?:this (material|content) may not be|the views expressed|opinions expressed|disclaimer|terms of (use|service)|privacy policy|cookie)/i,
  // Errors and notices of the site.
  /(?:enable javascript|javascript (is|must be) (disabled|enabled)|(?:accept|uses?|allow) (?:all |our )?cookies|your browser (does not|doesn't) support|we value your privacy|please (update|upgrade) your browser)/i,
  /(?:report (a|an) (typo|error)|send us (a )?tips?|제보는 .{0,30}@|카카오톡.{0,10}제보|если вы (заметили|нашли) (ошибку|опечатку)|выделите (ее|её|текст|фрагмент))/i,
];

/** A heading after which everything is by readers, not by the outlet. */
const COMMENTS =
  /^(?:\d+\s+)?(?:(?:reader|user|top|latest|all|view|show|post a|leave a|add a|write a)\s+)*(?:comments?|reply|replies|join the discussion|전체 ?댓글|댓글( ?쓰기| ?목록)?|комментари(?:и|й|ев)|обсуждение|コメント(一覧|する|欄)?|评论|評論|网友评论|網友評論|发表评论|跟帖|留言)\s*(?:\(?\s*\d*\s*\)?|\d+[개건条條件]?|:)\s*[.:]?$/i;

/** A heading over links to other articles. */
const RELATED =
  /^[<[【■▶▲●#*\s]*(?:related( (articles|stories|news|content|links|topics))?|read (also|next)|also read|more (from|on|stories|news|headlines)\b.{0,30}|most (read|popular|viewed)|trending( now)?|recommended( for you)?|you (may|might) also like|in other news|see also|top stories|latest news|관련 ?(기사|뉴스)|많이 본 (기사|뉴스)|추천 ?(기사|뉴스)|인기 ?(기사|뉴스)|이 시각 주요 ?뉴스|читайте также|по теме|материалы по теме|ещё по теме|еще по теме|другие новости|популярное|самое читаемое|новости партн[её]ров|関連(記事|ニュース|リンク)|人気記事|おすすめ(記事)?|あわせて読みたい|アクセスランキング|ランキング|相关(阅读|新闻|报道|链接)|相關(閱讀|新聞|報導)|延伸(阅读|閱讀)|推荐阅读|推薦閱讀|热门(新闻|文章)|熱門(新聞|文章)|更多(新闻|新聞))\s*[>\]】:：…]*\s*$/i;

/** An item of a list of links: numbered, or bulleted. */
const LIST_ITEM = /^(?:\(?\d{1,2}[.)、]\s|[①-⑳]|[•·▶▲►■◆※»›-]\s?)/u;

const DATELINES = [
  // МОСКВА, 19 июн — Агентство.
  /^\p{Lu}{3,}(?:[ -]\p{Lu}{2,})*,\s\d{1,2}\s\p{L}{3,9}\.?\s(?:—|–|-)\s[\p{L} .]{2,30}\.\s/u,
  // SEOUL, June 20 (Wire) -- ; Moscow (Wire) —
  /^\p{Lu}[\p{L}\p{N}.,'’ -]{1,50}\s?\([\p{L}\p{N} .&/-]{2,40}\)\s?(?:-{1,2}|—|–|:)\s*/u,
  // Pyongyang, June 19 /WIRE/. ; МОСКВА, 19 июня. /АГЕНТСТВО/.
  /^\p{Lu}[\p{L}\p{N}.,'’ -]{1,50}\s?\/[\p{L}\p{N} .&-]{2,40}\/\s?\.?\s?(?:-{1,2}|—|–)?\s+/u,
  // SEOUL -- ; SEOUL, June 20 —
  /^\p{Lu}{3,}[\p{Lu} ]{0,20}(?:,\s\p{L}{3,9}\.?\s\d{1,2})?\s?(?:-{1,2}|—|–)\s+/u,
  // (서울=통신) 아무개 기자 = ; [서울=통신]아무개 기자 =
  /^[([【（［][^)\]】）］]{1,40}[=＝][^)\]】）］]{1,30}[)\]】）］](?:\s?[가-힣·\s]{2,30}(?:기자|특파원)[가-힣·\s]{0,20})?\s?[=＝]?\s?/,
  /^[가-힣·\s]{2,24}(?:기자|특파원)\s?[=＝]\s?/,
  // 【平壌6月19日発通信】, ［ソウル 19日 通信］
  /^[【［[][^】］\]]{2,40}(?:発|通信|共同|時事|聯合|ロイター|電|电|讯|訊|社)[^】］\]]{0,12}[】］\]]\s?/,
  /^[（(][\p{Script=Han}、\s]{2,14}(?:综合)?(?:讯|訊|电|電)[）)]\s?/u,
  // 某社平壤6月19日电（记者…）
  /^[\p{Script=Han}]{2,10}(?:\d{1,2}月\d{1,2}日)(?:电|電|讯|訊)\s?(?:[（(][^）)]{1,30}[）)])?[\s，,：:]?/u,
  /^[\p{Script=Han}]{2,6}网\d{1,2}月\d{1,2}日(?:电|讯)\s?(?:[（(][^）)]{1,30}[）)])?\s?/u,
];

const BYLINE = /^(?:by|written by|reported by|edited by|compiled by|translated by|author|story by)[:\s]+/i;
const BYLINE_WORDS = new Set(
  'and of the for in at de van von al el staff writer writers reporter reporters correspondent editor senior political foreign bureau chief news'.split(
    ' ',
  ),
);

/** `By Dana Whitlock, staff writer`, but not `By Friday the bridge had reopened.` */
function isByline(text: string): boolean {
  const prefix = BYLINE.exec(text)?.[0].length;
  if (!prefix || text.length > 120) return false;
  const words = text.slice(prefix).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 0 && words.every((word) => /^\p{Lu}/u.test(word) || BYLINE_WORDS.has(word));
}

/** Whether a line or sentence is furniture of the page and not news. */
export function isFurniture(text: string): boolean {
  return text.length < 240 && (isByline(text) || FURNITURE.some((pattern) => pattern.test(text)));
}

export function opensComments(line: string): boolean {
  return line.length < 40 && COMMENTS.test(line);
}

export function opensRelated(line: string): boolean {
  return line.length < 60 && RELATED.test(line);
}

export function isListItem(line: string): boolean {
  return LIST_ITEM.test(line);
}

/** Length of the place, date and agency that a wire report begins with, 0 where there are none. */
export function datelineLength(text: string): number {
  const head = text.slice(0, 140);
  for (const pattern of DATELINES) {
    const match = pattern.exec(head);
    if (match) return match[0].length;
  }
  return 0;
}
