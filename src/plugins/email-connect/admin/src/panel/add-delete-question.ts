import { askWhenDeleted, type DocumentAction } from './deletion/ask-when-deleted';

type AddDocumentAction = (change: (actions: DocumentAction[]) => DocumentAction[]) => void;

const isAddDocumentAction = (value: unknown): value is AddDocumentAction => typeof value === 'function';

/** Puts the question what becomes of a contact's mail into the Content Manager's dialog that deletes its record. */
export const addDeleteQuestion = (contentManagerApis: Record<string, unknown>): void => {
  const { addDocumentAction } = contentManagerApis;
  if (!isAddDocumentAction(addDocumentAction)) return;
  addDocumentAction((actions) =>
    actions.map((action) => (action.type === 'delete' ? askWhenDeleted(action) : action))
  );
};
