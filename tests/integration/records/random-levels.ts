import fc from 'fast-check';
import { levels } from '../../../src/plugins/email-connect/server/src/domain/access/level';
import { conversation } from '../../../src/plugins/email-connect/server/src/testing/conversation';
import type { Mail } from '../../../src/plugins/email-connect/server/src/testing/conversation';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { cursor } from './harness';
import type { Connected, StartedRecords } from './harness';

const INBOXES = 3;

const inbox = fc.nat({ max: INBOXES - 1 });
const some = fc.uniqueArray(inbox, { maxLength: 2 });
const level = fc.constantFrom(...levels);
const mail = fc.record({ from: fc.option(inbox), to: some, cc: some, bcc: some, recordedFrom: inbox });
/** What a rule says at first, and what becomes of it. */
const rule = fc.record({
  action: fc.constantFrom('private', 'facts', 'subject'),
  /** The subject of a mail, or somebody: Cleo, or nobody who is on any. */
  about: fc.oneof(fc.nat({ max: 4 }), fc.constantFrom('address', 'domain', 'nobody')),
  inbox: fc.option(inbox),
  /** The mail before which it is made. */
  before: fc.nat({ max: 2 }),
  then: fc.constantFrom('stays', 'stays', 'private', 'never_log', 'off', 'gone'),
});
export const world = fc.record({
  mails: fc.array(mail, { minLength: 1, maxLength: 5 }),
  /** Copies that are found later: of which mail, in which inbox; whether they are compared, and true ones. */
  copies: fc.array(fc.record({ of: fc.nat({ max: 4 }), in: inbox, isTrue: fc.boolean() }), { maxLength: 4 }),
  levels: fc.array(level, { minLength: INBOXES, maxLength: INBOXES }),
  here: fc.array(fc.option(level), { minLength: INBOXES, maxLength: INBOXES }),
  /** Levels of single messages: of which mail, by which inbox. */
  alone: fc.array(fc.record({ of: fc.nat({ max: 4 }), in: inbox, level }), { maxLength: 2 }),
  rules: fc.array(rule, { maxLength: 2 }),
  granted: fc.subarray([0, 1, 2]),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

type WorldRule = World['rules'][number];

/** Rules as they are made, changed and deleted in the Content Manager, and in the domain's conversation. */
const playedRules = (
  ec: StartedRecords,
  talk: ReturnType<typeof conversation>,
  { cleo, idOf }: { cleo: string; idOf(index: number): string }
) => {
  const documents = () => ec.strapi.documents('plugin::email-connect.logging-rule');
  const patternOf = (about: WorldRule['about']) => {
    if (typeof about === 'number') return { field: 'subject', pattern: `subject ${about}` } as const;
    if (about === 'domain') return { field: 'domain', pattern: 'Customer.example' } as const;
    return {
      field: 'address',
      pattern: about === 'address' ? cleo.toUpperCase() : 'no@body.example',
    } as const;
  };
  const made: (WorldRule & { documentId: string; about_: Parameters<typeof talk.rule>[2] })[] = [];
  return {
    make: async (rules: readonly WorldRule[]): Promise<void> => {
      for (const one of rules) {
        const about_ = {
          ...patternOf(one.about),
          inboxDocumentId: one.inbox === null ? null : idOf(one.inbox),
        };
        const { documentId } = await documents().create({ data: { ...about_, action: one.action } });
        talk.rule(documentId, one.action, about_);
        made.push({ ...one, documentId, about_ });
      }
    },
    change: async (): Promise<void> => {
      for (const { then, documentId, about_ } of made) {
        const data: object = then === 'off' ? { active: false } : { action: then };
        if (then === 'gone') await documents().delete({ documentId });
        else if (then !== 'stays') await documents().update({ documentId, data });
        if (then === 'private') talk.rule(documentId, then, about_);
        else if (then !== 'stays') talk.endRule(documentId);
      }
    },
    end: async (): Promise<void> => {
      for (const { documentId } of made) await documents().delete({ documentId });
    },
  };
};

const named = (addresses: readonly string[]) => addresses.map((address) => ({ address, displayName: '' }));

/** One random conversation with Cleo in three inboxes, in the database and as the domain tells it. */
export const playWorld = async (ec: StartedRecords, one: World) => {
  const inboxes: Connected[] = [];
  for (let i = 0; i < INBOXES; i += 1) inboxes.push(await ec.connect());
  const at = (index: number): Connected => {
    const found = inboxes[index];
    if (!found) throw new Error('The world has no such inbox.');
    return found;
  };
  const cleo = `${ec.unique('cleo')}@customer.example`;
  const contact = await ec.addContact(cleo);
  const addressOf = (index: number): string => at(index).inbox.address;
  const idOf = (index: number): string => at(index).inbox.documentId;
  const talk = conversation(
    { [contact.documentId]: [cleo] },
    (address) => address !== cleo,
    Object.fromEntries(inboxes.map(({ inbox: { documentId, address } }) => [documentId, address]))
  );
  const ids: string[] = [];
  let thread = '';
  const uids = new Map<number, number>();
  const passAs = async (index: number, part: Parameters<typeof ec.pass>[1]) => {
    const uid = uids.get(index) ?? 0;
    uids.set(index, uid + 1);
    const before = uid === 0 ? null : cursor(uid);
    return ec.records.messages.recordPass(
      ec.pass(at(index), { cursorBefore: before, cursorAfter: cursor(uid + 1), ...part })
    );
  };

  const rules = playedRules(ec, talk, { cleo, idOf });

  for (const [number, { from, to, cc, bcc, recordedFrom }] of one.mails.entries()) {
    await rules.make(one.rules.filter(({ before }) => before === number));
    const isFirst = number === 0;
    const sender = isFirst ? recordedFrom : from;
    const written: Mail = {
      from: sender === null ? cleo : addressOf(sender),
      to: [...(sender === null ? [] : [cleo]), ...to.map(addressOf)],
      cc: cc.map(addressOf),
      bcc: bcc.map(addressOf),
      subject: `Subject ${number}`,
      answers: isFirst ? null : number - 1,
      writtenFrom: isFirst ? [contact.documentId] : [],
      inbox: idOf(recordedFrom),
    };
    talk.add(written);
    const message = buildMessage({
      threadDocumentId: thread,
      inboxDocumentId: idOf(recordedFrom),
      direction: sender === null ? 'incoming' : 'outgoing',
      receivedAt: new Date(Date.UTC(2026, 2, 1, 9, number)).toISOString(),
      bcc: named(written.bcc ?? []),
      participants: [],
      headers: {
        messageId: messageId(`${ec.unique('m')}@x.example`),
        from: named([written.from]),
        to: named(written.to ?? []),
        cc: named(written.cc ?? []),
        subject: `Subject ${number}`,
      },
    });
    if (isFirst) {
      const entry = await ec.queue(ec.mailFrom(at(recordedFrom), contact, message));
      thread = entry.threadDocumentId;
      ids.push(entry.messageDocumentId);
    } else {
      const { changes } = await passAs(recordedFrom, {
        logged: [{ message, location: buildLocation(number + 1) }],
      });
      ids.push(changes[0]?.messageDocumentId ?? '');
    }
  }
  for (const [i, copy] of one.copies.entries()) {
    const messageDocumentId = ids[copy.of % ids.length] ?? '';
    const location = buildLocation(100 + i);
    const sighting = { messageDocumentId, threadDocumentId: thread, location, aliases: [] };
    await passAs(copy.in, { sighted: [sighting] });
    const due = copy.isTrue ? await ec.records.copies.listDue(idOf(copy.in), 9) : [];
    for (const found of due.filter((other) => other.messageDocumentId === messageDocumentId))
      await ec.records.copies.settle(at(copy.in).fence, found, true);
    talk.sighted(copy.of % ids.length, idOf(copy.in), { isTrue: copy.isTrue });
  }
  for (const [i, chosen] of one.levels.entries()) {
    await ec.records.inboxes.change(idOf(i), () => ({ level: chosen }));
    talk.level(idOf(i), chosen);
    const here = one.here[i] ?? null;
    await ec.records.levels.choose({ threadDocumentId: thread, messageDocumentId: null }, [idOf(i)], here);
    if (here !== null) talk.levelOfConversation(idOf(i), here);
  }
  for (const { of, in: index, level: chosen } of one.alone) {
    const messageDocumentId = ids[of % ids.length] ?? '';
    await ec.records.levels.choose({ threadDocumentId: thread, messageDocumentId }, [idOf(index)], chosen);
    talk.levelOfMessage(of % ids.length, idOf(index), chosen);
  }
  await rules.change();
  const user = ec.unique('mia');
  await ec.records.levels.ask(
    { threadDocumentId: thread, inboxDocumentIds: one.granted.map(idOf), userDocumentId: user },
    new Date(),
    new Date(0)
  );
  for (const { id } of await ec.records.levels.askedBy(thread, user)) {
    await ec.records.levels.answer(id, 'granted', 'owner', new Date());
  }
  for (const i of one.granted) talk.grant(idOf(i), user);
  return { talk, ids, thread, contact, user, idOf, endRules: rules.end };
};
