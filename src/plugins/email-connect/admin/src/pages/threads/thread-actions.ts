import type { Thread } from '../../../../shared/contracts/thread';

export type ThreadAction = 'mute' | 'unmute' | 'unlog' | 'relog';

/** The actions on a conversation in this state, the most dangerous last. */
export const actionsOf = (state: Thread['state']): ThreadAction[] => {
  if (state === 'unlogged') return ['relog'];
  return [state === 'muted' ? 'unmute' : 'mute', 'unlog'];
};
