import { useRef, useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { ContactRef } from '../../../../../shared/contracts/contact-ref';
import type { MessageLocation } from '../../../../../shared/contracts/location';
import type { Nobody } from '../../../../../shared/contracts/nobody';
import type { Client } from '../../../api/client';
import { toProblem, type Problem } from '../../../api/problem';
import { createRecord, RecordRefused } from '../../../api/records';
import { acceptSuggestion, explainMessage, logByHand } from '../../../api/unlogged';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';
import type { ContactChoice } from './contact-choice';
import { contactData } from './contact-data';

export interface LogNow {
  inboxDocumentId: string;
  location: MessageLocation;
  /** It is logged into the conversation that is suggested for it. */
  asSuggested?: boolean;
  /** null: it stands on a contact by itself. */
  nobody: Nobody | null;
  onLogged: () => void;
  /** On whom it would stand is not what it was. */
  onOutdated: () => void;
  onClose: () => void;
}

interface LogNowState {
  /** null: no contact has to be found. */
  submit: (choice: ContactChoice | null) => void;
  isSubmitting: boolean;
  problem: Problem | null;
  /** Why the Content Manager did not create the contact, in its own words; '' when it did. */
  refused: string;
}

/** Creates the contact if the user wants one, then logs the message on it; tried again, it creates no second one. */
export const useLogNow = (asked: LogNow): LogNowState => {
  const text = useText();
  const { toggleNotification } = useNotification();
  const made = useRef<{ address: string; contact: ContactRef } | null>(null);
  const [refused, setRefused] = useState('');
  const question = { location: asked.location, asSuggested: asked.asSuggested };

  const contactFor = async (client: Client, choice: ContactChoice): Promise<ContactRef | null> => {
    if (choice.way === 'choose') return choice.chosen;
    const { contactType, address, name } = choice;
    if (made.current?.address === address && made.current.contact.contactType === contactType)
      return made.current.contact;
    const { inboxDocumentId, nobody } = asked;
    // Somebody else may have made the contact since this dialog was opened.
    if ((await explainMessage(client, inboxDocumentId, question)).nobody === null) return null;
    const form = nobody?.contactTypes.find((offer) => offer.contactType === contactType)?.form;
    if (!form) return null;
    const contact = await createRecord(client, contactType, contactData(form, name.trim(), address));
    made.current = { address, contact };
    return contact;
  };

  const send = async (client: Client, choice: ContactChoice | null): Promise<string> => {
    const { inboxDocumentId, location, asSuggested, onOutdated } = asked;
    try {
      const contact = choice && (await contactFor(client, choice));
      if (asSuggested) await acceptSuggestion(client, inboxDocumentId, { location, contact });
      else await logByHand(client, inboxDocumentId, { location, threadDocumentId: null, contact });
      return '';
    } catch (error) {
      if (error instanceof RecordRefused) return error.message;
      const problem = toProblem(error);
      if (problem.kind === 'told' && problem.code === 'CONTACT_MISSING') {
        made.current = null;
        onOutdated();
      }
      throw error;
    }
  };

  const { submit, isSubmitting, problem } = useSubmit(send, (why) => {
    setRefused(why);
    if (why !== '') return;
    toggleNotification({ type: 'success', message: text('log-now.done') });
    asked.onClose();
    asked.onLogged();
  });
  return { submit, isSubmitting, problem, refused: problem === null ? refused : '' };
};
