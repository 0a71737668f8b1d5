import type { ReactNode } from 'react';

export interface ComposerLayoutProps {
  children: ReactNode;
  /** Cancel and Send; null when there is nothing to send. */
  buttons: ReactNode;
}

/** Where a composer shows its fields and its buttons: a dialog has a foot for buttons, a page has not. */
export type ComposerLayout = (props: ComposerLayoutProps) => ReactNode;
