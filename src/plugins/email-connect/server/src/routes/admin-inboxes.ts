import { limited, route } from './route';

const one = '/inboxes/:documentId';

/**
 * Connected inboxes. Some actions are only for an inbox's owner, and for users who manage all inboxes: the service
 * checks this.
 */
export const adminInboxRoutes = [
  route('GET', '/presets', 'admin-inbox.presets', 'inboxes.connect'),
  limited('connect', route('POST', '/connection-tests', 'admin-inbox.test', 'inboxes.connect')),
  route('GET', '/inboxes', 'admin-inbox.find', 'inboxes.read'),
  limited('connect', route('POST', '/inboxes', 'admin-inbox.connect', 'inboxes.connect')),
  route('GET', one, 'admin-inbox.findOne', 'inboxes.read'),
  route('GET', `${one}/outgoing`, 'admin-inbox.findOutgoing', 'inboxes.read'),
  limited('connect', route('PUT', one, 'admin-inbox.edit', 'inboxes.connect')),
  route('PUT', `${one}/folders`, 'admin-inbox.chooseFolders', 'inboxes.connect'),
  route('PUT', `${one}/policy`, 'admin-inbox.choosePolicy', 'inboxes.connect'),
  route('POST', `${one}/actions/:action`, 'admin-inbox.act', 'inboxes.connect'),
  route('GET', `${one}/ownership`, 'admin-ownership.findOne', 'inboxes.connect'),
  route('PUT', `${one}/named`, 'admin-ownership.nameOthers', 'inboxes.connect'),
  route('PUT', `${one}/team-address`, 'admin-ownership.judgeAddress', 'inboxes.connect'),
  route('PUT', `${one}/owner`, 'admin-ownership.handOver', 'inboxes.connect'),
  route('GET', `${one}/backfill`, 'admin-backfill.findOne', 'inboxes.connect'),
  route('POST', `${one}/backfill`, 'admin-backfill.begin', 'inboxes.connect'),
  route('POST', `${one}/backfill/:action`, 'admin-backfill.act', 'inboxes.connect'),
  route('GET', `${one}/quarantine`, 'admin-unlogged.findQuarantined', 'inboxes.connect'),
  route('POST', `${one}/quarantine/retry`, 'admin-unlogged.retryQuarantined', 'inboxes.connect'),
  // Not limited: an open page loads these again whenever a mail is logged.
  route('GET', `${one}/suggestions`, 'admin-unlogged.findSuggested', 'inboxes.connect'),
  limited(
    'log',
    route('POST', `${one}/suggestions/accept`, 'admin-unlogged.acceptSuggested', 'inboxes.connect')
  ),
  limited(
    'log',
    route('POST', `${one}/suggestions/dismiss`, 'admin-unlogged.dismissSuggested', 'inboxes.connect')
  ),
  limited('look', route('POST', `${one}/search`, 'admin-unlogged.search', 'inboxes.connect')),
  limited('look', route('POST', `${one}/explain`, 'admin-unlogged.explain', 'inboxes.connect')),
  limited('log', route('POST', `${one}/log`, 'admin-unlogged.log', 'inboxes.connect')),
  limited('look', route('POST', `${one}/dry-run`, 'admin-unlogged.dryRun', 'inboxes.connect')),
];
