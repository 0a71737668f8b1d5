import type { ReactNode } from 'react';

export interface ComposerLayoutProps {
  children: ReactNode;
  /** Cancel and Send; null when there is nothing to send. */
  buttons: ReactNode;
}

/** Where the fields of a composer stand, and where its buttons: a dialog has a foot for them, a page has not. */
export type ComposerLayout = (props: ComposerLayoutProps) => ReactNode;
