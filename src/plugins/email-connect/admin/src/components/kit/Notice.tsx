import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Information, WarningCircle } from '@strapi/icons';

export type NoticeTone = 'danger' | 'warning' | 'success' | 'neutral';

const icons = { danger: WarningCircle, warning: WarningCircle, success: CheckCircle, neutral: Information };

interface NoticeProps {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A coloured box with one thing to know. Danger is announced at once to screen readers. */
export const Notice = ({ tone, title, children, action }: NoticeProps) => {
  const Icon = icons[tone];
  return (
    <Box
      role={tone === 'danger' ? 'alert' : 'status'}
      background={`${tone}100`}
      borderColor={`${tone}200`}
      hasRadius
      padding={4}
      width="100%"
    >
      <Flex gap={3} alignItems="flex-start">
        <Box color={`${tone}600`} style={{ paddingTop: '2px' }} aria-hidden>
          <Icon />
        </Box>
        <Flex direction="column" alignItems="stretch" gap={1} flex="1" minWidth={0}>
          <Typography fontWeight="bold" textColor="neutral800">
            {title}
          </Typography>
          {children}
          {action === undefined ? null : <Box paddingTop={2}>{action}</Box>}
        </Flex>
      </Flex>
    </Box>
  );
};
