import { useCallback, useEffect, useState } from 'react';
import { Flex, Radio, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { DeletionChoice, DeletionQuestion } from '../../../../shared/contracts/deletion';
import type { Client } from '../../api/client';
import { loadDeletion } from '../../api/leaving';
import { ProblemNotice } from '../../components/kit/ProblemNotice';
import { ChooseContact } from '../../components/unlogged/log-now/ChooseContact';
import { inWay, type ContactChoice } from '../../components/unlogged/log-now/contact-choice';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import type { LeftMailAnswer } from './left-mail-answer';

interface Answering {
  onAnswer: (answer: LeftMailAnswer) => void;
}

type Kind = DeletionChoice['kind'];

const answerOf = (kind: Kind, { chosen }: ContactChoice): LeftMailAnswer => {
  if (kind !== 'hand-over') return { kind };
  return chosen ? { kind, to: chosen } : 'missing';
};

/** Contacts are found here, and none is made of anybody. */
const amongContacts = ({ contactTypes }: DeletionQuestion) => ({ people: [], contactTypes });

const LeftMailField = ({ question, onAnswer }: Answering & { question: DeletionQuestion }) => {
  const text = useText();
  const nobody = amongContacts(question);
  const [kind, setKind] = useState<Kind>(question.otherwise);
  const [heir, setHeir] = useState<ContactChoice>(() => ({
    ...inWay('choose', nobody),
    address: '',
    name: '',
  }));
  useEffect(() => {
    onAnswer(answerOf(kind, heir));
  }, [kind, heir, onAnswer]);
  const words = text('leaving.ask', { count: question.messages });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography fontWeight="bold">{words}</Typography>
      <Radio.Group
        aria-label={words}
        value={kind}
        onValueChange={(chosen) => {
          const next = (['keep', 'erase', 'hand-over'] as const).find((one) => one === chosen);
          if (next) setKind(next);
        }}
      >
        <Flex direction="column" alignItems="stretch" gap={3}>
          {(['keep', 'erase', 'hand-over'] as const).map((one) => (
            <Flex key={one} direction="column" alignItems="stretch" gap={1}>
              <Radio.Item value={one}>{text(`leaving.${one}`)}</Radio.Item>
              {one === kind ? (
                <Typography variant="pi" textColor="neutral600" paddingLeft={6}>
                  {text(`leaving.${one}.explained`)}
                </Typography>
              ) : null}
            </Flex>
          ))}
        </Flex>
      </Radio.Group>
      {kind === 'hand-over' ? <ChooseContact nobody={nobody} choice={heir} onChange={setHeir} /> : null}
    </Flex>
  );
};

const AskedQuestion = ({ contactType, documentId, onAnswer }: Answering & ContactRef) => {
  const question = useLoad(
    useCallback(
      (client: Client) => loadDeletion(client, { contactType, documentId }),
      [contactType, documentId]
    )
  );
  const { value, problem } = question;
  const isWaiting = value === null && problem === null;
  useEffect(() => {
    onAnswer(isWaiting ? 'missing' : null);
    return () => onAnswer(null);
  }, [isWaiting, onAnswer]);
  if (problem !== null) return <ProblemNotice problem={problem} />;
  if (value === null || value.messages === 0) return null;
  return <LeftMailField question={value} onAnswer={onAnswer} />;
};

/** What is to become of mail that stands on no other contact; nothing where there is none, or who asks may not say. */
export const LeftMailQuestion = (props: Answering & ContactRef) => {
  const { allowedActions } = useRBAC(permissions.confirmAddresses);
  return allowedActions.canRead && allowedActions.canManage ? <AskedQuestion {...props} /> : null;
};
