import { Accordion, Box, Typography } from '@strapi/design-system';
import type { InboxPolicy } from '../../../../shared/contracts/policy';
import type { Settings } from '../../../../shared/contracts/settings';
import { useFileSize } from '../../hooks/use-file-size';
import { useText } from '../../hooks/use-text';

const questions = ['happens', 'replies', 'stored', 'seen', 'protected'] as const;

interface HowItWorksProps {
  settings: Settings;
  /** The watched folders, if they are known already. */
  watchedFolders?: string[];
  /** What this inbox logs; every inbox begins with replies only. */
  policy?: InboxPolicy;
}

/** S2: the questions of a person who connects an inbox, answered with this installation's real values. */
export const HowItWorks = ({ settings, watchedFolders, policy = 'replies' }: HowItWorksProps) => {
  const text = useText();
  const size = useFileSize();
  const values = {
    limit: size(settings.attachmentLimitBytes),
    types: settings.contactTypes.map(({ uid }) => uid).join(', ') || text('help.no-types'),
    folders: watchedFolders?.join(', ') || text('help.default-folders'),
  };
  const answer = (question: (typeof questions)[number]): string => {
    if (question === 'protected' && !settings.keyPresent) return text('help.protected.no-key');
    if (question === 'happens' && policy === 'known-contacts')
      return text('help.happens.known-contacts', values);
    const told = text(`help.${question}.answer`, values);
    return question === 'seen' ? text(`help.seen.programs.${settings.siteTokens}`, { people: told }) : told;
  };
  return (
    <Accordion.Root>
      {questions.map((question) => (
        <Accordion.Item key={question} value={question}>
          <Accordion.Header>
            <Accordion.Trigger>{text(`help.${question}`)}</Accordion.Trigger>
          </Accordion.Header>
          <Accordion.Content>
            <Box padding={4}>
              <Typography textColor="neutral800">{answer(question)}</Typography>
            </Box>
          </Accordion.Content>
        </Accordion.Item>
      ))}
    </Accordion.Root>
  );
};
