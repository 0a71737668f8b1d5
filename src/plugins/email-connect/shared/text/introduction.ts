/** "wrote" in the words of mail programs. With some of these verbs the name follows: "schrieb Ann". */
const LETTER_VERBS = [
  'wrote|writes|said|schrieb|geschrieben|a écrit|écrit|écrivait|écrivit|escribió|escribio|escribía|escrito|escribiu|escreveu|ha scritto|scritto|scrive',
  'schreef|geschreven|skrev|har skrevet|kirjoitti|napisał|napisała|napisał\\(a\\)|napisał/a|pisze|napsal|napsala|napsal\\(a\\)|napísal|napísal\\(a\\)|napísala',
  'napisao|napisala|je napisal|a scris|írta|yazdı|şunu yazdı|έγραψε|написал|написала|написал\\(а\\)|пишет|писал|пише|писав|написав|написала|написа|напісаў',
  'rašė|rakstīja|kirjutas|va escriure|menulis|đã viết|viết|skrifaði|כתב|כתבה|كتب',
].join('|');
const VERB = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${LETTER_VERBS})(?![\\p{L}\\p{N}])|写道|写到|寫道|書きました|のメール|작성|님이 씀`,
  'iu'
);

const WEEKDAY =
  '(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam|sáb|dim|dom|seg|ter|qua|qui|sex|gio|sab|maa|woe|din|don|vri|zat|zon|pon|wt|śr|czw|pt|sob|ndz|mån|tis|ons|tor|lör|sön|man|tir|lør|søn|пн|вт|ср|чт|пт|сб|вс|нд)[\\p{L}]{0,12}[.,]?';
const LEAD =
  '(?:on|at|le|el|il|am|op|em|no dia|den|dne|dňa|dnia|w dniu|w dn\\.|pe|în data de|em data de|il giorno|el día|на|в|στις|ngày|pada|v|ma|a|à|у|于|在|於|בתאריך|في)';
const DATE =
  '(?:\\d{1,4}[-/.年]\\s?\\d|\\d{1,2}\\.?(?:er|º)?\\s(?:de\\s)?[\\p{L}]{3,12}|\\d{1,2}\\.\\s?\\d|[\\p{L}]{3,12}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d|' +
  `${WEEKDAY}\\s?,?\\s{0,2}(?:den\\s|le\\s|\\d|[\\p{L}]{3,12}\\.?\\s\\d))`;
const STARTS_WITH_DATE = new RegExp(`^[-\\s]{0,8}(?:${LEAD}\\s?)?${DATE}`, 'iu');
/** "Ann Example <ann@x.example>", "Ann Example": a few words without the end of a sentence. */
const NAME = /^["'„“«(]?[\p{Lu}\p{Lo}\p{N}][^.!?:;]{0,80}$/u;
const TIME = /\d{1,2}\s?[:.hH時]\s?\d{2}|[上下]午/;
const WORDS_OF_A_NAME =
  /^(?:\s?["'<(]?(?:[\p{Lu}\p{Lo}\d][^\s.!?]{0,40}\.?|de|van|von|der|da|di|del|la|le)["'>),]{0,2}){0,6}\s?$/u;

const MOST_LINES = 6;
const LONGEST_LINE = 300;
const LONGEST_INTRODUCTION = 500;

export interface Introduction {
  /** Over how many lines it is broken. */
  length: number;
  /** It names a time or an address: the text below is another person's even where no ">" says so. */
  isCertain: boolean;
}

type Reading = Omit<Introduction, 'length'> & {
  /** It begins as introductions do. If not, it needs a time, an address and "wrote". */
  beginsWell: boolean;
};

const readIntroduction = (lines: readonly string[]): Reading | null => {
  const text = lines.join(' ');
  const verb = VERB.exec(text);
  if (verb !== null && /^-{2,10}.{1,300}-{2,10}$/.test(text)) return { beginsWell: true, isCertain: true };
  const hasAddress = text.includes('@');
  const hasTime = TIME.test(text);
  const startsWithDate = STARTS_WITH_DATE.test(text);
  if (verb === null) return startsWithDate && hasAddress ? { beginsWell: true, isCertain: hasTime } : null;
  if (!startsWithDate && !isName(text.slice(0, verb.index).trim())) {
    const [first = ''] = lines;
    const isWhole = hasAddress && hasTime && (first.includes('@') || TIME.test(first));
    return isWhole ? { beginsWell: false, isCertain: true } : null;
  }
  const after = text.slice(verb.index + verb[0].length).replace(/[\s:：-]{1,20}$/, '');
  // In "Ann wrote on 5 May at 10:00:" the date comes last.
  const endsWell = WORDS_OF_A_NAME.test(after.slice(0, 200)) || /^\s\p{L}{1,4}\s[^!?]{0,100}\d/u.test(after);
  return { beginsWell: true, isCertain: /\d/.test(text) && (hasAddress || (hasTime && endsWell)) };
};

const isName = (text: string): boolean => {
  const name = text.replace(/\s?[<([][^<>()[\]]{0,200}@[^<>()[\]]{0,200}[>)\]]?/, '');
  return NAME.test(name) && name.split(' ').length <= 8;
};

const endsAsIntroduction = (line: string): boolean => {
  const end = line.slice(-40).trimEnd();
  if (end.endsWith(':') || end.endsWith('：')) return true;
  return (end.endsWith('-') || end.endsWith('—')) && /\s[-—]{2,10}$/.test(end);
};

/** Whether a line further down begins an introduction that ends at the same place. */
const beginsLater = (lines: readonly string[], { beginsWell }: Reading): boolean =>
  lines.some((_, start) => {
    const later = start === 0 ? null : readIntroduction(lines.slice(start));
    return later !== null && later.isCertain && (later.beginsWell || !beginsWell);
  });

/**
 * The line that mail programs put above a quote, "On Monday at 10:00, Ann <ann@x.example> wrote:", broken into up to
 * six lines; null when none begins at `at`. The shortest reading wins: a line of the author above it is not included.
 */
export const introductionAt = (lines: readonly string[], at: number): Introduction | null => {
  const words: string[] = [];
  let characters = 0;
  for (let end = at + 1; end <= Math.min(lines.length, at + MOST_LINES); end += 1) {
    const line = lines[end - 1] ?? '';
    characters += line.length;
    if (line.length > LONGEST_LINE || characters > LONGEST_INTRODUCTION) return null;
    if (line.trim() !== '') words.push(line.trim());
    if (!endsAsIntroduction(line)) continue;
    const read = readIntroduction(words);
    if (read !== null)
      return beginsLater(words, read) ? null : { length: end - at, isCertain: read.isCertain };
  }
  return null;
};

/** "2013/7/20 Ann <ann@x.example>" has no "wrote" and no colon: only a quote below makes it an introduction. */
export const isBareIntroduction = (line: string): boolean =>
  line.length <= LONGEST_LINE && /@[^\s@]{1,200}>\s{0,20}$/.test(line) && STARTS_WITH_DATE.test(line);
