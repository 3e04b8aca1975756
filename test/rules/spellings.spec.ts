import { contentOf, filesBelow, stringsOfSource } from '../support/sentences.js';

/** The spelling or word that is chosen, and what is not written for it. */
const CHOSEN: [string, RegExp][] = [
  // Kana, where the manual has Chinese characters.
  ['ください', /下さい/],
  ['いただく', /頂/],
  ['いたします', /(?<!一)致[しす]/],
  ['こと', /[うくすつぬむるたい]事(?![案業情前例項務故])/],
  ['とき', /[るたいの]時(?![間刻点期])/],
  ['ため', /為/],
  ['よう', /[いるたなの]様(?![式子])/],
  ['できる', /出来/],
  ['ない', /無[いく]/],
  ['など', /(?<![同均人])等(?!しい)/],
  ['すべて', /[全総]て/],
  ['すでに', /既に/],
  ['または', /又は/],
  ['および', /及び/],
  ['ほか', /他[のにを]/],
  ['はじめ', /初め/],
  ['いちばん', /一番|最も新し/],
  ['まで', /迄/],
  ['ただし', /但し/],
  ['よろしければ', /宜し/],
  ['ご', /御(?![請中文])/],
  ['あと', /[のた]後[でに、]|その後|後から(?!再送)/],
  ['あいだ', /(?:の|いる|ない)間(?!違)/],
  ['そろえる', /揃/],
  ['1つ', /一つ|ひとつ|二つ/],
  // Chinese characters and katakana.
  ['今', /(?<![あえきぎしじせちただてでにびみりれけ])いま(?![すしせま])/],
  ['現在の設定', /今の(?:設定|制限|状態|パスワード)/],
  ['今お使いの', /現在お使い|現在のIP|この端末(?!から)/],
  ['分からない', /わから|判ら|解ら/],
  ['改めて', /あらため/],
  ['もう一度', /再度|再び|もういちど/],
  ['ブラウザー、サーバー、フォルダー', /(?:ブラウザ|サーバ|フォルダ|ユーザ)(?!ー)/],
  // One word for one thing.
  ['利用者, when it is not the role', /(?<![ご「])担当者(?!情報変更|に変更|の方|（|\n|$)/],
  ['お客様', /あなた|貴方/],
  ['ご自分', /ご自身|自分自身/],
  ['どなた', /誰/],
  ['第三者', /ほかの人|他人/],
  ['担当窓口', /(?<!担当)窓口|デスク|サポート/],
  [
    '担当窓口までご連絡ください',
    /お問い合わせください|窓口[^。]*お知らせください|窓口[にへ]ご連絡/,
  ],
  ['以前からの管理者', /既存の|元の管理者/],
  ['お心当たり', /身に覚え|覚えのない|(?<!お)心当たり/],
  ['TOPページ', /トップページ(?!へ)|トップ画面|ホーム(?:ページ|画面)/],
  ['ページ', /画面/],
  ['URL', /リンク/],
  ['メール', /電子メール|[eE]メール|E-mail/],
  ['管理者の追加登録', /管理担当者|管理者追加登録/],
  ['アカウントの登録', /ご利用の登録/],
  ['再送', /もう一度(?:お送り|送る|送り)|送り直/],
  ['取り消す', /取りやめ|キャンセル|取消|取り下げ|中止/],
  ['却下', /お断り|断[るらりっ]/],
  ['承認', /登録を認め/],
  ['停止', /止め(?:て|ま|る)|止ま[りるっ]|凍結/],
  ['ログアウト', /ログイン(?:を|が|は|の)(?:すべて)?終了|サインアウト|ログオフ/],
  ['ログイン', /サインイン|ログオン/],
  ['ダウンロード', /書き出/],
  ['元に戻る', /元のとおり|元どおり/],
  ['登録内容', /登録の内容/],
  ['利用終了日', /いつまで必要/],
  ['次の', /下記|以下の/],
  ['文字以内', /文字まで/],
  ['文字（パスワードやID）', /(?:英数|英字|パスワード|ID)[^。]*桁/],
  ['形式', /アドレスの形を/],
  ['カタカナまたはひらがな', /かな文字/],
  ['確認用のパスワード', /パスワード確認を/],
  ['1名だけ', /お一人|おひとり|唯一/],
  ['受け付けられません', /受け付けでき/],
  ['再登録', /再設定|リセット/],
  ['お手続き', /(?<![おの録])手続き(?!へ)/],
  ['お申し込み', /(?<!お)申し込み/],
  ['受付番号, of a case', /問い合わせ番号|事案の?番号|申し込み番号|照会番号/],
  ['リクエスト番号, of a page that was asked for', /エラー番号|エラー(?:コード|ID)|リクエストID/],
  // Marks.
  ['全角のかっこ', /[ぁ-ん一-龠]\([ぁ-ん一-龠]|[ぁ-ん一-龠]\)/],
  ['、 and 。', /[，．]|[ぁ-ん][,.](?![\w-])/],
  ['半角の英数字', /[０-９Ａ-Ｚａ-ｚ]/],
  ['全角のカナ', /[ｦ-ﾟ]/],
  ['no mark that shouts', /[！!？?]/],
  ['『』 in 「」', /「[^」]*「/],
  ['です・ます', /(?:である|だ|ない|(?<!まし|でし)た|[いて]る)。/],
];

/** The manual's own sentences and labels, which stay as they are. */
const MANUAL = [
  'IPアドレスの切り替えが行われた。',
  'IPアドレスを間違えて登録してしまった。',
  'IPアドレス制限によりログインできない。',
  'URLは発行から24時間で期限切れとなります。期限が切れたときは、もう一度この画面から送信処理を行ってください。',
  '※1 管理権限を保有する担当者を追加登録します。',
  '※2 登録時に認証の為、法人番号とお振込先口座番号が必要です。',
  '※3 登録完了時に、既存の管理者にも完了メールが送信されます。',
  '「法人番号」と「お振込先口座番号」がご不明な場合は、担当窓口までご連絡下さい。',
  'ご入力頂きましたメールアドレス宛てに、ご案内のメールを送信致しました。',
  'ご登録頂いているメールアドレスを入力し、「送信」を押してください。ログインIDのご確認と、パスワードの再登録を行うためのURLを記載したメールが送信されます。',
  'メールを開き、画面の指示に従って再登録を行ってください。',
  'ログインID・パスワードが相違しているか、初期登録が完了していない為ログインができません。',
  'ログインID・パスワードの再設定には、以前にご登録されていたメールアドレスが必要となります。',
  'ログインID・パスワードを入力したがログインができない。',
  'ログインID・パスワード再設定用のメールが届かない。',
  'ログインID・新しいパスワードは忘れない様ご注意ください。',
  'ログインページより、法人WEBシステム管理者の追加登録を行って頂きます。登録完了後に不要のアカウントは必ず削除して下さい。',
  '個人のインターネット環境のIPアドレスを登録してしまった。',
  '前任者が異動・退職しログインID・パスワードが分からない。',
  '対応については担当窓口にお問い合わせください。',
  '当システムへログインする為のURLなども記載していますので、ご確認ください。',
  '担当者権限の方がログインできない場合',
  '月々のご請求書を参照いただく事でご確認できます。ご請求書がお手元にない場合は、担当窓口までご連絡下さい。',
  '次のページより再度設定下さい。',
  '次のページより新規登録を行って下さい。',
  '法人番号・お振込先口座番号が分からない。',
  '管理担当者追加登録',
  '管理者追加登録完了',
  '管理者追加登録完了のご案内',
  '担当窓口がお申し込みを承認しました：管理者追加登録完了のご案内',
  '貴社の管理者権限を所持する方にお問い合わせください。',
  // Two more causes, beside those of the manual and in their form.
  '登録の期限が過ぎた。',
  'IPv6で接続している。',
];

const LONGEST_CHARACTERS = 61;

const JAPANESE = /[ぁ-んァ-ヶ一-龠]/;

const stringsOfJson = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsOfJson) : [];
};

/** Sentences of the pages and mails are the keys of the English ones; `english.spec.ts` sees to that. */
const sentences = [
  ...Object.keys(JSON.parse(contentOf('views/english.json')) as object),
  ...filesBelow('src', '.ts')
    .filter((file) => !file.startsWith('src/web/forms/'))
    .flatMap((file) => stringsOfSource(contentOf(file))),
  ...filesBelow('static', '.js').flatMap((file) => stringsOfSource(contentOf(file))),
  ...filesBelow('static', '.svg').flatMap((file) => contentOf(file).split(/<[^>]*>/)),
  ...filesBelow('docs/samples', '.json').flatMap((file) =>
    stringsOfJson(JSON.parse(contentOf(file))),
  ),
].filter((sentence) => JAPANESE.test(sentence));

const own = [...new Set(sentences)].filter((sentence) => !MANUAL.includes(sentence));

it.each(CHOSEN)('writes %s', (_chosen, other) => {
  expect(own.filter((sentence) => other.test(sentence))).toEqual([]);
});

it('has no exception that needs none', () => {
  const needed = MANUAL.filter((sentence) => CHOSEN.some(([, other]) => other.test(sentence)));
  expect(needed.filter((sentence) => sentences.includes(sentence))).toEqual(MANUAL);
});

it('says one thing in a sentence', () => {
  const parts = own.flatMap((text) => text.replace(/\{\w+\}/g, '').split(/[。\n]/));
  expect(parts.filter((part) => [...part].length > LONGEST_CHARACTERS)).toEqual([]);
});

it('names the number of a case and the number of a request each by one word', () => {
  const lines = [...filesBelow('views', '.hbs'), ...filesBelow('src', '.ts')].flatMap((file) =>
    contentOf(file).split('\n'),
  );
  const ofRequest = lines.filter((line) => /受付番号.*\brequest(?:Id|Number)\b/.test(line));
  const ofCase = lines.filter((line) => /リクエスト番号.*\bcaseNumber\b/.test(line));
  expect([...ofRequest, ...ofCase]).toEqual([]);
  const english = JSON.parse(contentOf('views/english.json')) as Record<string, string>;
  const others = Object.entries(english).filter(
    ([japanese, said]) =>
      /reference number/i.test(said) ||
      (/受付番号/.test(japanese) && !/case number/i.test(said)) ||
      (/リクエスト番号/.test(japanese) && !/request/i.test(said)),
  );
  expect(others).toEqual([]);
});
