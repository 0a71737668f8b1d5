const server = '^src/plugins/email-connect/server/src';
const admin = '^src/plugins/email-connect/admin/src';
const shared = '^src/plugins/email-connect/shared';

const unit = '\\.test\\.tsx?$';

/** One rule a room: what stands in it may use its own room and these. */
const rooms = (house, folder, table) =>
  Object.entries(table).map(([room, { uses, why }]) => ({
    name: `${house}-${room}`,
    severity: 'error',
    comment: why,
    from: { path: `${folder}/${room}/`, pathNot: unit },
    to: { path: `${folder}/`, pathNot: `${folder}/(${[room, ...uses].join('|')})/` },
  }));

/** From what needs nothing to what needs most. */
const stories = {
  waiting: { uses: [], why: 'How anything is waited for; it knows nothing of mail.' },
  limits: { uses: [], why: 'How often something may be done; whoever asks says what.' },
  files: {
    uses: [],
    why: 'Bytes of a mail and their files in the storage; whose they are is the business of who asks.',
  },
  inbox: {
    uses: [],
    why: 'What every story does first: load the inbox, open it, find its folders. It tells no story itself.',
  },
  reading: {
    uses: ['files', 'inbox'],
    why: 'From a folder to a logged mail. It reads the same whether a loop, a backfill or a person asks for it.',
  },
  backfill: {
    uses: ['waiting', 'inbox', 'reading'],
    why: 'Older mail is read as any other; only where it begins differs.',
  },
  sending: {
    uses: ['waiting', 'files', 'inbox'],
    why: 'From a press to a copy in Sent. It must not wait for reading, nor break with it.',
  },
  connecting: {
    uses: ['waiting', 'limits', 'inbox', 'sending'],
    why: 'What a person changes of an inbox. Disconnecting ends what waits to be sent; nothing here reads or sends mail.',
  },
  unlogged: {
    uses: ['waiting', 'inbox', 'reading'],
    why: 'It explains mail that is not logged with the decision that reading makes, and writes nothing by itself.',
  },
  upkeep: { uses: [], why: 'What becomes of logged mail: it needs no mail server.' },
  leaving: { uses: [], why: 'What becomes of mail whose contact is deleted: it needs no mail server.' },
  access: {
    uses: ['inbox'],
    why: 'How much others are told of mail, and asking for more: it needs no mail server.',
  },
  supervising: {
    uses: ['waiting', 'inbox', 'reading', 'backfill', 'sending', 'upkeep'],
    why: 'It decides when the other stories run, in which process. No story may know that it is supervised.',
  },
};

const records = {
  base: { uses: [], why: 'The database as all records use it; it knows no table but by name.' },
  people: { uses: ['base'], why: 'Contacts and who belongs to what.' },
  facts: { uses: ['base', 'people'], why: 'What a decision asks for: it reads and writes nothing.' },
  inboxes: {
    uses: ['base'],
    why: 'An inbox, its folders and what waits in them, whatever is logged from it.',
  },
  mail: {
    uses: ['base', 'people', 'facts', 'inboxes'],
    why: 'Threads and messages as they are written, however they came here.',
  },
  reading: { uses: ['base', 'people', 'mail'], why: 'What pages and programs are shown: it writes nothing.' },
  leaving: {
    uses: ['base', 'people', 'mail', 'reading'],
    why: 'Mail whose contact goes, found as pages find it, and taken away as people remove it.',
  },
  access: {
    uses: ['base', 'people', 'reading', 'migrations'],
    why: "Levels, who asked for more, and what Strapi's own routes read of mail, narrowed as pages are.",
  },
  recording: {
    uses: ['base', 'people', 'facts', 'inboxes', 'mail'],
    why: 'One transaction for a pass and its cursor: it alone puts the parts together.',
  },
  outbox: {
    uses: ['base', 'people', 'facts', 'mail'],
    why: 'Mail on its way out: a pass must not know of it.',
  },
  migrations: {
    uses: ['base', 'people', 'mail'],
    why: 'A migration speaks of the tables of its time; only what is derived from mail is derived as it is today.',
  },
  schema: { uses: ['base', 'migrations'], why: 'The tables themselves, at a start and at the end.' },
};

const components = {
  kit: { uses: [], why: 'What every page is built of: it knows no mail.' },
  time: { uses: [], why: 'How a time is said: it knows no mail.' },
  files: { uses: ['kit', 'time'], why: 'A file is shown alike wherever it stands.' },
  threads: { uses: ['kit', 'time'], why: 'A thread is one line alike wherever it stands.' },
  levels: { uses: [], why: 'A level has one name and one sentence wherever it is chosen.' },
  unlogged: { uses: ['kit', 'time'], why: 'Mail that is not logged looks alike wherever it is met.' },
  composer: {
    uses: ['kit', 'time', 'files'],
    why: 'One composer for new mail and replies; it does not know the page around it.',
  },
};

const testing = {
  fakes: { uses: [], why: 'A fake stands for one thing: whoever plays a whole site puts them together.' },
  world: {
    uses: ['fakes'],
    why: 'A site and its mail servers, to which random histories happen: what happens knows nobody who judges it.',
  },
  sending: {
    uses: ['fakes', 'world'],
    why: 'The same site with people who send: reading goes on without them.',
  },
  oracle: { uses: ['world', 'sending'], why: 'It judges what it sees of a world, and lends nothing to it.' },
};

/** The layers and rooms of ARCHITECTURE.md, held by a machine. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'A cycle means that two files are one: no reader can understand either alone. Types count: they are read as well.',
      from: {},
      to: { circular: true },
    },
    ...rooms('story', `${server}/use-cases`, stories),
    ...rooms('records', `${server}/adapters/records`, records),
    ...rooms('components', `${admin}/components`, components),
    ...rooms('testing', `${server}/testing`, testing),
    {
      name: 'a-story-has-a-room',
      severity: 'error',
      comment:
        'On one corridor nobody finds anything: a new story goes into the room of its kind, or a new one.',
      from: {
        path: `${server}/use-cases/`,
        pathNot: [unit, `${server}/use-cases/(${Object.keys(stories).join('|')})/`],
      },
      to: {},
    },
    {
      name: 'a-story-room-has-one-door',
      severity: 'error',
      comment:
        'What a room tells others stands in its index.ts, which reads as its table of contents; the rest may change by itself.',
      from: {
        path: `${server}/(?!use-cases/)|${server}/use-cases/([^/]+)/`,
        pathNot: [unit, `${server}/testing/`],
      },
      to: {
        path: `${server}/use-cases/[^/]+/`,
        pathNot: [`${server}/use-cases/[^/]+/index\\.ts$`, `${server}/use-cases/$1/`],
      },
    },
    {
      name: 'a-room-of-records-knows-no-noun',
      severity: 'error',
      comment: 'The nouns of ports/ are put together at the root of records/, of what the rooms have.',
      from: { path: `${server}/adapters/records/[^/]+/`, pathNot: unit },
      to: { path: `${server}/adapters/records/[^/]+$` },
    },
    {
      name: 'a-component-has-a-room',
      severity: 'error',
      comment: 'What only one page uses stands with that page.',
      from: {
        path: `${admin}/components/`,
        pathNot: [unit, `${admin}/components/(${Object.keys(components).join('|')})/`],
      },
      to: {},
    },
    {
      name: 'services-tell-stories',
      severity: 'error',
      comment: 'Services are what programs call: whoever else told a story would pass by their checks.',
      from: {
        path: server,
        pathNot: [unit, `${server}/(services|use-cases|testing)/`, `${server}/wiring\\.ts$`],
      },
      to: { path: `${server}/use-cases/` },
    },
    {
      name: 'services-stand-on-stories',
      severity: 'error',
      comment:
        "A service asks a story, or the ports that wiring.ts made; HTTP and Strapi's rooms stand above it.",
      from: { path: `${server}/services/`, pathNot: unit },
      to: {
        path: `${server}/`,
        pathNot: `${server}/(services|use-cases|domain|ports|config)/|${server}/wiring\\.ts$`,
      },
    },
    {
      name: 'the-panel-stands-on-the-api',
      severity: 'error',
      comment: 'api/ speaks to the server, and knows nothing of what is drawn.',
      from: { path: `${admin}/api/`, pathNot: unit },
      to: { path: `${admin}/(hooks|components|pages|panel)/` },
    },
    {
      name: 'hooks-draw-nothing',
      severity: 'error',
      comment: 'A hook that knew a component could be used on its page only.',
      from: { path: `${admin}/hooks/`, pathNot: unit },
      to: { path: `${admin}/(components|pages|panel)/` },
    },
    {
      name: 'components-know-no-page',
      severity: 'error',
      comment: 'They are what several pages use.',
      from: { path: `${admin}/components/`, pathNot: unit },
      to: { path: `${admin}/(pages|panel)/` },
    },
    {
      name: 'pages-stand-apart',
      severity: 'error',
      comment: 'A page can be changed without opening another; what two need is a component.',
      from: { path: `${admin}/pages/([^/]+)/`, pathNot: unit },
      to: { path: `${admin}/(pages|panel)/`, pathNot: `${admin}/pages/$1/` },
    },
    {
      name: 'rooms-of-inbox-pages-stand-apart',
      severity: 'error',
      comment: 'Connecting and editing share the form; nothing else is shared between the pages of an inbox.',
      from: { path: `${admin}/pages/inboxes/([^/]+)/`, pathNot: unit },
      to: { path: `${admin}/pages/inboxes/[^/]+/`, pathNot: `${admin}/pages/inboxes/($1|form)/` },
    },
    {
      name: 'domain-imports-only-itself',
      severity: 'error',
      comment:
        'The domain decides: values in, values out. Whatever it imported would have to be faked to test it.',
      from: { path: `${server}/domain/`, pathNot: '\\.test\\.ts$' },
      to: { pathNot: [`${server}/domain/`, `${shared}/unreachable\\.ts$`] },
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
      name: 'an-oracle-tells-no-story',
      severity: 'error',
      comment:
        'It judges by the world and by the words of the domain: one that asked a story what is right would share its mistakes.',
      from: { path: `${server}/testing/oracle/` },
      to: { path: `${server}/`, pathNot: `${server}/(domain|ports|testing)/` },
    },
    {
      name: 'admin-and-server-meet-in-shared',
      severity: 'error',
      comment:
        'What crosses HTTP is written once, in shared/contracts; what both sides must read or decide alike stands beside it.',
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
