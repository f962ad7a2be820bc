import { fold } from '../text/fold.ts';
import { stem } from '../text/stem.ts';
import type { Token } from '../text/tokenize.ts';

/**
 * What events are about, in the words of five languages: reports of one event in two languages share these where they
 * share no word. One line a concept: its name, then words in English, Russian, Korean, Japanese and Chinese. A word of
 * an unspaced script is found wherever it stands, a word of the others by its stem.
 */
const LEXICON = `
treaty treaty pact договор пакт 조약 条約 条约 條約
agreement agreement accord deal memorandum соглашение меморандум 협정 합의 양해각서 協定 合意 覚書 协定 协议 協議 备忘录
sign sign signed signing signature подписать подписал подписали подписание подписан 서명 체결 조인 署名 調印 締結 签署 簽署 签订 缔结
ratify ratify ratification ratified ратификация ратифицировал ратифицировать ратифицирован 비준 批准
summit summit саммит 정상회담 首脳会談 首脑会谈 峰会 首腦會談 元首会晤
talks talks meeting met negotiation consultations переговоры встреча встретился консультации 회담 회동 협의 면담 会談 協議 会見 会谈 会晤 会见 磋商
phonecall phone telephone телефонный телефону созвонились 통화 전화 電話 电话 通话
visit visit visited visiting visits trip tour визит визитом посетил посетила посетит поездка 방문 방북 방러 순방 訪問 訪朝 訪露 訪ロ 访问 访朝 访俄 出访
arrive arrive arrived arrives arrival landed прибыл прибыла прибыли прибыла прибытие прилетел 도착 到着 抵达 抵達
depart depart departed leaves left departure отбыл отбыла покинул отправился отправилась 출발 떠나 떠났 귀국 出発 帰国 离开 启程 回国
invite invite invited invitation пригласил приглашение приглашён пригласила 초청 초대 招待 招請 邀请 邀請
delegation delegation делегация 대표단 사절단 代表団 訪問団 代表团 代表團
letter letter message письмо послание 친서 서한 편지 전문 親書 書簡 亲笔信 信件 贺信
congratulate congratulate congratulated congratulations congratulatory поздравил поздравление поздравила поздравили 축하 축전 祝賀 祝電 祝贺 贺电 祝賀
condolence condolences condolence соболезнования соболезнование 조의 조전 애도 위로 弔意 哀悼 お悔やみ 慰问 吊唁
thank thanked gratitude grateful thanks поблагодарил благодарность 감사 사의 感謝 谢意 感谢
ambassador ambassador посол послом 대사 대사관 大使 大使館 大使馆
embassy embassy посольство посольства 대사관 大使館 大使馆
minister minister министр 장관 외무상 国防相 外相 大臣 部长 外长 防长
foreignministry foreign МИД иностранных 외교부 외무성 외무부 外務省 外相 外交部 外长 外務相
statement statement заявление заявил 성명 담화 声明 談話 谈话
deny deny denied denies denial отрицает опроверг опровергла отвергли 부인 반박 일축 否定 反論 否认 否認 驳斥
confirm confirm confirmed confirms acknowledged admitted подтвердил подтвердила подтвердили признал признали 확인 인정 시인 確認 認め 证实 承认 確認
condemn condemn condemned condemns denounced осудил осудила осудили осуждение 규탄 비난 非難 糾弾 谴责 譴責
warn warn warned warns warning предупредил предупредила предостерёг предостерегла 경고 警告
threaten threat threaten threatened угроза угрожает пригрозил 위협 威嚇 脅威 威胁
protest protest protested протест протестует 항의 시위 抗議 抗议 示威
summon summoned summons вызвал вызвали вызван 초치 呼び出 召见 传召
vote vote voted votes resolution голосование голосовал резолюция проголосовал 표결 결의 결의안 採決 決議 投票 表决 决议
veto veto vetoed вето 거부권 拒否権 否决 否決
unitednations UN ООН Совбез 유엔 안보리 国連 安保理 联合国 安理会 聯合國
sanction sanction sanctions sanctioned санкции санкций санкция 제재 制裁
monitor monitor monitoring panel watchdog мониторинг наблюдателей эксперты экспертов группа 감시 모니터링 전문가패널 監視 専門家パネル 监测 监督 专家小组
inspect inspect inspected inspection инспекция осмотрел проинспектировал 시찰 점검 視察 点検 视察 考察 检查
troops troops soldiers soldier servicemen солдаты военнослужащие солдат военных бойцы 병력 파병 병사 군인 북한군 部隊 兵士 派兵 将兵 部队 士兵 军人 派兵 出兵
deploy deploy deployed deployment dispatch dispatched sent развёртывание отправка отправил отправила отправили направил направит направила направили 파병 배치 파견 派遣 派兵 配備 部署 派遣 出动
sapper sapper sappers engineers deminers demining mines mine сапёры сапёров разминирование мины 공병 지뢰 工兵 地雷 扫雷 排雷
casualty killed dead deaths casualties died casualty погибли погиб погибших убиты потери жертвы 사망 전사 사상자 숨졌 숨진 희생 死亡 戦死 死傷 死者 阵亡 伤亡 死亡 丧生 遇难
wounded wounded injured hospital ранены раненые раненых госпиталь больница 부상 병원 다쳤 負傷 けが 病院 受伤 伤员 医院
prisoner prisoner captured prisoners captive POW пленный пленные плен взяты пленных военнопленных 포로 생포 捕虜 战俘 俘虏 被俘
body bodies remains coffin coffins тела тело останки гробы гроб 시신 유해 遺体 遺骨 遗体 遗骸 灵柩
hero hero heroes medal medals award awarded decorated order герой герои медаль орден награда наградил наградили награждены награждён 영웅 훈장 메달 표창 수여 英雄 勲章 メダル 表彰 勋章 奖章 授予
memorial memorial monument museum statue memorials мемориал памятник музей монумент 기념관 기념비 추모 동상 박물관 記念館 記念碑 追悼 博物館 銅像 纪念馆 纪念碑 博物馆 悼念
shell shells shell ammunition munitions artillery rounds снаряды снарядов боеприпасы боеприпасов артиллерия 포탄 탄약 砲弾 弾薬 炮弹 弹药 砲彈
arms arms weapons weapon weaponry оружие вооружение оружия вооружений 무기 兵器 武器 軍火 军火
missile missile missiles ракета ракеты ракет ракетный 미사일 ミサイル 导弹 飛彈
ballistic ballistic баллистическая баллистической баллистические 탄도 弾道 弹道
hypersonic hypersonic гиперзвуковой гиперзвуковая 극초음속 極超音速 高超音速
launch launch launched fired test-fired запуск запустил запустила запущен пуск 발사 쏘아 発射 打ち上げ 发射 發射
test test tested testing trial испытание испытания испытал испытали 시험 実験 試験 试验 试射
nuclear nuclear atomic ядерный ядерное ядерная ядерного атомный 핵 핵무기 핵실험 核実験 核兵器 核 核武器 核试验
reactor reactor enrichment uranium реактор уран обогащения обогащение 원자로 우라늄 농축 原子炉 ウラン 濃縮 反应堆 浓缩铀
satellite satellite satellites спутник спутника спутники 위성 衛星 卫星 衛星
rocket rocket ракета-носитель носитель 로켓 발사체 ロケット 火箭
space space cosmodrome spaceport cosmonaut roscosmos космос космодром космический космонавт 우주 우주기지 宇宙 宇宙基地 太空 航天 宇航
drone drone drones UAV беспилотник беспилотники дрон дроны бпла дронов 드론 무인기 ドローン 無人機 无人机 無人機
submarine submarine подлодка подводная подлодки 잠수함 潜水艦 潜艇
destroyer destroyer warship frigate fleet navy naval эсминец корабль флот военно-морской 구축함 군함 함정 해군 함대 駆逐艦 軍艦 海軍 艦隊 驱逐舰 军舰 海军 舰队
aircraft aircraft jet jets fighter bomber warplane истребитель самолёт бомбардировщик истребители 전투기 항공기 폭격기 戦闘機 航空機 爆撃機 战机 战斗机 轰炸机
airdefence pantsir interceptor interceptors ПВО Панцирь зенитный 방공 판치르 요격 防空 迎撃 拦截
drill drill drills exercise exercises manoeuvres maneuvers учения учений манёвры 훈련 연습 演習 訓練 演习 军演
parade parade параде парад парада 열병식 パレード 閲兵 阅兵 閱兵
base base garrison база базы 기지 基地
border border frontier граница границе пограничный приграничный 국경 접경 国境 边境 边界
frontline front frontline Kursk offensive фронт Курск Курская Курской наступление 전선 쿠르스크 前線 クルスク 前线 库尔斯克
occupied Donbas Donetsk Luhansk Донбасс ДНР ЛНР Донецк Луганск 돈바스 도네츠크 루한스크 ドンバス ドネツク ルハンスク 顿巴斯 顿涅茨克 卢甘斯克
attack attack attacked strike strikes struck raid удар удары атака атаковал обстрел 공격 공습 타격 攻撃 空爆 袭击 攻击 空袭
ceasefire ceasefire truce armistice перемирие прекращение 휴전 정전 停戦 休戦 停火 停战
peace peace peaceful мир мирный мира 평화 平和 和平
war war conflict война войны конфликт 전쟁 戦争 战争 戰爭
victory victory anniversary liberation победы победа годовщина годовщины освобождение 승전 전승절 기념일 광복 해방 주년 戦勝 記念日 解放 周年 胜利 纪念日 光复 周年
ceremony ceremony commemorate commemoration wreath церемония возложил возложили венок венки 기념식 행사 헌화 참배 式典 献花 参拝 仪式 典礼 敬献 花圈 纪念活动
spy spy spying espionage intelligence шпион шпионаж разведка разведки 간첩 스파이 정보당국 정보원 국정원 スパイ 情報機関 諜報 间谍 情报
satelliteimage imagery images photo photos снимки снимках фото 사진 영상 写真 映像 照片 图像 影像
hack hack hacker hackers cyber cyberattack hacking хакер хакеры кибератака хакерская взлом взломали 해킹 해커 사이버 ハッカー ハッキング サイバー 黑客 网络攻击 駭客
crypto crypto cryptocurrency bitcoin криптовалюта криптовалюты биткоин 암호화폐 가상화폐 가상자산 비트코인 暗号資産 仮想通貨 加密货币 虚拟货币
itworker freelancers remote IT-workers айтишники удалённо 위장취업 IT인력 IT労働者 IT技術者 IT人员
worker worker workers labourer labour laborers рабочие рабочих рабочая трудовые 노동자 근로자 인력 労働者 工人 劳工 劳务
factory factory plant production завод завода фабрика производство 공장 생산 군수공장 工場 生産 工厂 兵工厂 生产
construction construction build building built строительство строить построить строительства 건설 착공 건축 建設 着工 建造 建设 施工 动工
bridge bridge мост моста 다리 대교 교량 橋 大橋 桥 大桥 橋樑
railway rail railway train trains railroad железная железнодорожный железнодорожное поезд поезда РЖД 철도 열차 기차 鉄道 列車 铁路 列车 火车
flight flight flights airline airport aviation рейс рейсы авиакомпания аэропорт авиасообщение 항공 직항 항공편 공항 航空 直行便 空港 就航 航班 直航 机场 航空公司
ferry ferry ferries паром 여객선 페리 フェリー 旅客船 渡轮 客轮
port port harbour harbor порт порта гавань 항구 부두 港 港口 码头
ship ship vessel cargo freighter судно корабля грузовое сухогруз 선박 화물선 船舶 貨物船 货船 船只 船舶
tanker tanker tankers танкер танкеры 유조선 タンカー 油轮
container container containers контейнер контейнеры контейнеров 컨테이너 コンテナ 集装箱 貨櫃
tunnel tunnel road highway автодорога дорога тоннель трасса 도로 터널 고속도로 道路 トンネル 公路 隧道
tourism tourist tourists tourism resort турист туристы туризм курорт туристов туристическая 관광 관광객 리조트 観光 観光客 リゾート 旅游 游客 度假区
beach beach Wonsan пляж Вонсан 해수욕장 원산 갈마 元山 海水浴場 海滩
trade trade export exports imports turnover торговля экспорт импорт товарооборот 무역 교역 수출 수입 貿易 輸出 輸入 贸易 出口 进口
oil oil petroleum refined fuel нефть нефтепродукты топливо бензин 석유 정제유 원유 유류 石油 精製油 燃料 原油 石油 成品油
gas gas газ газа газопровод 가스 가스관 天然ガス パイプライン 天然气
coal coal уголь угля 석탄 石炭 煤炭
grain grain wheat flour corn зерно пшеница мука кукуруза 곡물 밀가루 식량 옥수수 穀物 小麦 食糧 粮食 小麦 面粉
food food rice meat pork beef продовольствие рис мясо говядина свинина 식량 쌀 돼지고기 소고기 육류 食料 豚肉 大米 猪肉 牛肉
fish fish fishing seafood crab рыба рыболовство крабы морепродукты 수산물 어업 어선 水産物 漁業 漁船 海鲜 水产 渔船 渔业
bank bank banking payment rouble ruble currency банк банки расчёты рубль рублях валюта 은행 결제 루블 외화 銀行 決済 ルーブル 银行 结算 卢布
economy economic economy экономика экономический экономическое 경제 経済 经济 經濟
commission intergovernmental commission межправительственная межправкомиссия комиссия 공동위원회 공동위 위원회 政府間委員会 委员会 委員会
forum forum conference congress форум конференция конгресс 포럼 회의 총회 フォーラム 会議 论坛 会议 大会
parliament parliament duma speaker lawmakers assembly парламент дума спикер депутаты госдума 의회 국가두마 하원 최고인민회의 의장 議会 下院 議長 最高人民会議 议会 杜马 议长 最高人民会议
partycongress party plenum congress plenary съезд партия пленум 당대회 전원회의 노동당 党大会 総会 労働党 党代会 全会 劳动党
election election elections vote выборы президентские 선거 選挙 选举 選舉
law law legislation bill constitution закон законопроект конституция 법안 법률 헌법 法案 法律 憲法 法律 法案 宪法
court court trial judge sentenced sentence суд приговор приговорил осуждён судья 법원 재판 선고 징역 裁判 判決 実刑 法院 判处 审判 判刑
arrest arrest arrested detained detention арестован задержан задержали арест задержание 체포 구속 억류 逮捕 拘束 拘留 逮捕 拘捕 被捕
prosecutor prosecutor prosecutors indicted charged прокуратура обвинение обвинил обвинила обвиняемый 검찰 기소 検察 起訴 检方 起诉 检察
defector defector defectors defected refugee перебежчик беженец сбежал 탈북 망명 탈북민 脱北 亡命 脱北者 逃兵 脱北者 叛逃
abduct abduction abductee похищение похищенных 납치 拉致 绑架
student student students university scholarship студент студенты университет вуз 학생 유학생 대학 学生 留学生 大学 学生 留学生 大学
school school pupils children camp школа школьники дети лагерь Артек 학교 아동 어린이 야영소 学校 子供 児童 キャンプ 学校 儿童 夏令营
language language textbook Russian-language русского язык языка учебник 러시아어 언어 ロシア語 言語 俄语 语言
culture cultural culture concert theatre theater ballet orchestra art культура концерт театр балет ансамбль оркестр 문화 공연 예술 음악회 文化 公演 コンサート 芸術 演出 音乐会 艺术 文艺
film film movie cinema documentary фильм кино сериал документальный 영화 다큐 드라마 映画 ドラマ ドキュメンタリー 电影 纪录片
sport sport sports football soccer athletes match спорт футбол матч сборная спортсмены 체육 축구 선수 경기 スポーツ サッカー 選手 試合 体育 足球 运动员 比赛
circus circus zoo animals lions цирк зоопарк животные львы медведь 서커스 동물원 동물 サーカス 動物園 動物 马戏 动物园 动物
church church patriarch orthodox religious церковь патриарх православный храм 교회 정교회 총대주교 教会 正教会 総主教 教堂 东正教 大牧首
health health doctors medicine hospital vaccine medical врачи медицина здравоохранение вакцина медицинский 보건 의료 의사 백신 保健 医療 医師 ワクチン 医疗 卫生 医生 疫苗
virus covid virus pandemic quarantine эпидемия ковид вирус карантин 코로나 바이러스 방역 격리 コロナ 感染 防疫 新冠 疫情 病毒 防疫
flood flood floods flooding disaster typhoon наводнение паводок стихия тайфун 홍수 수해 재해 태풍 洪水 水害 災害 台風 洪水 水灾 灾害 台风
quake earthquake quake землетрясение 지진 地震
fire fire blaze explosion blast пожар взрыв загорелся 화재 폭발 火災 爆発 火灾 爆炸
crash crash crashed collision accident катастрофа авария крушение столкновение разбился 추락 사고 충돌 墜落 事故 衝突 坠毁 事故 相撞
aid aid humanitarian relief помощь гуманитарная гуманитарный 지원 원조 구호 支援 援助 救援 援助 救援 人道
technology technology transfer technological технологии технология передача 기술 이전 技術 移転 技术 转让
science science scientific research scientists academy наука учёные академия исследования 과학 연구 科学 研究 学術 科学 研究 学者
telecom internet telecom mobile network интернет связь сеть сотовая 통신 인터넷 네트워크 通信 インターネット 通信 互联网 网络
media newspaper television broadcaster journalist газета телевидение журналист телеканал 방송 신문 기자단 언론 放送 新聞 記者 電視 报纸 记者 电视台 媒体
photo handshake banquet dinner reception ужин приём банкет обед 만찬 연회 리셉션 晩餐 宴会 晚宴 宴会 招待会
gift gift gifts present car limousine Aurus подарок подарил подарки автомобиль лимузин Аурус 선물 자동차 리무진 아우루스 贈り物 リムジン 礼物 赠送 轿车 汽车
daughter daughter successor family дочь дочери наследница преемник 딸 후계 娘 後継 女儿 接班
sister sister sisters сестра сестры 여동생 妹 妹妹 胞妹
birthday birthday день-рождения рождения 생일 誕生日 生日
appoint appoint appointed appointment dismissed replaced назначен назначил назначила уволен отставка сменил 임명 해임 교체 경질 任命 解任 更迭 任命 解职 撤换
inauguration inauguration sworn oath инаугурация присяга 취임 就任 就职
budget budget spending billion бюджет расходы 예산 予算 预算
price price prices inflation exchange цена цены инфляция 가격 물가 환율 価格 物価 为替 价格 物价 汇率
demand urge urged demand demanded calls called призвал призвала потребовал потребовала 촉구 요구 要求 促し 呼びかけ 敦促 要求 呼吁
support support supports backing backed поддержка поддержал поддержала поддерживает 지지 支持 支援
cooperate cooperation cooperate partnership сотрудничество партнёрство взаимодействие 협력 협조 동반자 協力 連携 パートナーシップ 合作 伙伴
alliance alliance ally allied союз союзник союзники союзнический 동맹 同盟 盟友 同盟
strategic strategic comprehensive стратегический всеобъемлющий стратегическое всеобъемлющем 전략적 포괄적 戦略的 包括的 战略 全面
article4 clause mutual defence взаимной обороны обороне статья 상호방위 자동개입 相互防衛 共同防衛 互助 共同防御
reveal report reveals estimate estimated assessed оценка оценили оценивает 추산 평가 분석 推計 推定 分析 估计 评估 分析
leaflet leaflet leaflets balloon balloons loudspeaker листовки воздушные шары громкоговорители 전단 풍선 확성기 ビラ 風船 拡声器 传单 气球 扩音器
human-rights rights abuses правозащитники права нарушения 인권 人権 人权 人權
smuggle smuggling smuggled illegal evasion контрабанда незаконный обход 밀수 밀매 불법 회피 密輸 違法 密売 走私 非法 规避
veteran veteran veterans ветеран ветераны 참전용사 노병 退役軍人 老兵
orphan orphans widow families bereaved сироты вдова семьи семьям 유가족 유족 고아 遺族 遺児 遗属 家属 遗孤
street street housing apartments улица жильё квартиры 거리 주택 살림집 街 住宅 街道 住宅
swimming pool water park аквапарк бассейн 물놀이 プール 水上
ski ski winter lake горнолыжный лыжный 스키 スキー 滑雪
energy power electricity plant hydroelectric электростанция энергетика электроэнергия ГЭС 전력 발전소 에너지 電力 発電所 エネルギー 电力 发电站 能源
minerals mining minerals rare-earth gold рудник полезные ископаемые золото редкоземельные 광물 광산 희토류 금광 鉱物 鉱山 レアアース 矿产 矿山 稀土 黄金
timber logging timber forestry лес лесозаготовки древесина 벌목 목재 임업 伐採 木材 林業 伐木 木材 林业
farm agriculture agricultural farm сельское сельскохозяйственный агро ферма 농업 농장 農業 農場 农业 农场
beer beer vodka alcohol пиво водка алкоголь соджу 맥주 보드카 소주 ビール 焼酎 酒 啤酒 烧酒 伏特加
shop supermarket restaurant store магазин ресторан супермаркет 식당 상점 마트 레스토랑 レストラン 商店 スーパー 餐厅 商店 超市
card visa passport visas виза визы паспорт безвизовый 비자 여권 무비자 査証 ビザ 旅券 签证 护照 免签
police police interior public-security полиция МВД внутренних 경찰 내무 보안상 警察 内務 警察 内务 公安
deport extradite extradition deport deported экстрадиция депортирован депортация 송환 추방 送還 追放 引渡し 遣返 引渡 驱逐
`;

/** Countries and alliances by whose name a report says who spoke or acted, likewise. */
const PARTIES = `
southkorea Seoul Сеул Сеула Сеулу Сеулом южнокорейский Южная Южной Южную 한국 서울 대통령실 국방부 국정원 합참 韓国 ソウル 韩国 首尔
unitedstates Washington White Pentagon US American Trump Biden США Вашингтон Вашингтона американский Трамп 미국 백악관 워싱턴 국무부 트럼프 바이든 米国 米政府 ホワイトハウス トランプ 美国 白宫 特朗普
china China Beijing Chinese Xi Китай Китая Пекин Пекина Пекине КНР китайский 중국 베이징 시진핑 中国 北京 習近平 习近平
japan Japan Tokyo Japanese Япония Японии Токио японский 일본 도쿄 日本 東京
ukraine Ukraine Ukrainian Kyiv Zelensky Украина Украины Украине Киев Киева Киеву украинский Зеленский 우크라이나 우크라 키이우 젤렌스키 ウクライナ キーウ ゼレンスキー 乌克兰 基辅 泽连斯基
nato NATO НАТО Stoltenberg Столтенберг Rutte Рютте 나토 北約 北约
vietnam Vietnam Hanoi Вьетнам Ханой Ханое 베트남 하노이 ベトナム ハノイ 越南 河内
`;
/** Concepts that are parties. */
export const PARTY_NAMES: ReadonlySet<string> = new Set(
  PARTIES.trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(' '))),
);

/** Longest word of an unspaced script in the lexicon, in characters. */
let longest = 2;
const byStem = new Map<string, string[]>();
const bySpelling = new Map<string, string[]>();
for (const line of `${LEXICON.trim()}\n${PARTIES.trim()}`.split('\n')) {
  const [concept, ...words] = line.split(' ') as [string, ...string[]];
  for (const word of words) {
    const folded = fold(word);
    const unspaced = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(folded);
    const [table, key] = unspaced ? [bySpelling, folded] : [byStem, stem(folded)];
    if (unspaced) longest = Math.max(longest, folded.length);
    table.set(key, [...new Set([...(table.get(key) ?? []), concept])]);
  }
}

/** Concepts that a text names, in order of their first mention. */
export function conceptsOf(text: string, tokens: readonly Token[]): string[] {
  const found = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    const { term, kind, start } = tokens[i]!;
    if (kind === 'word') for (const concept of byStem.get(term) ?? []) found.add(concept);
    if (kind !== 'bigram') continue;
    for (let length = Math.min(longest, text.length - start); length > 0; length--) {
      const concepts = bySpelling.get(text.slice(start, start + length));
      if (!concepts) continue;
      for (const concept of concepts) found.add(concept);
      break;
    }
  }
  return [...found];
}
