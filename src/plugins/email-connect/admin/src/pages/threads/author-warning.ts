import type { MessageSummary } from '../../../../shared/contracts/message';
import type { TextKey, TextValues } from '../../hooks/use-text';

type Tone = 'danger' | 'warning';

/** S44: what there is to know of an author before what they wrote is believed. */
export interface AuthorWarning {
  /** On the closed card too. */
  line: { tone: Tone; key: TextKey };
  tone: Tone;
  title: TextKey;
  more: TextKey[];
  /** Any name may stand before an address. */
  values: TextValues;
}

/** The stronger first. */
const newcomerMarks = ['borrowed-name', 'new-address'] as const;
const tones = { 'borrowed-name': 'danger', 'new-address': 'warning' } as const;

/** One warning for all marks of the author; null for none. */
export const authorWarning = ({
  marks,
  from: { address },
}: Pick<MessageSummary, 'marks' | 'from'>): AuthorWarning | null => {
  const newcomer = newcomerMarks.find((mark) => marks.includes(mark));
  const values = { address, domain: address.slice(address.lastIndexOf('@') + 1) };
  if (!marks.includes('dmarc-failed')) return newcomer === undefined ? null : ofNewcomer(newcomer, values);
  return newcomer === undefined ? ofKnownAuthor(values) : ofUnconfirmedNewcomer(newcomer, values);
};

type NewcomerMark = (typeof newcomerMarks)[number];

const ofNewcomer = (mark: NewcomerMark, values: TextValues): AuthorWarning => ({
  line: { tone: tones[mark], key: `message.mark.${mark}` },
  tone: 'warning',
  title: `message.mark.${mark}.explained`,
  more: [],
  values,
});

const ofUnconfirmedNewcomer = (mark: NewcomerMark, values: TextValues): AuthorWarning => ({
  line: { tone: 'danger', key: `message.mark.${mark}.unconfirmed` },
  tone: 'danger',
  title: 'message.mark.unconfirmed',
  more: [`message.mark.${mark}.explained`, 'message.mark.dmarc-failed.check'],
  values,
});

/** Mailing lists and forwards make DMARC fail of good mail every day. */
const ofKnownAuthor = (values: TextValues): AuthorWarning => ({
  line: { tone: 'warning', key: 'message.mark.dmarc-failed' },
  tone: 'warning',
  title: 'message.mark.dmarc-failed.explained',
  more: ['message.mark.dmarc-failed.reason'],
  values,
});
