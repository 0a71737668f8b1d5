import type { Ports, QuarantinedMessage } from '../../ports';

/** All of a folder in quarantine, due or not, as it is numbered now. */
export const quarantinedIn = async (
  { quarantine }: Pick<Ports, 'quarantine'>,
  inboxDocumentId: string,
  folderPath: string,
  uidValidity: string
): Promise<QuarantinedMessage[]> => {
  const all = await quarantine.list(inboxDocumentId);
  return all.filter(
    ({ location }) => location.folderPath === folderPath && location.uidValidity === uidValidity
  );
};
