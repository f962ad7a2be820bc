const NEGATION =
  /(?<![\p{L}])(?:not|no|never|none|nor|neither|cannot|den(?:y|ies|ied|ial)|reject(?:s|ed)?|refus(?:e|es|ed)|rul(?:e|es|ed|ing) out|fail(?:s|ed)?|\p{L}+n['’]t|не|никогда|отриц\p{L}+|отверг\p{L}+|опроверг\p{L}+|отказ\p{L}+)(?![\p{L}])|않|아니|없|못하|못 |부인|거부|거절|일축|ない|なかった|ません|否定|拒否|拒絶|不(?!同|断|少|久|仅|过|只)|没有|未(?!来|来)|否认|拒绝|並非|并非/iu;
const HEDGE =
  /(?<![\p{L}])(?:may|might|could|possibly|perhaps|probably|likely|unlikely|reportedly|allegedly|alleged|apparently|purported(?:ly)?|suspected|believed|expected|appears?|seems?|unconfirmed|rumou?red|plans? to|considering|возможно|вероятно|предположительно|может|могут|мог|могли|якобы|похоже|видимо|ожидается|предполагается|планирует\p{L}*)(?![\p{L}])|가능성|것으로 (?:보|추정|알려|전해|예상)|추정|관측|듯|할 수 있|かもしれ|可能性|とみられ|とされ|見通し|見込み|模様|可能|或许|也许|据称|疑似|预计|估计/iu;
const ATTRIBUTION =
  /(?<![\p{L}])(?:said|says|say|told|according to|claim(?:s|ed)?|report(?:s|ed)?|announced|stated|estimates?|estimated|сказал\p{L}*|заявил\p{L}*|сообщил\p{L}*|сообщает|по словам|по данным|по оценк\p{L}+|утвержда\p{L}+)(?![\p{L}])|밝혔|말했|전했|주장|에 따르면|보도|発表|述べ|によると|報じ|表示|称|据|报道|说/iu;

/** Whether a text makes a fact of what its source denies or only holds possible, or a denial of a fact. */
export function changesModality(text: string, source: string): 'negation' | 'hedge' | null {
  if (NEGATION.test(source) !== NEGATION.test(text)) return 'negation';
  return HEDGE.test(source) && !HEDGE.test(text) && !ATTRIBUTION.test(text) ? 'hedge' : null;
}
