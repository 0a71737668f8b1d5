import type { ImapCommand } from '../imap-command';

/** RFC 5161. Only CONDSTORE can be enabled; what is unknown is left out of the answer. */
export const enable: ImapCommand = {
  names: ['ENABLE'],
  needs: 'login',
  capability: 'ENABLE',
  async run(session, args) {
    const asked = [args.word(), ...args.rest((rest) => rest.word())];
    const enabled = asked.filter((name) => name === 'CONDSTORE' && session.has(name));
    if (enabled.length > 0) session.wantsModSeq = true;
    await session.untagged(['ENABLED', ...enabled].join(' '));
    return 'Done';
  },
};
