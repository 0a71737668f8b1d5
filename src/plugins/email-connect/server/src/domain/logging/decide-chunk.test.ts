import { factsWith, headersWith, id } from '../../testing/messages';
import type { Verdict } from './verdict';
import { decideChunk } from './decide-chunk';

const context = { inboxDocumentId: 'I', inboxAddress: 'us@crm.test', folderUse: 'inbox' as const };

/** `id` or `id answered`. */
const mail = (text: string) => {
  const [messageId = '', answered] = text.split(' ');
  return headersWith({ messageId: id(messageId), inReplyTo: answered ? [id(answered)] : [] });
};

const kinds = (verdicts: Verdict[]) => verdicts.map((verdict) => verdict.kind);

describe('the verdicts of a chunk', () => {
  test.each<[string, string[], Verdict['kind'][]]>([
    ['a stranger alone', ['a@x'], ['ignore']],
    ['P5: parent, then child', ['a@x sent.1@crm.test', 'b@x a@x'], ['log', 'log']],
    ['P5: child before its parent', ['b@x a@x', 'a@x sent.1@crm.test'], ['log', 'log']],
    [
      'P5: three generations, backwards',
      ['c@x b@x', 'b@x a@x', 'a@x sent.1@crm.test'],
      ['log', 'log', 'log'],
    ],
    ['two strangers who answer each other', ['a@x b@x', 'b@x a@x'], ['ignore', 'ignore']],
    ['the same mail twice: the record tells', ['a@x sent.1@crm.test', 'a@x sent.1@crm.test'], ['log', 'log']],
  ])('%s', (_, mails, expected) => {
    expect(kinds(decideChunk(mails.map(mail), factsWith(), context))).toEqual(expected);
  });

  test('S22: whoever a contact brings in may be answered in the same chunk', () => {
    const answer = headersWith({
      messageId: id('b@crm.test'),
      inReplyTo: [id('a@x')],
      from: [{ address: 'us@crm.test', displayName: '' }],
      to: [{ address: 'assistant@customer.test', displayName: '' }],
    });
    const introduction = headersWith({
      messageId: id('a@x'),
      inReplyTo: [id('sent.1@crm.test')],
      cc: [{ address: 'assistant@customer.test', displayName: '' }],
    });
    expect(kinds(decideChunk([answer, introduction], factsWith(), context))).toEqual(['log', 'log']);
    expect(
      kinds(decideChunk([{ ...answer, inReplyTo: [id('sent.1@crm.test')] }], factsWith(), context))
    ).toEqual(['ignore']);
  });
});
