import { recordKey } from '../../domain/access/standing';
import { EmailConnectError } from '../../domain/errors';
import type { LeavingChoice, Ports } from '../../ports';

/**
 * Keeps what a person chose for a contact's mail, for when they delete its record right afterwards. Rejects with
 * INPUT_INVALID where it would go to the record itself.
 */
export const chooseLeft = async (
  { leaving }: Pick<Ports, 'leaving'>,
  choice: LeavingChoice
): Promise<void> => {
  const { contact, left } = choice;
  if (left.kind === 'hand-over' && recordKey(left.to) === recordKey(contact)) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'Its mail cannot go to the contact that is deleted.',
      'Choose another contact.'
    );
  }
  await leaving.choose(choice);
};
