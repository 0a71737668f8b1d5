import type { ReactNode } from 'react';
import { Badge } from '@strapi/design-system';

const colours = {
  neutral: { backgroundColor: 'neutral150', textColor: 'neutral700' },
  primary: { backgroundColor: 'primary100', textColor: 'primary700' },
  secondary: { backgroundColor: 'secondary100', textColor: 'secondary700' },
  success: { backgroundColor: 'success100', textColor: 'success700' },
  warning: { backgroundColor: 'warning100', textColor: 'neutral800' },
  danger: { backgroundColor: 'danger100', textColor: 'danger700' },
} as const;

interface LabelProps {
  tone?: keyof typeof colours;
  children: ReactNode;
}

/** A word about a thing, beside it. Strapi's own colours for it have a contrast below 4.5 (WCAG 1.4.3). */
export const Label = ({ tone = 'neutral', children }: LabelProps) => (
  <Badge size="S" {...colours[tone]}>
    {children}
  </Badge>
);
