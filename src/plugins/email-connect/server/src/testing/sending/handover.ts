import type { ModelMail } from '../world/server/mail';
import type { SmtpEnding } from './history';

/** One mail with all its bytes at the server. */
export interface Handover {
  mail: ModelMail;
  login: string;
  mailFrom: string;
  at: number;
  /** The server has said no, and whoever handed it over heard that. */
  isRefused: boolean;
}

export const passwordOf = (login: string): string => `password of ${login}`;

/** Whether the server keeps what was handed over, in the end. */
export const isKept = ({ after, takes }: SmtpEnding): boolean =>
  after === 'taken' || after === 'partly' || (after === 'dropped' && takes);
