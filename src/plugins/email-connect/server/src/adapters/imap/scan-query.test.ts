import { matchedRule } from '../../domain/logging/matched-rule';
import { Question } from '../../domain/logging/question';
import { candidateWith, contextWith, factsWith } from '../../testing/fakes/build-mail';
import { fallbackQueries } from './scan-query';

const secret = { address: 'secret@law.test', displayName: '' };
const rule = { documentId: 'R', field: 'address', pattern: secret.address, inboxDocumentId: null } as const;

test.each([
  ['from', { from: [secret] }],
  ['sender', { sender: [secret] }],
  ['reply-to', { replyTo: [secret] }],
  ['to', { to: [secret] }],
  ['cc', { cc: [secret] }],
])(
  'S19: a message that came with fewer fields still has %s, which a never-log rule matches',
  (name, headers) => {
    expect(
      matchedRule(new Question(candidateWith(headers), factsWith({ rules: [rule] }), contextWith()))
    ).toBe(rule);
    for (const { headers: asked } of fallbackQueries)
      expect(asked === true || (Array.isArray(asked) && asked.includes(name))).toBe(true);
  }
);
