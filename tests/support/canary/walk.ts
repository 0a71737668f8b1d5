import { ask, bodyOf, firstLine, problemsOf } from './ask';
import { createCallers } from './callers';
import type { AdminCaller, Callers, ProgramCaller } from './callers';
import type { Call, Route } from './call';
import { bypasses } from './bypass';
import type { BypassName } from './bypass';
import { chanceOf } from './chance';
import type { Chance } from './chance';
import { clearWorlds, everythingPlanted, plantWorld } from './plant-world';
import { BELLS, plantNews } from './planted-news';
import { randomWorld } from './random-world';
import { walkedRoutes } from './routes';
import { startCanarySite } from './site';
import type { CanarySite } from './site';
import { canaryOf } from './words';
import type { World } from './world';

export interface Walk {
  site: CanarySite;
  callers: Callers;
  routes: Route[];
  /** Puts these worlds in the place of those that are there. */
  plant(numbers: readonly number[]): Promise<World[]>;
  /** Asks one route of all of these worlds while it is bypassed; whether anything was found to be wrong. */
  finds(route: Route, worlds: readonly World[], bypass: BypassName): Promise<boolean>;
  /** Asks all routes, those last that change a world; what is wrong. */
  play(worlds: readonly World[]): Promise<string[]>;
  stop(): Promise<void>;
}

/** Which of the batches of ten it is. */
const batchOf = ([first]: readonly World[]): number => Math.floor(((first?.number ?? 1) - 1) / 10);

/** As CANARY_WORLD names them. */
const nameOf = (worlds: readonly World[]): string => `world ${worlds[0]?.number}-${worlds.at(-1)?.number}`;

/** Whether the site of these worlds lets tokens for all content read mail: every second one. */
const siteTokensIn = (worlds: readonly World[]): boolean => batchOf(worlds) % 2 === 1;

/** In how many worlds a rare route is asked once. */
const EVERY = 8;

/** Two of them walk a world: each walks in two of ten, and with each other. */
const walkersOf = (callers: readonly AdminCaller[], number: number): AdminCaller[] => {
  const first = number % callers.length;
  const apart = 1 + (Math.floor(number / callers.length) % (callers.length - 1));
  return callers.filter((_, place) => place === first || place === (first + apart) % callers.length);
};

/** Of the tokens with one scope each, every fourth asks of these worlds. */
const programsFor = (callers: readonly ProgramCaller[], worlds: readonly World[]): ProgramCaller[] =>
  callers.filter(({ scopes }, place) => scopes?.size !== 1 || (place + batchOf(worlds)) % 4 === 0);

export const startWalk = async (name: string): Promise<Walk> => {
  const site = await startCanarySite(name);
  const { strapi, url } = site;
  const callers = await createCallers(strapi);
  let cursor = '';
  let isOneEnough = false;
  const answers = new Map<string, string>();
  const routes = walkedRoutes(() => cursor, BELLS);
  const lead = callers.admins.find(({ name: of }) => of === 'lead');
  const readCursor = async () => {
    const { json } = await ask(url, lead?.token ?? '', { method: 'GET', path: '/email-connect/news?after=' });
    return String(Object(json).cursor);
  };

  /** One after another; what was found to be wrong. */
  const inTurn = async <Item>(
    items: readonly Item[],
    work: (item: Item) => Promise<string[]>
  ): Promise<string[]> => {
    const found: string[] = [];
    for (const item of items) {
      found.push(...(await work(item)));
      if (isOneEnough && found.length > 0) break;
    }
    return found;
  };

  /** What is answered where nothing is, asked once for all worlds that are there. */
  const nowhere = async (who: AdminCaller | ProgramCaller, call: Call): Promise<string> => {
    const key = `${who.name} ${call.method} ${call.path}`;
    const body = answers.get(key) ?? bodyOf(await ask(url, who.token, call));
    answers.set(key, body);
    return body;
  };

  const send = async (
    route: Route,
    who: AdminCaller | ProgramCaller,
    call: Call,
    of: string
  ): Promise<string[]> => {
    const answer = await ask(url, who.token, call);
    const found = problemsOf(call, answer);
    if (call.alike && (await nowhere(who, { ...call, path: call.alike })) !== bodyOf(answer))
      found.push(`answers otherwise than ${call.alike}: ${firstLine(answer.text)}`);
    const next = answer.status === 200 && call.then && found.length === 0 ? call.then(answer) : [];
    return [
      ...found.map(
        (problem) => `${of}, ${who.name}: ${call.method} ${call.path} (${route.route}) ${problem}`
      ),
      ...(await inTurn(next, (following) => send(route, who, following, of))),
    ];
  };

  const chanceFor = ({ number }: World, route: Route, caller: AdminCaller | ProgramCaller): Chance => {
    const everybody: readonly (AdminCaller | ProgramCaller)[] = [...callers.admins, ...callers.programs];
    return chanceOf((number * 97 + routes.indexOf(route)) * 31 + everybody.indexOf(caller));
  };

  /** Asks one route of all of these worlds, as everybody; what is wrong with the answers. */
  const askRoute = async (route: Route, worlds: readonly World[]): Promise<string[]> => {
    const [first] = worlds;
    if (!first) return [];
    const siteTokens = siteTokensIn(worlds);
    const of = nameOf(worlds);
    if ('program' in route)
      return inTurn(programsFor(callers.programs, worlds), (caller) => {
        const calls = route.program({ caller, worlds, siteTokens, chance: chanceFor(first, route, caller) });
        return inTurn(calls, (call) => send(route, caller, call, of));
      });
    if ('askOfAll' in route) {
      // Together: news are read once in a second for all who wait.
      const asking = route.isRare ? walkersOf(callers.admins, batchOf(worlds)) : callers.admins;
      const asked = asking.map((caller) =>
        inTurn(
          route.askOfAll({ caller, worlds, siteTokens, chance: chanceFor(first, route, caller) }),
          (call) => send(route, caller, call, of)
        )
      );
      return (await Promise.all(asked)).flat();
    }
    if (!('ask' in route)) return [];
    const place = routes.indexOf(route);
    const asking = worlds.filter(({ number }) => !route.isRare || (number + place) % EVERY === 0);
    return inTurn(asking, (world) =>
      inTurn(walkersOf(callers.admins, world.number), (caller) =>
        inTurn(route.ask({ caller, world, chance: chanceFor(world, route, caller) }), (call) =>
          send(route, caller, call, `world ${world.number}`)
        )
      )
    );
  };

  /** What one of them may change, the rest of the world being as the oracle knows it until then. */
  const change = async (world: World): Promise<string[]> => {
    const chance = chanceOf(world.number);
    const caller = chance.pick(callers.admins);
    return inTurn(routes, (route) =>
      'ask' in route && route.change
        ? inTurn(route.change({ caller, world, chance }), (call) =>
            send(route, caller, call, `world ${world.number}`)
          )
        : Promise.resolve([])
    );
  };

  return {
    site,
    callers,
    routes,
    finds: async (route, worlds, name) => {
      const powerful = 'program' in route ? callers.programs : callers.admins;
      const token = powerful.find(({ name: of }) => of === 'superAdmin' || of === 'every scope')?.token ?? '';
      const word = name === 'tells' ? canaryOf(worlds[0]?.number ?? 0, 'm0', 'planted') : token;
      answers.clear();
      isOneEnough = true;
      site.bypass.now = bypasses[name](word);
      try {
        return (await askRoute(route, worlds)).length > 0;
      } finally {
        site.bypass.now = null;
        isOneEnough = false;
      }
    },
    plant: async (numbers) => {
      answers.clear();
      await clearWorlds(strapi);
      await callers.logIn();
      const worlds = numbers.map(randomWorld);
      for (const world of worlds) await plantWorld(strapi, world, callers.userOf);
      cursor = await readCursor();
      await plantNews(strapi, worlds, callers.userOf);
      strapi.config.set('plugin::email-connect.contentApi.siteTokens', siteTokensIn(worlds));
      return worlds;
    },
    play: async (worlds) => {
      const before = await everythingPlanted(strapi);
      const found = await inTurn(routes, (route) => askRoute(route, worlds));
      if ((await everythingPlanted(strapi)) !== before)
        found.push(`${nameOf(worlds)}: a request that was refused, or only read, changed something`);
      return [...found, ...(await inTurn(worlds, change))];
    },
    stop: () => site.stop(),
  };
};
