/** What mail systems write before the subject they answer by themselves. Only at the start: `Re: Out of office` is a person. */
const AUTO_REPLY = [
  'auto(?:matic)?[ -]?(?:reply|response|answer)',
  'auto:',
  'out of (?:the )?office',
  'ooo:',
  'away from',
  'abwesenheit',
  'automatische (?:antwort|r[üu]ckantwort)',
  'autoantwort', // de
  'r[ée]ponse automatique',
  'absence du bureau',
  'message d.absence', // fr
  'respuesta autom[áa]tica',
  'fuera de la oficina', // es
  'risposta automatica',
  'fuori (?:sede|ufficio)', // it
  'resposta autom[áa]tica',
  'fora do escrit[óo]rio', // pt
  'automatisch antwoord',
  'afwezig', // nl
  'automatiskt svar',
  'autosvar',
  'automatisk svar',
  'ikke til stede',
  'frånvar', // sv da nb
  'automaattinen vastaus',
  'poissa', // fi
  'odpowied[źz] automatyczna',
  'autoodpowied[źz]', // pl
  'automatick[áa] odpov[ěe][ďd]', // cs sk
  'automatikus v[áa]lasz',
  'r[ăa]spuns automat',
  'samodejni odgovor',
  'automatski odgovor', // hu ro sl hr
  'otomatik yan[ıi]t', // tr
  'автоматический ответ',
  'автоответ',
  'автоматична відповідь', // ru uk
  'αυτόματη απάντηση',
  'תשובה אוטומטית',
  'رد تلقائي', // el he ar
  '自動(?:応答|返信)',
  '自动(?:回复|答复)',
  '自動(?:回覆|答覆)',
  '자동 ?(?:회신|응답|답장)', // ja zh ko
].join('|');

const BOUNCE = [
  'undeliver(?:able|ed)',
  'mail delivery (?:failed|failure|problem|error|subsystem)',
  'message delivery failure',
  'delivery (?:failure|failed|status notification|notification|report|has failed|problem|error)',
  'failure notice',
  'failure delivery',
  'non[- ]?delivery',
  'returned (?:mail|e-?mail)',
  'mail could not be delivered',
  '(?:mail|message|e-?mail) (?:not delivered|undeliverable|returned|system error)',
  'delivery to .{1,200} failed',
  '^delivery status$',
  'could not (?:send|be delivered)',
  'unzustellbar',
  'nicht zustellbar',
  'non remis',
  'no se puede entregar',
  'impossibile recapitare',
  'mancato recapito',
  'onbestelbaar',
  'не доставлено',
  '配信不能',
  '配信できません',
  '送信エラー',
  '退信',
].join('|');

const DELAY = [
  'delayed mail',
  'delivery (?:delayed|is delayed|has been delayed)',
  'message delayed',
  'delivery status notification \\(delay\\)',
  'warning: (?:could not send|message .{1,60} delayed|delayed)',
  'still being retried',
  'zustellung verz[öo]gert',
  'delivery temporarily (?:suspended|deferred)',
  'temporarily deferred',
  'mail delivery delay',
  'delay notification',
].join('|');

/** A report of success, which a sender asks for with NOTIFY=SUCCESS (RFC 3461 4.1). */
const SUCCESS = [
  'success(?:ful)? mail delivery',
  'success notice',
  'delivery status notification \\((?:success|relay|expan)',
  'return receipt',
  '(?:delivered|relayed|expanded):',
  '(?:übermittelt|weitergeleitet|zugestellt|remis|entregado):',
].join('|');

/** The list server fml refuses mail in the name of the list's owner: `You a@x.test are not member (crew ML)`. */
const refusalByList = /^you \S{1,320} are not (?:a )?member \(/iu;

const TAG = String.raw`^\s*(?:\[[^[\]]{0,60}\]\s*){0,3}`;
const autoReply = new RegExp(`${TAG}(?:${AUTO_REPLY})`, 'iu');
const bounce = new RegExp(BOUNCE, 'iu');
const delay = new RegExp(DELAY, 'iu');

const success = new RegExp(`${TAG}(?:${SUCCESS})`, 'iu');

const LONGEST = 500;

export const readsLikeAutoReply = (subject: string): boolean => autoReply.test(subject.slice(0, LONGEST));
export const readsLikeBounce = (subject: string): boolean => bounce.test(subject.slice(0, LONGEST));
export const readsLikeDelay = (subject: string): boolean => delay.test(subject.slice(0, LONGEST));
export const readsLikeSuccess = (subject: string): boolean => success.test(subject.slice(0, LONGEST));
export const readsLikeRefusalByList = (subject: string): boolean =>
  refusalByList.test(subject.slice(0, LONGEST));
