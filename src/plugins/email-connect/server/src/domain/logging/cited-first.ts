import type { MessageId } from '../identification/message-id';
import type { Candidate } from '../message/message';
import { knownKeys } from './known-keys';

/**
 * The places of all candidates, ordered so that each comes after the mails it cites, whatever the order of arrival.
 * Where mails cite each other in a circle, the first of them goes last. Linear in the number of ids.
 */
export const citedFirst = (candidates: readonly Candidate[]): number[] => {
  const placesOf = new Map<MessageId, number[]>();
  candidates.forEach(({ headers: { messageId } }, i) => {
    if (messageId === null) return;
    const places = placesOf.get(messageId);
    if (places) places.push(i);
    else placesOf.set(messageId, [i]);
  });
  const order: number[] = [];
  const isSeen = new Set<number>();
  // An explicit stack instead of recursion: a sender can make a chain as long as the chunk.
  const visit = (start: number): void => {
    const path = [{ place: start, cited: citedBy(candidates[start], placesOf) }];
    isSeen.add(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.cited.pop();
      if (next === undefined) {
        order.push(top.place);
        path.pop();
      } else if (!isSeen.has(next)) {
        isSeen.add(next);
        path.push({ place: next, cited: citedBy(candidates[next], placesOf) });
      }
    }
  };
  candidates.forEach((_, i) => {
    if (!isSeen.has(i)) visit(i);
  });
  return order;
};

const citedBy = (candidate: Candidate | undefined, placesOf: ReadonlyMap<MessageId, number[]>): number[] =>
  candidate
    ? knownKeys(candidate).flatMap((id) =>
        id === candidate.headers.messageId ? [] : (placesOf.get(id) ?? [])
      )
    : [];
