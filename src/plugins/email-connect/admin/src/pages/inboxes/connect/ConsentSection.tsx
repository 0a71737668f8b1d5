import { Box, Checkbox, Flex, Typography } from '@strapi/design-system';
import type { Settings } from '../../../../../shared/contracts/settings';
import { Section } from '../../../components/kit/Section';
import { useFileSize } from '../../../hooks/use-file-size';
import { useText } from '../../../hooks/use-text';

const points = ['headers', 'bodies', 'changes', 'stored', 'never'] as const;

interface ConsentSectionProps {
  settings: Settings;
  isGiven: boolean;
  onChange: (isGiven: boolean) => void;
}

/** S10: what is read and when, before anything is read; the version of this text is recorded with the consent. */
export const ConsentSection = ({ settings, isGiven, onChange }: ConsentSectionProps) => {
  const text = useText();
  const size = useFileSize();
  return (
    <Section title={text('consent.title')} subtitle={text('consent.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
          {points.map((point) => (
            <Box tag="li" key={point}>
              <Typography fontWeight="semiBold">{text(`consent.${point}`)}</Typography>
              <Typography tag="p" textColor="neutral600">
                {text(`consent.${point}.detail`, { limit: size(settings.attachmentLimitBytes) })}
              </Typography>
            </Box>
          ))}
        </Flex>
        <Checkbox checked={isGiven} onCheckedChange={(checked) => onChange(checked === true)}>
          {text('consent.agree')}
        </Checkbox>
        <Typography variant="pi" textColor="neutral600">
          {text('consent.version', { version: settings.consentTextVersion })}
        </Typography>
      </Flex>
    </Section>
  );
};
