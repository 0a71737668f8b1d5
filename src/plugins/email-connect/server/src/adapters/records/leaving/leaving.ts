import type { LeavingRecords } from '../../../ports';
import type { Strapi } from '../base/strapi';
import { inTransaction } from '../base/transaction';
import { lockThreads } from '../mail/lock-threads';
import { contactsThatExist } from '../people/contacts';
import { choose, takeChoice } from './choices';
import { erase } from './erase';
import { handOver } from './hand-over';
import { mailOn } from './mail-on';
import { takeLeave } from './take-leave';
import { unassigned } from './unassigned';

export const createLeavingRecords = (strapi: Strapi): LeavingRecords => ({
  mailOn: (contact) => mailOn(strapi, contact),
  isThere: async (contact) => (await contactsThatExist(strapi, [contact])).length > 0,
  choose: (choice) => inTransaction(strapi, (writer) => choose(writer, choice)),
  takeChoice: (...asked) => inTransaction(strapi, (writer) => takeChoice(writer, ...asked)),
  lock: (threads) => inTransaction(strapi, (writer) => lockThreads(writer, threads)),
  erase: (...asked) => inTransaction(strapi, (writer) => erase(writer, ...asked)),
  handOver: (...asked) => inTransaction(strapi, () => handOver(strapi, ...asked)),
  takeLeave: (...asked) => inTransaction(strapi, (writer) => takeLeave(writer, ...asked)),
  unassigned: (...asked) => unassigned(strapi, ...asked),
});
