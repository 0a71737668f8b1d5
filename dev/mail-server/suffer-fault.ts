import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultEffect } from './faults';
import type { ImapConnection } from './imap-connection';
import { unreachable } from '../../src/plugins/email-connect/shared/unreachable';

/** Carries out an injected fault; false when the command must not be carried out. */
export const suffer = async (
  connection: ImapConnection,
  tag: string,
  effect: FaultEffect
): Promise<boolean> => {
  switch (effect.do) {
    case 'drop':
      connection.destroy();
      return false;
    case 'answer':
      await connection.write([`${tag} ${effect.text}\r\n`]);
      return false;
    case 'bye':
      await connection.write([`* BYE ${effect.text}\r\n`]);
      connection.end();
      return false;
    case 'ignore':
      return false;
    case 'send':
      await connection.write([effect.text.replaceAll('TAG', tag)]);
      return false;
    case 'flood':
      while (connection.isOpen) await connection.write([effect.text]);
      return false;
    case 'delay':
      await sleep(effect.ms, undefined, { ref: false });
      return true;
    case 'drop-mid-answer':
      connection.cutAfter(effect.afterBytes);
      return true;
    case 'drop-after':
    case 'drop-rows':
    case 'blank-headers':
      return true;
    default:
      return unreachable(effect);
  }
};
