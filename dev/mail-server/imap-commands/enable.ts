import type { ImapCommand } from '../imap-session';

const CAN_BE_ENABLED = ['CONDSTORE', 'UTF8=ACCEPT'];

/** RFC 5161. Unknown capabilities are left out of the answer. */
export const enable: ImapCommand = {
  names: ['ENABLE'],
  needs: 'login',
  capability: 'ENABLE',
  async run(session, args) {
    const asked = [args.word(), ...args.rest((rest) => rest.word())];
    const enabled = asked.filter((name) => CAN_BE_ENABLED.includes(name) && session.has(name));
    if (enabled.includes('CONDSTORE')) session.wantsModSeq = true;
    if (enabled.includes('UTF8=ACCEPT')) session.takesUtf8 = true;
    await session.untagged(['ENABLED', ...enabled].join(' '));
    return 'Done';
  },
};
