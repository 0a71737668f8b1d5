import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { SeenInboxPage } from '../../../../../shared/contracts/inbox';
import type { LevelAnswer } from '../../../../../shared/contracts/level';
import { chooseInboxLevel } from '../../../api/access';
import { ProblemNotice } from '../../../components/kit/ProblemNotice';
import { Section } from '../../../components/kit/Section';
import { InboxLevelChoice } from '../../../components/levels/LevelChoice';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';

interface LevelSectionProps {
  inbox: SeenInboxPage;
  onChanged: () => void;
}

const ChooseLevel = ({ inbox, onChanged }: LevelSectionProps) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  // null: nothing was changed here, so the server's value is shown.
  const [changed, setChanged] = useState<LevelAnswer | null>(null);
  const chosen = changed ?? inbox.level;
  const save = useSubmit(
    (client, level: LevelAnswer) => chooseInboxLevel(client, inbox.documentId, { level }),
    () => {
      setChanged(null);
      toggleNotification({ type: 'success', message: text('levels.saved') });
      onChanged();
    }
  );
  return (
    <Section
      title={text('levels.title')}
      subtitle={text('levels.subtitle')}
      action={
        <Button
          variant="secondary"
          disabled={chosen === inbox.level}
          loading={save.isSubmitting}
          onClick={() => save.submit(chosen)}
        >
          {text('levels.save')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {save.problem === null ? null : <ProblemNotice problem={save.problem} />}
        <InboxLevelChoice label={text('levels.title')} value={chosen} onChange={setChanged} />
      </Flex>
    </Section>
  );
};

const ShownLevel = ({ level }: { level: LevelAnswer }) => {
  const text = useText();
  return (
    <Section title={text('levels.title')} subtitle={text('levels.owner-decides')}>
      <Typography tag="p" fontWeight="semiBold">
        {text(`level.${level}`)}
      </Typography>
      <Typography tag="p" textColor="neutral600">
        {text(`level.${level}.hint`)}
      </Typography>
    </Section>
  );
};

/** S42: how much others see of the inbox's mail. Its owner chooses it, managers do not. */
export const LevelSection = ({ inbox, canChange, onChanged }: LevelSectionProps & { canChange: boolean }) =>
  canChange && inbox.seenAs === 'owner' && inbox.ownedByYou ? (
    <ChooseLevel inbox={inbox} onChanged={onChanged} />
  ) : (
    <ShownLevel level={inbox.level} />
  );
