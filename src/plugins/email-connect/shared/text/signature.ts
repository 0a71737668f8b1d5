const DEVICES = [
  'i-?(?:phone|pad|pod)|mobile|mobil\\p{L}*|phone|telephone|téléphone|telefon\\p{L}*|telefoon|celular|móvil|cell|smartphone|tablet|handy',
  'blackberry|android|samsung|galaxy|htc|huawei|xiaomi|nokia|alcatel|ti-\\d+|pixel|oneplus|motorola|sony|xperia|lg|mac(?:book)?|apple|windows',
  'outlook|mail|mailbox|mailspring|airmail|yahoo|gmail|thunderbird|proton|gmx|web\\.de|aol|sparrow|k-9|spark|superhuman|newton|bluemail',
].join('|');
const SENT = [
  'sent|posted|typed|written|envoyé|expédié|enviado|enviada|inviato|inviata|verzonden|verstuurd|gesendet|wysłane|wysłano|skickat|sendt',
  'odesláno|odoslané|trimis|отправлено|надіслано|poslano',
].join('|');
const BY = [
  'from|via|with|by|using|through|on|depuis|de|du|avec|à partir|desde|con|do|da|dal|dall|com|pelo|van|vanaf|met|von|mit|über|z|ze|från|med|fra|din|с|з|из',
].join('|');

/** "Sent from my iPhone", "Von meinem Mobilgerät gesendet", "Get Outlook for iOS". */
const DEVICE_FIRST = new RegExp(
  `^(?:(?:${SENT})\\s(?:${BY})\\b.{0,40}|from\\smy\\s|[\\p{L}\\p{N}]{1,20}\\sfrom\\s(?:my\\s|a\\s)?|` +
    `(?:diese nachricht wurde |diese e-?mail wurde )?(?:von|mit)\\s(?:meine[mr]\\s).{0,20}|(?:get|download|obtenez|obtén|obter|scarica|hämta|holen sie sich|pobierz)\\s[[*]{0,2})(?:${DEVICES})`,
  'iu'
);
const SENT_LAST =
  /^(?:從|从)?我的.{0,30}(?:傳送|发送|發送)|^[发發](?:送)?自.{0,30}|^.{0,20}(?:iphone|ipad|スマートフォン).{0,8}(?:から送信|에서 보냄|umdan gönderildi)|^lähetetty .{0,30}(?:iphone|ipad|puhelime|androidi)/iu;
const LONGEST_LINE = 160;
const MOST_WORDS = 12;

const isDeviceSignature = (line: string): boolean => {
  if (line.length > LONGEST_LINE) return false;
  const text = line.trim().replace(/^[<([*_]{1,4}/, '');
  return (DEVICE_FIRST.test(text) || SENT_LAST.test(text)) && text.split(' ').length <= MOST_WORDS;
};

/** RFC 3676 section 4.3 requires "-- "; many programs lose the space, and telephones turn the two dashes into one. */
export const isSignatureDelimiter = (line: string): boolean =>
  line.length <= 8 && /^\s{0,3}(?:--|__|—)\s{0,3}$/.test(line);

const LONGEST_SIGNATURE = 20;

/**
 * The first line of the signatures that end the lines before `end`; `end` when there are none. Never before `start`.
 */
export const signatureStart = (lines: readonly string[], start: number, end: number): number => {
  const first = withoutDevices(lines, start, end);
  const highest = Math.max(start, first - LONGEST_SIGNATURE);
  for (let line = first - 1; line >= highest; line -= 1)
    if (isSignatureDelimiter(lines[line] ?? '')) return withoutDevices(lines, start, line);
  return first;
};

const withoutDevices = (lines: readonly string[], start: number, end: number): number => {
  let first = end;
  for (let line = end - 1; line >= start; line -= 1) {
    const text = lines[line] ?? '';
    if (isDeviceSignature(text)) first = line;
    else if (text.trim() !== '') break;
  }
  return first;
};
