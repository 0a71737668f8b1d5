import { useId, type ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface SectionProps {
  title: string;
  subtitle?: string;
  /** Stands at the right of the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** A white card with a heading, the building block of every page here. */
export const Section = ({ title, subtitle, action, children }: SectionProps) => {
  const titleId = useId();
  return (
    <Box
      tag="section"
      aria-labelledby={titleId}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={6}
      width="100%"
    >
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4} paddingBottom={4}>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography id={titleId} variant="delta" tag="h2">
            {title}
          </Typography>
          {subtitle === undefined ? null : <Typography textColor="neutral600">{subtitle}</Typography>}
        </Flex>
        {action}
      </Flex>
      {children}
    </Box>
  );
};
