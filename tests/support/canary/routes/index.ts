import type { Route } from '../call';
import { accessRoutes } from './access';
import { changeRoutes } from './changes';
import { contentApiRoutes } from './content-api';
import { contentManagerRoutes } from './content-manager';
import { elsewhere } from './elsewhere';
import { inboxRoutes } from './inboxes';
import { newsRoutes } from './news';
import { recordRoutes } from './records';
import { threadRoutes } from './threads';

/** Every route of the walk, by room. `cursor`: of the news before those of the worlds that are walked. */
export const walkedRoutes = (cursor: () => string, bells: number): Route[] => [
  ...recordRoutes,
  ...threadRoutes,
  ...accessRoutes,
  ...newsRoutes(cursor),
  ...changeRoutes,
  ...inboxRoutes,
  ...contentApiRoutes(bells),
  ...contentManagerRoutes,
];

/** Routes that the server answers and the walk does not know, and those of the walk that the server has not. */
export const routesNotWalked = (served: readonly string[], walked: readonly Route[]): string[] => {
  const known = new Set(walked.map(({ route }) => route));
  const isElsewhere = (route: string) => elsewhere.some(({ begins }) => begins.test(route));
  return [
    ...served
      .filter((route) => !known.has(route) && !isElsewhere(route))
      .map((route) => `${route} is not walked`),
    ...[...known].filter((route) => !served.includes(route)).map((route) => `${route} is not there`),
  ];
};
