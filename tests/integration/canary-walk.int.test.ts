import type { BypassName } from '../support/canary/bypass';
import type { Route } from '../support/canary/call';
import { routesNotWalked, walkedRoutes } from '../support/canary/routes';
import { startWalk } from '../support/canary/walk';
import type { Walk } from '../support/canary/walk';
import type { World } from '../support/canary/world';

jest.setTimeout(150_000);

const AT_ONCE = 10;
const numbersFrom = (first: number, count = AT_ONCE): number[] =>
  [...Array(count).keys()].map((place) => first + place);

/** Worlds of a batch stand in the database together. */
const batches = ((): number[][] => {
  const { CANARY_WORLD: some = '', CANARY_WORLDS: most = '200' } = process.env;
  const [first = 1, last = first] = some ? some.split('-').map(Number) : [1, Number(most)];
  const starts = [...Array(Math.ceil((last - first + 1) / AT_ONCE)).keys()].map((at) => first + at * AT_ONCE);
  return starts.map((start) => numbersFrom(start, Math.min(AT_ONCE, last - start + 1)));
})();

let walk: Walk;

beforeAll(async () => {
  walk = await startWalk('canary');
}, 150_000);
afterAll(() => walk.stop());

test('S33: every route that the server answers is walked, or known to bear no mail', () => {
  expect(routesNotWalked(walk.site.routes, walk.routes)).toEqual([]);
});

describe('S32, S33, S40, S41: nobody is told what they may not see, nor refused what they may', () => {
  test.each(batches.map((numbers) => [numbers[0], numbers.at(-1), numbers] as const))(
    'in the worlds %i to %i',
    async (_first, _last, numbers) => {
      expect(await walk.play(await walk.plant(numbers))).toEqual([]);
    }
  );
});

describe('S33: a route that forgets its duty is found', () => {
  const isAsked = (route: Route) => !('bearsNoMail' in route);
  const isOurs = ({ route }: Route) => !route.includes('/content-manager/');
  const reads = (route: Route) => isOurs(route) && route.route.startsWith('GET ');
  const decides = (route: Route) => 'change' in route && route.change !== undefined;
  const cases = walkedRoutes(() => '', 0)
    .filter(isAsked)
    .flatMap((route): [BypassName, string][] => [
      ['tells', route.route],
      ...(reads(route) || decides(route) ? [['forgetsWhoAsks', route.route] as [BypassName, string]] : []),
      ...(reads(route) ? [['refuses', route.route] as [BypassName, string]] : []),
    ]);

  let standing: { first: number; worlds: World[] } | null = null;
  /** Those that stand there already, unless the test before may have changed them. */
  const worldsFrom = async (first: number, willChange: boolean): Promise<World[]> => {
    const worlds = standing?.first === first ? standing.worlds : await walk.plant(numbersFrom(first));
    standing = willChange ? null : { first, worlds };
    return worlds;
  };

  test.each(cases)('%s: %s', async (bypass, name) => {
    const route = walk.routes.find((one) => one.route === name);
    if (!route) throw new Error(`${name} is not walked.`);
    for (const first of [1, 11, 21, 31, 41])
      if (await walk.finds(route, await worldsFrom(first, decides(route)), bypass)) return;
    throw new Error(`No world shows that ${name} ${bypass}.`);
  });
});
