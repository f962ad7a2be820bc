import type { Kind } from '../model/topic.ts';

/** Words that tell what sort of text this is, whatever its topic. */
export interface KindCue {
  kind: Kind;
  /** `title`: a label that names the kind; `text`: a turn of phrase that such texts are full of. */
  place: 'title' | 'text';
  words: Record<string, string[]>;
}

export const KIND_CUES: readonly KindCue[] = [
  {
    kind: 'opinion',
    place: 'title',
    words: lists({
      en: `
        opinion, editorial, op-ed, commentary, column, letters to the editor, viewpoint,
        our view`,
      ko: '사설, 칼럼, 기고, 시론, 논설, 오피니언, 시평, 횡설수설, 만물상, 기자수첩, 논평',
      ru: 'мнение, колонка, передовица, от редакции, реплика, авторская колонка',
      ja: '社説, コラム, オピニオン, 論説, 寄稿, 主張, 論壇',
      zh: '社论, 社論, 评论, 評論, 社评, 时评, 專欄, 专栏, 观点, 锐评',
      fr: 'tribune, éditorial, chronique, opinion',
    }),
  },
  {
    kind: 'opinion',
    place: 'text',
    words: lists({
      en: `
        must, should, ought, let us, we need, we believe, it is time, shame, shameful, hypocrisy,
        naive, nobody should, no illusion, in my view, i believe, the lesson, cannot afford,
        dare, sacred, invincible, glorious, brazen, folly, wake up, history will, deplorable,
        we must, we cannot, we should, we, our leaders, our allies, stop pretending, pretend, shrug, our government, our own`,
      ko: '해야 한다, 해야 할 것이다, 안 된다, 말아야, 한심, 개탄, 우려스럽다, 직시해야, 명심, 마땅하다, 어불성설, 자명하다, 대비해야',
      ru: `
        должны, должен, нельзя, пора, необходимо, стыдно, лицемерие, наивно, нужно,
        на мой взгляд, убежден, позор, уверен, мы должны, нам нужно, нам должно, наша страна, не имеем права, обязаны, мы не`,
      ja: 'べきだ, べきである, べきではない, ならない, 許されない, 許してはならない, 看過できない, 求めたい, 忘れてはならない, 急務だ, 必要がある, 断じて, 我々は',
      zh: '应当, 应该, 必须, 绝不能, 不能不, 岂能, 令人遗憾, 值得警惕, 何其, 必將, 必将, 應當, 應該, 必須, 理应, 切莫, 我们必须, 我们应该, 我们不能',
    }),
  },
  {
    kind: 'analysis',
    place: 'title',
    words: lists({
      en: `
        analysis, explainer, explained, why, how, what does, what to know, in depth, takeaways,
        takeaway, implications, brief history, what is in, what's in, article by article, q&a,
        could signal, anatomy, five things, what it means, what kim wants, to watch, next for,
        in charts`,
      ko: '해설, 왜, 속내, 뉴스분석, 진단, 전문가, 포커스, 노림수, 셈법, 심층분석, 까닭, 이유는, 전망은, 득실, 분석',
      ru: `
        анализ, разбор, почему, что значит, что означает, объясняем, зачем, аналитик,
        последствия, как устроен, что стоит за, чего стоит, чем обернется`,
      ja: '分析, 解説, なぜ, 焦点, 読み解く, 深掘り, 狙い, 思惑, どうなる, 検証, の意味, どう見る',
      zh: '分析, 解读, 解讀, 观察, 觀察, 为何, 為何, 深度, 意味着什么, 透视, 前瞻, 意味着, 何以, 浅析',
    }),
  },
  {
    kind: 'analysis',
    place: 'text',
    words: lists({
      en: `
        analyst, analysts, expert, experts, observers, implications, suggests, implies,
        could signal, reinvigorate, in effect, in theory, in practice, assessment, scenario,
        scenarios, calculus, leverage, the question is, by contrast, ambiguity, clause,
        article 4, researcher, scholars, strategic, long term, at stake, motive, trade-off`,
      ko: '분석, 해석, 전문가, 관측, 풀이된다, 전망된다, 연구위원, 시사한다, 함의, 노림수, 속내, 주목된다, 우려가 제기, 저울질, 이해관계, 전문가들은, 볼 것, 가능성, 평가된다',
      ru: `
        эксперт, эксперты, востоковед, кореевед, обозреватель, неясно, устраивает, аналитик, аналитики, по мнению, сценарий, сценарии, последствия,
        означает, вероятно, рычаг, с точки зрения, политолог, формулировка, в перспективе`,
      ja: '専門家, 分析, とみられる, 可能性, 狙い, 思惑, 研究員, 指摘, 意味する, 背景に, シナリオ, 読み取れる',
      zh: '专家, 專家, 分析, 学者, 學者, 意味着, 意味著, 可能性, 情景, 背后, 各取所需, 利益, 筹码, 议价, 一旦, 观察人士, 研究员, 战略, 条款',
    }),
  },
  {
    kind: 'roundup',
    place: 'title',
    words: lists({
      en: `
        in brief, daily highlights, morning briefing, news briefing, evening briefing,
        world briefing, briefing, news roundup, roundup, round-up, top stories, headlines,
        the week in, week in review, asia this week, world this week, what we are watching, five things, things to know today, what happened today,
        newsletter, digest, at a glance, live updates, key events, calendar`,
      ko: `
        오늘의 뉴스, 주요 뉴스, 뉴스 브리핑, 브리핑, 간추린 뉴스, 이 시각 주요, 한눈에, 주간, 헤드라인, 조간, 석간, 모닝, 이번 주, 오늘의 주요일정,
        단신 모음`,
      ru: `
        главное за день, главное за неделю, дайджест, итоги дня, итоги недели, обзор прессы,
        главные новости, коротко, новости к утру, события дня, что произошло`,
      ja: '今日のニュース, ニュースまとめ, まとめ, ダイジェスト, 今週の, 一週間, 主なニュース, 朝刊, 夕刊, きょうの動き, ヘッドライン',
      zh: '要闻, 要聞, 早报, 早報, 晚报, 新闻汇总, 一周, 一週, 速览, 每日, 盘点, 今日头条, 早知道, 国际简讯, 简讯',
    }),
  },
  {
    kind: 'statement',
    place: 'title',
    words: lists({
      en: `
        statement by, statement of, press statement, joint statement, joint communique,
        communique, full text, transcript, spokesperson’s statement, message of greeting to,
        g7 statement, comment by the, full text of, comrade, respected comrade`,
      ko: '담화, 공동성명, 성명 전문, 공동보도문, 대변인 성명, 외무성 성명, 발표문, 기자회견문, 논평문, 합의문 전문, 담화 전문, 조약 전문',
      ru: `
        заявление мид, заявление официального, совместное заявление, коммюнике, полный текст,
        текст заявления, комментарий департамента, заявление министерства, стенограмма,
        заявление представителя`,
      ja: '共同声明, 報道官談話, 談話全文, 声明全文, 外務省声明, 談話, 共同コミュニケ, 記者会見録',
      zh: '联合声明, 聯合聲明, 声明全文, 发言人谈话, 談話全文, 联合公报, 公报, 外交部声明, 答记者问, 全文',
    }),
  },
  {
    kind: 'report',
    place: 'title',
    words: lists({
      en: 'publishes, published, publish, releases, released, issues statement, issues joint statement, adopt',
      ko: '전문 공개, 조약 전문 공개, 성명 전문 공개, 담화 전문 공개, 전문을 공개, 성명 발표, 담화 발표, 공동성명 채택, 조약문 공개, 합의문 공개',
      ru: 'опубликовать, опубликовал, опубликовала, опубликован, обнародовать, обнародовал',
      ja: '全文公開, 全文を公開, 全文公表, 声明を発表, 談話を発表',
      zh: '公布, 公布全文, 发表声明, 發表聲明, 刊登',
    }),
  },
  {
    kind: 'statement',
    place: 'text',
    words: lists({
      en: `
        comrade, comrades, respected, it was stressed, it was said, it was noted, it was pointed out, warmly met,
        warmly welcomed, warmly received, exchanged views, reaffirmed their, the parties, shall, the sides shall, hereby,
        militant greetings, amid a comradely atmosphere, enters into force, entry into force`,
      ko: '동지, 동지께서, 경애하는, 강조되였다, 하시였다, 되였다, 쌍방은, 지체없이, 체약국, 뜨거운 인사, 하였다',
      ru: `
        договаривающиеся стороны, стороны обязуются, стороны подтверждают, исходит из того, исходим из того,
        подчеркиваем, вступает в силу, призываем, товарищ, было подчеркнуто, российская сторона исходит`,
      ja: '同志, 強調された, 締約国, 双方は, 遅滞なく, 発効する',
      zh: '同志, 缔约, 締約, 双方应, 双方將, 本条约, 中方认为, 我们呼吁, 强调指出',
    }),
  },
  {
    kind: 'report',
    place: 'text',
    words: lists({
      en: `
        said, told, announced, reported, published, released, showed, learned, according to, confirmed, on monday, on tuesday,
        on wednesday, on thursday, on friday, on saturday, on sunday, spokesman, spokesperson,
        arrived, will visit`,
      ko: '밝혔다, 보도했다, 전했다, 말했다, 발표했다, 따르면, 현지시간, 알려졌다, 했다고',
      ru: `
        сообщил, сообщила, заявил, заявила, сообщает, передает, рассказал, отметил, прибыл,
        по данным, состоялась, подтвердил, говорится`,
      ja: '述べた, 報じた, 発表した, 明らかにした, 伝えた, によると, 到着した, 報道した, 語った, 伝えました, 明らかにしました',
      zh: '表示, 报道, 報道, 宣布, 据, 據, 指出, 抵达, 抵達, 称, 通报, 消息',
    }),
  },
];

function lists(words: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(words).map(([language, list]) => [language, list.split(',').map((word) => word.trim())]),
  );
}
