export type HeaderKind = 'from' | 'sent' | 'to' | 'cc' | 'subject' | 'other';

/**
 * The names that mail programs give the header fields of a quoted or forwarded message, in languages that have their
 * own.
 */
const NAMES: Record<HeaderKind, string> = {
  from:
    'from|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|od|nadawca|från|fra|lähettäjä|odesílatel|de la|feladó|' +
    'gönderen|kimden|από|от|от кого|отправитель|від|від кого|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람',
  sent:
    'sent|date|gesendet|datum|gesendet am|envoyé|envoyé le|date d’envoi|fecha|enviado|enviado el|enviado em|enviada em|enviada|data|' +
    'inviato|data invio|verzonden|wysłano|wysłane|data wysłania|skickat|sendt|dato|lähetetty|päivämäärä|päiväys|odesláno|odoslané|' +
    'dátum|elküldve|trimis|gönderildi|tarih|gönderme tarihi|ημερομηνία|στάλθηκε|дата|отправлено|надіслано|' +
    '发送时间|发送日期|日期|时间|傳送時間|寄件日期|送信日時|日時|日付|보낸 날짜|날짜',
  to:
    'to|an|empfänger|à|destinataire|a|para|destinatario|destinatário|aan|naar|do|adresat|till|til|vastaanottaja|komu|címzett|către|' +
    'kime|alıcı|προς|кому|получатель|收件人|收件者|宛先|받는 사람|받는사람',
  cc:
    'cc|c.c|kopie|kopie an|copie|copie à|copia|con copia|cópia|com cópia|dw|do wiadomości|udw|kopia|kopi|kopio|másolat|bilgi|' +
    'κοιν|копия|копія|抄送|副本|참조',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|aihe|předmět|predmet|tárgy|subiect|konu|θέμα|тема|' +
    '主题|主旨|主題|件名|제목',
  other:
    'reply-to|antwort an|répondre à|responder a|responder para|rispondi a|risposta|antwoord aan|odpowiedz do|odpowiedź do|svar till|' +
    'svar til|bcc|blindkopie|cci|cco|ccn|bcc an|organization|organisation|message-id|resent-from|importance|priority|wichtigkeit|priorität|' +
    'importancia|importância|priorité|priorità|urgentie|ważność|prioritet|attachments|anlagen|pièces jointes|datos adjuntos|anexos|' +
    'allegati|bijlagen|załączniki|bifogade filer|newsgroups|mailed-by|signed-by',
};

const kinds = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => names.split('|').map((name) => [name, kind as HeaderKind]))
);

export interface HeaderLine {
  kind: HeaderKind;
  value: string;
}

const LONGEST_NAME = 28;
const LONGEST_LINE = 1_000;
/** Bold HTML text becomes "*From:* Ann", "*From*: Ann" or "**From:** Ann". */
const AROUND = /^[*_\s]{1,8}|[*_\s]{1,8}$/g;

/** "Von: Ann <ann@x.example>" as its kind and value; null for any other line. Quote marks must be removed before. */
export const readHeaderLine = (line: string): HeaderLine | null => {
  const text = line.slice(0, LONGEST_LINE);
  const colon = text.slice(0, LONGEST_NAME).search(/[:：]/);
  if (colon <= 0) return null;
  const name = text.slice(0, colon).replace(AROUND, '').toLowerCase().replaceAll("'", '’');
  const kind = kinds.get(name);
  return kind === undefined ? null : { kind, value: text.slice(colon + 1).replace(AROUND, '') };
};
