import { Help, Option, type Command, type HelpConfiguration } from 'commander';
import type { Language } from '../web/texts.js';

/** What `--help` says, for Japanese terminals. English stands with each command, as scripts know it. */
export const USAGE_WORDS: Readonly<Record<string, string>> = {
  "The operators' commands of Genkan. Settings come from the environment.":
    'Genkanを運用する方のコマンドです。設定は環境変数から読みます。',
  'display help for command': 'コマンドの使い方を表示する',
  'bring the database up to this version': 'データベースをこの版に合わせる',
  'bring the companies and their transfer accounts to what a CSV file says':
    '法人とお振込先口座を、CSVファイルの内容に合わせる',
  'keep the two last invoices of each company in a CSV file, as digests':
    'CSVファイルから、法人ごとに直近2通の請求書をダイジェストで保存する',
  'UTF-8 or Shift_JIS, with a header line': 'UTF-8またはShift_JIS。1行目は見出し',
  'report what would change, and change nothing': '変わるところを報告するだけで、何も変更しない',
  'the mail server and what waits for it': 'メールサーバーと、送信を待つメール',
  'send a mail and print what the mail server says':
    'メールを1通送り、メールサーバーの応答を表示する',
  'whom to send it to': '宛先',
  'try every mail that waits for its next try now':
    '再送を待っているメールを、すべて今すぐ送信する',
  'instead, those that were refused, for as long as their content is kept':
    '代わりに、拒否されたメールのうち、内容が残っているものを送信する',
  'only those refused since then, e.g. 2026-11-27T09:00+09:00':
    'この日時以降に拒否されたものだけ（例：2026-11-27T09:00+09:00）',
  'read a mail that came back on stdin; for the pipe of a mail server':
    '戻ってきたメールを標準入力から読む。メールサーバーのパイプ用',
  'the return path that it came to; by default from its headers':
    '届いたリターンパス。省略するとヘッダーから読む',
  'what became of the mails to an address': 'メールアドレス宛てのメールの配信結果',
  'as it was given': '登録されたとおりのアドレス',
  'applications that the desk decides': '担当窓口が審査するお申し込み',
  'the applications that wait, the oldest first': '審査を待つお申し込みを、古い順に表示する',
  'also floods of one network or mail domain whose numbers match no company':
    '1つのネットワークやメールドメインから大量に届き、番号がどの法人とも一致しないものも含める',
  'let the applicant register: the activation mail goes out':
    'お申し込みを承認する。登録完了のメールを送信する',
  'close the case; the applicant gets a mail':
    'お申し込みを却下する。申し込んだ方にメールを送信する',
  'the case number, e.g. K7M2-9QXA': '受付番号（例：K7M2-9QXA）',
  'registrations and successions, and the objections to them':
    '新規登録・追加登録と、それらへの異議',
  'the cases that run, those that were objected to first':
    '進行中の事案を、異議のあるものから表示する',
  'what both sides did and say, and whom the mails reached':
    '双方の操作と説明、メールの届いた相手を表示する',
  'the newcomer stays; often two people of the desk say so':
    '登録を承認する。多くの場合、担当窓口の2人の判断が必要',
  'the newcomer goes': '登録を取り消す',
  'the company is given to a named person, once somebody else of the desk confirms':
    '別の方を管理者に指名する。担当窓口の別の方が確認すると決まる',
  'of the person': '指名する方の氏名',
  'the name in kana': '氏名のフリガナ',
  'a mailbox that only this person reads': '本人だけが読むメールアドレス',
  'the second person of the desk: the named person gets the activation mail':
    '2人目として指名を確認する。指名された方に登録完了のメールを送信する',
  'of the person whom you confirm': '指名された方のメールアドレス',
  'the log of what people did': '操作の記録',
  'write the log to stdout, the oldest rows first': '記録を古い順に標準出力へ出力する',
  'of one company only': '1つの法人だけ',
  'from this day in Japan or moment on': 'この日（日本時間）または日時から',
  'before this day in Japan or moment': 'この日（日本時間）または日時より前',
  'also tell in words who did what, and how it ended': 'だれが何をし、どうなったかを言葉でも書く',
  'compare the log with its seals, and tell what changed since':
    '記録を封印と照合し、変わったところを知らせる',
  'customer companies': '法人',
  'nobody of the company signs in': '法人の利用を終了する。だれもログインできなくなる',
  'its people sign in again': '法人の利用を再開する',
  "the company's number on its invoices": 'ご請求書の法人番号',
  "one person's account": '利用者のアカウント',
  'state, waits, sign-ins, last mails and last outcomes':
    '状態、待ち時間、ログイン、最近のメールと操作の結果',
  "the person's login ID": '利用者のログインID',
  'begin the removal of a lost second factor, once a second person says the same':
    '紛失した2段階認証の解除を始める。2人目が同じ判断をすると始まる',
  'also where no administrator from before is left': '以前からの管理者がいなくなる場合も停止する',
  'end the waits after wrong passwords and codes':
    'パスワードやコードの誤りによる待ち時間を終わらせる',
  'end a suspension, and the waits after wrong passwords and codes':
    '利用停止と、パスワードやコードの誤りによる待ち時間を終わらせる',
  'suspend an account and end its sessions': 'アカウントの利用を停止し、ログアウトさせる',
  'end all sign-ins on all devices': 'すべての端末からログアウトさせる',
  'delete an account and take name and addresses out of it, for ever':
    'アカウントを削除し、氏名と連絡先を消去する。元には戻せない',
  'add a person of the desk; mails a link that sets password and second factor':
    '担当窓口の方を追加する。パスワードと2段階認証を設定するURLをメールで送る',
  'to sign in with at the desk': '担当窓口でのログインID',
  'of the person, who decides under it': '氏名。この名前で判断が記録される',
  "the person's own mailbox": '本人のメールアドレス',
  'a lead looks after the people of the desk': '責任者（lead）は担当窓口の方を管理する',
  'one person of the desk': '担当窓口の方',
  'void password and second factor, and mail a link that sets both':
    'パスワードと2段階認証を無効にし、設定し直すURLをメールで送る',
  'nobody signs in with it any more': '登録を終える。ログインできなくなる',
  "the person's login ID at the desk": '担当窓口でのログインID',
  'let the people of a company in from anywhere, for some hours':
    'IPアドレス制限を一時停止し、どこからでもログインできるようにする',
  'after which it ends by itself, 1 to 72': '自動で元に戻るまでの時間。1から72まで',
  "told to all of the company's administrators": '理由。法人の管理者全員に知らせる',
  'end that before its time': 'IPアドレス制限の一時停止を、期限より前に終える',
  'bring what the former key sealed to the new one, and say what waits':
    '以前の鍵で封じたものを新しい鍵に移し、残りを知らせる',
  'look at configuration, database, mail, proxy, secrets and jobs':
    '設定、データベース、メール、プロキシ、鍵、ジョブを点検する',
  'who of the desk decides': '判断する担当窓口の方',
  'why, for the log': '理由。記録に残る',
  'who of the desk does it, for the log (default: your name on this machine)':
    '操作する担当窓口の方。記録に残る（省略するとこのマシンの利用者名）',
  'why: for the log, and told to whom it concerns': '理由。記録に残り、関係する方に知らせる',
};

/** Around them: titles, and what is said of a wrong command line. */
const FRAME: readonly [RegExp, string][] = [
  [/^Usage:/, '使い方：'],
  [/^Arguments:/, '引数：'],
  [/^Options:/, 'オプション：'],
  [/^Commands:/, 'コマンド：'],
  [/\bdefault: /, '既定値：'],
  [/\bchoices: /, '選択肢：'],
  [/^error: /, 'エラー：'],
  [/missing required argument ('.+')/, '引数 $1 がありません。'],
  [/required option ('.+') not specified/, 'オプション $1 が必要です。'],
  [/option ('.+') argument missing/, 'オプション $1 に値がありません。'],
  [/option ('.+') argument ('.*') is invalid\./, 'オプション $1 の値 $2 は使えません。'],
  [
    /command-argument value ('.*') is invalid for argument ('.+')\./,
    '引数 $2 の値 $1 は使えません。',
  ],
  [/Allowed choices are (.+)\./, '選べるのは $1 です。'],
  [/unknown option ('.+')/, 'オプション $1 はありません。'],
  [/unknown command ('.+')/, 'コマンド $1 はありません。'],
  [/\(Did you mean (.+)\?\)/, '（$1 ではありませんか）'],
  [
    /too many arguments.* Expected (\d+) arguments? but got (\d+).*/,
    '引数が多すぎます。$1個のところ、$2個ありました。',
  ],
  [/--until must be after --since/, '--until は --since より後にしてください。'],
  [/It is no whole number from 1 to (\d+)\./, '1から$1までの整数を入力してください。'],
  [/It is no company number\./, '法人番号を入力してください。'],
  [/It is no line of 1 to (\d+) characters\./, '1文字以上$1文字以内の1行で入力してください。'],
  [
    /It is no login ID of 4 to 64 letters, digits and \. _ - @/,
    '英字、数字、. _ - @ の4文字以上64文字以内で入力してください。',
  ],
  [
    /It is no name of 2 to 60 letters, digits, spaces and \. _ - \(or of one kanji\)/,
    '文字、数字、空白、. _ - の2文字以上60文字以内（漢字は1文字でも可）で入力してください。',
  ],
  [
    /It has letters that look like others\./,
    '漢字、かな、英字、ハングル、数字で入力してください。ほかの文字は、見分けにくいことがあります。',
  ],
  [/It is no kana\./, 'カナで入力してください。'],
  [/It is no mail address\./, 'メールアドレスを入力してください。'],
  [
    /Before the @ there may be letters of ASCII alone\./,
    '「@」より前が半角英数字のメールアドレスを入力してください。',
  ],
  [
    /It is no day \(2026-11-01\) and no moment with its offset\./,
    '日付（2026-11-01）か、時差のついた日時を入力してください。',
  ],
];

/** For all commands that are added afterwards. */
export function speakUsage(program: Command, language: Language): void {
  if (language !== 'ja') return;
  program.configureHelp(HELP);
  program.configureOutput({ outputError: (text, write) => write(framed(text)) });
}

const told = (description: string) => USAGE_WORDS[description] ?? description;

function framed(text: string): string {
  return FRAME.reduce((words, [english, japanese]) => words.replace(english, japanese), text);
}

const HELP: HelpConfiguration = {
  commandDescription: (command) => told(command.description()),
  subcommandDescription: (command) => told(command.description()),
  argumentDescription: (argument) => told(argument.description),
  optionDescription: (option) => {
    const worded = Object.assign(Object.create(Option.prototype) as Option, option);
    worded.description = told(option.description);
    return framed(new Help().optionDescription(worded));
  },
  styleTitle: framed,
};
