/** Words that stand between dashes above a message that is quoted or forwarded whole. */
const BETWEEN_DASHES = [
  'original|ursprüngliche|ursprünglich|forward|weitergeleitet|transféré|transmis|réexpédi|origine|mensaje|reenviad|mensagem|encaminhad',
  'reencaminhad|messaggio|inoltrat|oorspronkelijk|doorgestuurd|oryginaln|przekazan|przesłan|vidarebefordra|ursprungligt|originalmeddelande',
  'videresend|videresendt|oprindelig|opprinnelig|välitetty|alkuperäinen|přeposlan|původní|preposlan|pôvodn|továbbított|eredeti',
  'iletilen|orijinal|mesajul|reply message|αρχικό|προωθημένο|исходное|пересыл|пересл|переадрес|переслан|оригінал|原始邮件|转发|轉寄|原始郵件|元のメッセージ|転送|원본|전달',
]
  .join('|')
  .split('|');

/** The line that Apple Mail puts above a forwarded message. */
const BEGINNINGS = new Set(
  [
    'begin forwarded message|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|début du message réexpédié',
    'début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht',
    'início da mensagem reencaminhada|início da mensagem encaminhada|początek przekazywanej wiadomości|vidarebefordrat brev',
    'vidarebefordrat meddelande|start på videresendt besked|videresendt brev|videresendt melding|välitetty viesti|začátek přeposílané zprávy',
    'начало переадресованного сообщения|перенаправлене повідомлення|yönlendirilmiş e-posta|továbbított levél kezdete|开始转发的邮件',
    '下面是被转发的邮件|開始轉寄郵件|転送されたメール|전달된 메시지 시작',
  ]
    .join('|')
    .split('|')
);

const LONGEST_LINE = 160;
const DASHES = /^[-_=*—–]{2,80}(?=[^-_=*—–])/;

/** Whether a line, without quote marks, says that another message follows whole. */
export const isOriginalMarker = (line: string): boolean => {
  const text = line.trim();
  if (text.length === 0 || text.length > LONGEST_LINE) return false;
  if (text.endsWith(':') || text.endsWith('：'))
    return BEGINNINGS.has(text.slice(0, -1).trim().toLowerCase());
  if (!DASHES.test(text) || !/[-_=*—–]{2}$/.test(text)) return false;
  const words = text.toLowerCase();
  return BETWEEN_DASHES.some((word) => words.includes(word));
};

/** Whether a line is only a rule, as Outlook draws one above a quote. */
export const isRule = (line: string): boolean => {
  const text = line.trim();
  return text.length >= 5 && text.length <= LONGEST_LINE && /^(?:_+|-+|=+|—+|\*+)$/.test(text);
};
