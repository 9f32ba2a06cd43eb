interface Words {
  readonly name: string;
  readonly introduction: string;
  readonly organization: string;
  readonly slug: string;
}

interface Entry {
  readonly vocabulary: Vocabulary;
  readonly organization: Organization;
  readonly topic: Topic;
  readonly place: string;
}

/**
 * Returns the texts of a channel. Languages alternate, and names do not repeat before all are used.
 */
export function wordsOf(number: number): Words {
  const entries = LANGUAGES[number % LANGUAGES.length] ?? [];
  const turn = Math.floor(number / LANGUAGES.length);
  // A step coprime to the number of entries visits each of them once per round.
  const entry = entries[(turn * 577) % entries.length];
  if (entry === undefined) throw new Error(`no words for channel ${number}`);
  const { vocabulary, organization, topic, place } = entry;
  const [title, slug, introduction] = topic;
  const round = Math.floor(turn / entries.length);
  const name = place + vocabulary.space + title;
  return {
    name: round === 0 ? name : `${name} ${round + 1}`,
    introduction: introduction.replaceAll("*", place),
    organization: organization.name,
    slug: `${organization.slug}_${slug}`,
  };
}

function entriesOf(vocabulary: Vocabulary): Entry[] {
  return vocabulary.organizations.flatMap((organization) =>
    organization.topics.flatMap((topic) =>
      vocabulary.cities.map((place) => ({ vocabulary, organization, topic, place })),
    ),
  );
}

/** The words for channels in one language. */
interface Vocabulary {
  readonly cities: readonly string[];
  /** The separator between place and title. */
  readonly space: string;
  readonly organizations: readonly Organization[];
}

interface Organization {
  readonly name: string;
  readonly slug: string;
  readonly topics: readonly Topic[];
}

/** Title, word for the ID, and introduction, in which * is the place. */
type Topic = readonly [title: string, slug: string, introduction: string];

const english: Vocabulary = {
  cities:
    "London Bristol Leeds Glasgow Dublin Cardiff Belfast Oxford Brighton Norwich Boston Chicago Denver Seattle Portland Austin Atlanta Phoenix Toronto Ottawa Calgary Halifax Sydney Perth Hobart Darwin Auckland Wellington Nairobi Kampala Accra Lagos Durban Kingston Nassau Valletta Gibraltar Singapore Penang Galway".split(
      " ",
    ),
  space: " ",
  organizations: [
    {
      name: "Harbour Media Group",
      slug: "harbour",
      topics: [
        [
          "Morning News",
          "morning",
          "What happened in * overnight, in your pocket before breakfast.",
        ],
        ["Evening Brief", "evening", "Five stories from * worth your train ride home."],
        [
          "Weather Watch",
          "weather",
          "Forecasts, tides and warnings for * and the coast around it.",
        ],
        ["Business Wire", "business", "Markets, jobs and openings: the working day of *."],
        ["Live Music", "music", "Who plays tonight in *, and where tickets are left."],
        ["Food Table", "food", "New kitchens, old favourites and one recipe a week from *."],
        ["Film Club", "film", "Screenings, reviews and the Thursday quiz of the * film club."],
        ["Radio Hour", "radio", "Programme notes and replays of the station that wakes *."],
      ],
    },
    {
      name: "Civic Services Network",
      slug: "civic",
      topics: [
        [
          "City Council",
          "council",
          "Decisions, consultations and opening hours of * City Council.",
        ],
        [
          "Public Transport",
          "transport",
          "Delays, diversions and night buses in *, as they happen.",
        ],
        ["Libraries", "library", "Readings, late openings and new arrivals in the libraries of *."],
        ["Water and Energy", "utilities", "Planned works and outages in *, street by street."],
        ["Health Service", "health", "Clinics, vaccination days and pharmacy rotas for *."],
        ["Schools", "schools", "Term dates, closures and enrolment for the schools of *."],
        ["Recycling", "recycling", "Which bin on which day: collection notices for *."],
        ["Museum", "museum", "Exhibitions, tours and free Sundays at the * Museum."],
      ],
    },
    {
      name: "Alder & Vale Leisure",
      slug: "alder",
      topics: [
        ["Football Club", "football", "Line-ups, scores and ticket news of * Football Club."],
        ["Rowing Club", "rowing", "Training times, regattas and river levels at *."],
        ["Marathon", "marathon", "Routes, start lists and results of the * Marathon."],
        ["Esports Arena", "esports", "Brackets, streams and open nights at the * arena."],
        ["Farmers Market", "market", "What is ripe, and who is at the * market this Saturday."],
        ["Book Shop", "books", "Signed copies, pre-orders and readings at the * shop."],
        ["Coffee Roasters", "coffee", "Fresh roasts and members' offers from our * counter."],
        ["Bike Store", "bikes", "Repairs, rides and the autumn sale of the * store."],
      ],
    },
  ],
};

const chinese: Vocabulary = {
  cities:
    "北京 上海 广州 深圳 杭州 南京 苏州 成都 重庆 武汉 西安 长沙 青岛 大连 厦门 福州 济南 郑州 合肥 昆明 贵阳 南宁 海口 沈阳 哈尔滨 长春 太原 兰州 西宁 银川 宁波 无锡 佛山 东莞 珠海 温州 泉州 烟台 洛阳 桂林".split(
      " ",
    ),
  space: "",
  organizations: [
    {
      name: "江海传媒集团",
      slug: "jianghai",
      topics: [
        ["早新闻", "news", "每天早上七点，用三分钟了解*昨夜今晨发生的大事。"],
        ["晚报", "evening", "*本地记者采写，下班路上读完的五条新闻。"],
        ["天气预报", "weather", "*及周边地区的天气、空气质量和预警信息。"],
        ["财经观察", "finance", "读懂*的产业、楼市与就业，只讲数据和事实。"],
        ["音乐现场", "music", "*本周演出安排、购票提醒和现场回顾。"],
        ["美食地图", "food", "跟着编辑吃遍*，从老字号到新馆子。"],
        ["交通广播", "radio", "*实时路况、停车信息与节目回放。"],
        ["读书会", "reading", "每周共读一本书，*线下活动名额优先预约。"],
      ],
    },
    {
      name: "智慧城市服务中心",
      slug: "zhihui",
      topics: [
        ["政务服务", "gov", "*办事指南、预约取号和政策解读，一个频道全知道。"],
        ["地铁", "metro", "*地铁首末班车、限流通知与换乘提示。"],
        ["图书馆", "library", "*图书馆新书上架、讲座预告和开放时间。"],
        ["水电通知", "utilities", "*停水停电计划提前知晓，按街道查询。"],
        ["卫生健康", "health", "*门诊安排、疫苗接种和健康科普。"],
        ["教育发布", "education", "*入学、考试与放假安排的权威发布。"],
        ["博物馆", "museum", "*博物馆展览、导览与免费开放日预约。"],
        ["文旅", "travel", "发现*的四季：线路、门票和节庆活动。"],
      ],
    },
    {
      name: "乐动生活科技",
      slug: "ledong",
      topics: [
        ["足球俱乐部", "football", "*足球俱乐部首发名单、比分与球票信息。"],
        ["马拉松", "marathon", "*马拉松报名、路线、成绩查询和赛后照片。"],
        ["电竞馆", "esports", "*电竞馆赛程、直播与周末开放时间。"],
        ["手游公会", "games", "版本更新、礼包发放与*同城玩家活动。"],
        ["生鲜超市", "market", "*门店今日特价，会员每周三双倍积分。"],
        ["书店", "books", "*书店签售、预售与亲子阅读活动。"],
        ["咖啡馆", "coffee", "*门店新品和会员日，凭频道消息第二杯半价。"],
        ["骑行社", "cycling", "*周末骑行路线、集合时间与装备团购。"],
      ],
    },
  ],
};

const japanese: Vocabulary = {
  cities:
    "札幌 函館 旭川 青森 盛岡 仙台 秋田 山形 福島 水戸 宇都宮 前橋 横浜 川崎 鎌倉 新潟 富山 金沢 福井 甲府 長野 松本 岐阜 静岡 浜松 名古屋 京都 大阪 堺 神戸 奈良 岡山 広島 高松 松山 高知 福岡 長崎 熊本 那覇".split(
      " ",
    ),
  space: "",
  organizations: [
    {
      name: "みなと放送",
      slug: "minato",
      topics: [
        ["朝のニュース", "news", "*の昨夜から今朝までの出来事を、毎朝七時にお届けします。"],
        ["夕刊ダイジェスト", "evening", "帰りの電車で読み切れる、*の話題を五本。"],
        ["天気予報", "weather", "*の天気、潮位、警報をいち早くお知らせします。"],
        ["経済レポート", "economy", "*の企業、雇用、商店街のいまを数字で伝えます。"],
        ["ライブ情報", "music", "今週の*のライブと、残りわずかなチケットのご案内。"],
        ["グルメ散歩", "food", "老舗から新店まで、*を歩いて見つけた一皿。"],
        ["ラジオ", "radio", "*の朝をつくる番組の予定と聴き逃し配信。"],
        ["映画の会", "film", "*のミニシアターの上映予定とトークイベント。"],
      ],
    },
    {
      name: "くらし市民ネット",
      slug: "kurashi",
      topics: [
        ["市役所だより", "city", "*市からのお知らせと手続きのご案内です。"],
        ["地下鉄・バス", "transit", "*の運行情報、遅延、終電の時刻をお届けします。"],
        ["図書館", "library", "*の図書館の新着図書、講演会、休館日のご案内。"],
        ["水道局", "water", "*の断水予定と復旧の状況を地区ごとにお知らせします。"],
        ["保健センター", "health", "*の健診、予防接種、休日当番医のご案内。"],
        ["教育委員会", "schools", "*の学校行事と臨時休校のお知らせ。"],
        ["ごみ収集", "recycling", "今日は何の日？*の収集日を前の晩にお知らせ。"],
        ["美術館", "museum", "*の美術館の展覧会と無料開館日のご予約。"],
      ],
    },
    {
      name: "あおばレジャー",
      slug: "aoba",
      topics: [
        ["サッカークラブ", "football", "*のスタメン、試合結果、チケット情報を公式配信。"],
        ["野球倶楽部", "baseball", "*の試合日程と雨天中止のお知らせ。"],
        ["マラソン", "marathon", "*マラソンのエントリー、コース、記録速報。"],
        ["ゲームアリーナ", "games", "*の大会情報とアップデート、週末の開放時間。"],
        ["朝市", "market", "今週末の*の朝市に並ぶ旬のもの。"],
        ["書店", "books", "*の書店のサイン会、予約受付、読み聞かせ。"],
        ["珈琲焙煎所", "coffee", "*の店から、焼きたての豆と会員特典のお知らせ。"],
        ["自転車店", "bikes", "*の走行会、整備教室、秋のセール。"],
      ],
    },
  ],
};

const korean: Vocabulary = {
  cities:
    "서울 부산 대구 인천 광주 대전 울산 세종 수원 성남 용인 고양 안양 부천 안산 평택 의정부 춘천 원주 강릉 속초 청주 충주 천안 아산 전주 군산 익산 목포 여수 순천 포항 경주 구미 안동 창원 진주 통영 제주 서귀포".split(
      " ",
    ),
  space: " ",
  organizations: [
    {
      name: "한빛미디어그룹",
      slug: "hanbit",
      topics: [
        ["아침뉴스", "news", "밤사이 *에서 있었던 일을 아침 7시에 전해 드립니다."],
        ["저녁브리핑", "evening", "퇴근길에 읽는 * 소식 다섯 가지."],
        ["날씨", "weather", "* 지역의 예보, 미세먼지와 기상 특보를 알려 드립니다."],
        ["경제", "economy", "숫자로 읽는 *의 일자리와 부동산, 시장 이야기."],
        ["라이브", "music", "이번 주 * 공연 일정과 예매 소식."],
        ["맛집", "food", "*의 노포부터 새로 연 가게까지, 편집부가 직접 먹어 봅니다."],
        ["교통방송", "radio", "* 실시간 교통 상황과 프로그램 다시 듣기."],
        ["영화모임", "film", "* 독립영화관 상영 시간표와 관객과의 대화 안내."],
      ],
    },
    {
      name: "열린시민서비스",
      slug: "yeolin",
      topics: [
        ["시청", "city", "*시청의 공지와 민원 안내를 가장 먼저 받아 보세요."],
        ["지하철", "metro", "* 지하철 지연, 막차 시간과 우회 안내."],
        ["도서관", "library", "* 도서관의 새 책, 강연과 휴관일 소식."],
        ["상수도", "water", "* 단수 계획과 복구 소식을 동네별로 알려 드립니다."],
        ["보건소", "health", "* 보건소 진료, 예방접종 일정과 건강 정보."],
        ["교육청", "schools", "* 학교의 학사 일정과 휴교 안내."],
        ["분리배출", "recycling", "*의 요일별 배출 품목과 수거 시간 안내."],
        ["박물관", "museum", "* 박물관 전시와 해설, 무료 개방일 예약."],
      ],
    },
    {
      name: "다온레저",
      slug: "daon",
      topics: [
        ["축구단", "football", "* 축구단의 선발 명단, 경기 결과와 입장권 소식."],
        ["야구단", "baseball", "* 야구단 경기 일정과 우천 취소 안내."],
        ["마라톤", "marathon", "* 마라톤 접수, 코스와 기록 조회."],
        ["게임센터", "games", "* 대회 대진표와 업데이트 소식, 쿠폰 나눔."],
        ["농산물장터", "market", "이번 주말 * 장터에 나오는 제철 농산물."],
        ["서점", "books", "* 서점의 사인회, 예약 판매와 낭독회."],
        ["커피로스터스", "coffee", "오늘 볶은 원두와 * 매장 단골 혜택."],
        ["자전거", "bikes", "* 라이딩 코스와 정비 교실, 가을 할인."],
      ],
    },
  ],
};

const LANGUAGES = [english, chinese, korean, japanese].map(entriesOf);
