import type { Ports, QuarantinedMessage } from '../../ports';

/** All messages of a folder in quarantine under its present uidValidity, due or not. */
export const quarantinedIn = async (
  { quarantine }: Pick<Ports, 'quarantine'>,
  inboxDocumentId: string,
  folderPath: string,
  uidValidity: string
): Promise<QuarantinedMessage[]> => {
  const all = await quarantine.list(inboxDocumentId, { folderPath });
  return all.filter(({ location }) => location.uidValidity === uidValidity);
};
