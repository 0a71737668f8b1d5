import { isOurQuery } from '../base/our-queries';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { deciders, isAnyInForce, levelsInForce } from '../reading/deciders';
import type { LevelsInForce } from '../reading/deciders';
import { narrowQuery } from './narrow-query';
import type { Narrowing, QueryParams } from './narrow-query';

/**
 * What Strapi's own routes read of mail is what everybody may read: of the content API, and of the Content Manager
 * through relations of the site's types. The query of every such request is narrowed, also where it goes through
 * relations, so that a filter, an order or a count tells nothing either (S33, S42). Our own routes ask `domain/access`.
 */
export const narrowForeignQueries = (strapi: Strapi): void => {
  const attributesOf = (uid: string) =>
    strapi.db.metadata.has(uid) ? strapi.db.metadata.get(uid).attributes : {};
  const shapes: Omit<Narrowing, 'conditionOn'> = {
    targetOf: (uid, name) => {
      const attribute = attributesOf(uid)[name];
      return attribute && 'target' in attribute ? attribute.target : undefined;
    },
    relationsOf: (uid) =>
      Object.keys(attributesOf(uid)).filter((name) => attributesOf(uid)[name]?.type === 'relation'),
  };
  strapi.db.lifecycles.subscribe(async ({ action, model, params }) => {
    if (!READS.has(action) || !isForeignRequest(strapi)) return;
    const query: QueryParams = { ...params };
    if (!asksForMail(shapes, model.uid, query)) return;
    const inForce = await levelsInForce(strapi);
    if (!isAnyInForce(inForce)) return;
    const told = toldInFull(strapi, inForce);
    Object.assign(
      params,
      narrowQuery({ ...shapes, conditionOn: (uid) => told[uid] ?? null }, model.uid, query)
    );
  });
};

const READS: ReadonlySet<string> = new Set(['beforeFindOne', 'beforeFindMany', 'beforeCount']);

const isForeignRequest = (strapi: Strapi): boolean =>
  strapi.requestContext.get() !== undefined && !isOurQuery();

/** Every query of the site comes by here: most have nothing to do with mail. */
const asksForMail = (shapes: Omit<Narrowing, 'conditionOn'>, uid: string, query: QueryParams): boolean => {
  let asks = false;
  const conditionOn = (asked: string): null => {
    asks ||= MAIL.has(asked);
    return null;
  };
  narrowQuery({ ...shapes, conditionOn }, uid, query);
  return asks;
};

const MAIL: ReadonlySet<string> = new Set([uids.message, uids.thread, uids.attachment]);

/** For each type of mail, the condition that everybody is told all of a row. */
const toldInFull = (strapi: Strapi, inForce: LevelsInForce): Readonly<Record<string, QueryParams>> => {
  const at = (column: string) =>
    deciders(strapi, inForce, { userDocumentId: '' }).map(({ holdings }) => ({
      id: { $notIn: holdings(false).select(column) },
    }));
  const message = { $and: at('h.message_id') };
  return {
    [uids.message]: message,
    // Its own columns tell of all its messages.
    [uids.thread]: { $and: at('h.thread_id') },
    [uids.attachment]: { message },
  };
};
