/** What the server offers before and after login. A hidden capability is in neither list. */
const BEFORE_LOGIN = ['IMAP4rev1', 'SASL-IR', 'LITERAL+', 'ID', 'ENABLE', 'IDLE'];

const AFTER_LOGIN = [
  'IMAP4rev1',
  'LITERAL+',
  'ID',
  'ENABLE',
  'IDLE',
  'NAMESPACE',
  'CHILDREN',
  'UIDPLUS',
  'MOVE',
  'UNSELECT',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'ESEARCH',
  'CONDSTORE',
];

export interface CapabilityFacts {
  isLoggedIn: boolean;
  mayStartTls: boolean;
  hasTokens: boolean;
  /** Further capabilities of this server: see `MailServerOptions`. */
  extensions: readonly string[];
  isHidden(capability: string): boolean;
}

export const offeredCapabilities = (facts: CapabilityFacts): string[] => {
  const login = ['AUTH=PLAIN', ...(facts.hasTokens ? ['AUTH=XOAUTH2', 'AUTH=OAUTHBEARER'] : [])];
  const before = [...BEFORE_LOGIN, ...(facts.mayStartTls ? ['STARTTLS'] : []), ...login];
  const after = [...AFTER_LOGIN, ...facts.extensions];
  return (facts.isLoggedIn ? after : before).filter((capability) => !facts.isHidden(capability));
};
