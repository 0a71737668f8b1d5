const server = '^src/plugins/email-connect/server/src';
const admin = '^src/plugins/email-connect/admin/src';
const shared = '^src/plugins/email-connect/shared';

/** The layers of ARCHITECTURE.md, held by a machine. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means that two files are one: no reader can understand either alone.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-imports-only-itself',
      severity: 'error',
      comment:
        'The domain decides: values in, values out. Whatever it imported would have to be faked to test it.',
      from: { path: `${server}/domain/`, pathNot: '\\.test\\.ts$' },
      to: { pathNot: `${server}/domain/` },
    },
    {
      name: 'ports-speak-domain-words',
      severity: 'error',
      comment:
        'The ports say what the stories need from the world, in domain words and in the shapes that cross HTTP.',
      from: { path: `${server}/ports/` },
      to: { pathNot: [`${server}/ports/`, `${server}/domain/`, `${shared}/`] },
    },
    {
      name: 'use-cases-know-no-adapter',
      severity: 'error',
      comment:
        'A use case loads, decides and applies through ports; who stands behind them is the business of wiring.ts.',
      from: { path: `${server}/use-cases/`, pathNot: '\\.test\\.ts$' },
      to: { pathNot: [`${server}/use-cases/`, `${server}/domain/`, `${server}/ports/`, `${shared}/`] },
    },
    {
      name: 'an-adapter-stands-alone',
      severity: 'error',
      comment: 'One adapter, one outside thing: it can be replaced because no other adapter leans on it.',
      from: { path: `${server}/adapters/([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/adapters/`, pathNot: `${server}/adapters/$1/` },
    },
    {
      name: 'adapters-know-no-story',
      severity: 'error',
      comment: 'An adapter obeys; if it imported a use case or a Strapi room it would begin to decide.',
      from: { path: `${server}/adapters/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/(use-cases|services|controllers|middlewares|routes|policies|wiring)` },
    },
    {
      name: 'only-wiring-knows-adapters',
      severity: 'error',
      comment: 'All that is real is named in one file, so that one file shows what this program touches.',
      from: { path: server, pathNot: [`${server}/adapters/`, `${server}/wiring\\.ts$`, '\\.test\\.ts$'] },
      to: { path: `${server}/adapters/` },
    },
    {
      name: 'controllers-reach-services-only',
      severity: 'error',
      comment:
        'A controller parses, asks one service, answers. Anything deeper would be untestable without HTTP.',
      from: { path: `${server}/(controllers|middlewares|routes)/` },
      to: { path: `${server}/(use-cases|adapters|wiring|ports)` },
    },
    {
      name: 'net-serves-adapters-only',
      severity: 'error',
      comment: 'TLS as both mail adapters need it: whoever else reached it would be touching the network.',
      from: { path: server, pathNot: [`${server}/adapters/`, `${server}/net/`, '\\.test\\.ts$'] },
      to: { path: `${server}/net/` },
    },
    {
      name: 'net-stands-below-adapters',
      severity: 'error',
      comment: 'What adapters share may not lean on one of them.',
      from: { path: `${server}/net/`, pathNot: '\\.test\\.ts$' },
      to: { path: server, pathNot: [`${server}/net/`, `${server}/domain/`, `${server}/ports/`] },
    },
    {
      name: 'fakes-are-for-tests',
      severity: 'error',
      comment:
        'The fakes in testing/ do what real servers do only on a bad day; nothing that ships may use them.',
      from: { path: server, pathNot: ['\\.test\\.ts$', `${server}/testing/`] },
      to: { path: `${server}/testing/` },
    },
    {
      name: 'admin-and-server-meet-in-shared',
      severity: 'error',
      comment:
        'What crosses HTTP is written once, in shared/contracts, and what both sides must read alike in shared/text.',
      from: { path: admin },
      to: { path: server },
    },
    {
      name: 'server-knows-no-admin',
      severity: 'error',
      comment: 'The server runs without a browser.',
      from: { path: server },
      to: { path: admin },
    },
    {
      name: 'shared-is-a-leaf',
      severity: 'error',
      comment: 'A contract that imported one side would drag that side into the other.',
      from: { path: `${shared}/` },
      to: { path: [server, admin] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|coverage)/' },
    tsPreCompilationDeps: true,
  },
};
