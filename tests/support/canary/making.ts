import { chanceOf } from './chance';
import type { Chance } from './chance';
import { canaryOf } from './words';

/** What a world is made with: `id` answers a row id, another one each time. */
export interface Making {
  number: number;
  chance: Chance;
  id(): number;
  /** A documentId that no other row has. */
  documentId(of: string): string;
  /** An address that stands nowhere else. */
  address(domain?: string): string;
}

/** A world has fewer rows than this. */
const IDS_OF_A_WORLD = 1_000;

/** For the world with this number. */
export const makingOf = (number: number): Making => {
  let serial = 0;
  let addresses = 0;
  const id = () => number * IDS_OF_A_WORLD + (serial += 1);
  return {
    number,
    chance: chanceOf(number),
    id,
    documentId: (of) => `${of}${id()}`.padEnd(24, 'x'),
    address: (domain = 'customer.test') => `${canaryOf(number, `a${(addresses += 1)}`)}@${domain}`,
  };
};
