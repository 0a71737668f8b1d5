import { ContactPanel } from './ContactPanel';

type AddEditViewSidePanel = (panels: unknown[]) => void;

const isAddEditViewSidePanel = (value: unknown): value is AddEditViewSidePanel => typeof value === 'function';

/** Puts the email panel beside the edit view of the Content Manager. */
export const addContactPanel = (contentManagerApis: Record<string, unknown>): void => {
  const { addEditViewSidePanel } = contentManagerApis;
  if (isAddEditViewSidePanel(addEditViewSidePanel)) addEditViewSidePanel([ContactPanel]);
};
