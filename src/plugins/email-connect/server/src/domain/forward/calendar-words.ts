/** Of English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish and Norwegian; no word means two months. */
const MONTHS = [
  'january jan januar janvier janv enero ene gennaio gen januari janeiro stycznia styczeń sty',
  'february feb februar février févr fév febrero febbraio februari fevereiro fev lutego luty lut',
  'march mar märz mär mrz mars marzo maart mrt março marca marzec marts',
  'april apr avril avr abril abr aprile kwietnia kwiecień kwi',
  'may mai mayo maggio mag mei maio maja maj',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip',
  'august aug août aoû agosto ago augustus augusti sierpnia sierpień sie',
  'september sept sep septembre septiembre settembre set setembro września wrzesień wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro out października październik paź',
  'november nov novembre noviembre novembro listopada listopad lis',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru desember des',
];

/** From Sunday. "mar" is also a month: its place in the date decides. */
const WEEKDAYS = [
  'sunday sun sonntag so dimanche dim domingo dom domenica zondag zo zon niedziela niedz nd ndz söndag sön søndag søn',
  'monday mon montag mo lundi lun lunes lunedì maandag ma maa segunda-feira segunda seg poniedziałek pon pn måndag mån mandag man',
  'tuesday tue tues dienstag di mardi mar martes martedì dinsdag din terça-feira terça ter wtorek wt tisdag tis tirsdag tir',
  'wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì woensdag wo woe quarta-feira quarta qua środa śr śro onsdag ons',
  'thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì gio donderdag don quinta-feira quinta qui czwartek czw torsdag tors tor',
  'friday fri freitag fr vendredi ven viernes vie venerdì vrijdag vr vri sexta-feira sexta sex piątek pt pią fredag fre',
  'saturday sat samstag sa sonnabend samedi sam sábado sáb sabato sab zaterdag za zat sobota sob lördag lör lørdag lør',
];

/**
 * Minutes east of UTC. Names that mean two zones (BST, IST) are missing; names of RFC 5322 section 4.3 have the
 * meaning it gives them.
 */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  cet: 60,
  mez: 60,
  west: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const numbered = (lists: readonly string[], first: number): Map<string, number> =>
  new Map(lists.flatMap((words, index) => words.split(' ').map((word) => [word, index + first])));

const months = numbered(MONTHS, 1);
const weekdays = numbered(WEEKDAYS, 0);

/** 1 to 12; null for any other word. */
export const monthOf = (word: string): number | null => months.get(word.toLowerCase()) ?? null;

/** 0 for Sunday to 6; null for any other word. */
export const weekdayOf = (word: string): number | null => weekdays.get(word.toLowerCase()) ?? null;

/** Minutes east of UTC; null for a name that is not known to mean one zone. */
export const offsetOfZone = (name: string): number | null => ZONES[name.toLowerCase()] ?? null;
