import type { QuarantinedMessageAnswer } from '../../../../../../shared/contracts/quarantine';
import { isTextKey, type TextKey } from '../../../../hooks/use-text';

/** Why a message is set aside, in words; a code without words of its own gets those of its kind. */
export const reasonOf = ({ code, kind }: Pick<QuarantinedMessageAnswer, 'code' | 'kind'>): TextKey => {
  const ofCode = `set-aside.reason.${code}`;
  return isTextKey(ofCode) ? ofCode : `set-aside.reason.${kind}`;
};
