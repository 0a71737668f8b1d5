import type { Arguments } from '../arguments';
import type { ImapCommand, Invocation } from '../imap-session';
import { bad } from '../imap-refusal';
import { parseSearch } from '../search';
import { formatSequenceSet } from '../sequence-set';

type Result = 'MIN' | 'MAX' | 'ALL' | 'COUNT';

const isResult = (word: string): word is Result => ['MIN', 'MAX', 'ALL', 'COUNT'].includes(word);

/** RETURN (...) of RFC 4731; undefined without one. `RETURN ()` means ALL. */
const readReturn = (args: Arguments): Result[] | undefined => {
  if (!args.skipWord('RETURN')) return undefined;
  const words = args.list().rest((rest) => rest.word());
  const results = words.filter(isResult);
  if (results.length !== words.length) throw bad('Unknown return option');
  return results.length === 0 ? ['ALL'] : results;
};

const formatEsearch = (
  found: readonly number[],
  results: readonly Result[],
  { tag, byUid }: Invocation
): string => {
  const values: Record<Result, string | undefined> = {
    MIN: found[0]?.toString(),
    MAX: found.at(-1)?.toString(),
    ALL: found.length > 0 ? formatSequenceSet(found) : undefined,
    COUNT: String(found.length),
  };
  const parts = results.flatMap((result) =>
    values[result] === undefined ? [] : [`${result} ${values[result]}`]
  );
  return [`ESEARCH (TAG "${tag}")`, ...(byUid ? ['UID'] : []), ...parts].join(' ');
};

export const search: ImapCommand = {
  names: ['SEARCH', 'UID SEARCH'],
  needs: 'selected folder',
  keepsNumbers: true,
  async run(session, args, invocation) {
    const selected = session.opened();
    const results = readReturn(args);
    if (results && !session.has('ESEARCH')) throw bad('ESEARCH is not offered');
    const matches = parseSearch(args, { exists: selected.exists, lastUid: selected.lastUid });
    const found = selected
      .all()
      .filter(({ message, number }) => matches(message, number))
      .map(({ message, number }) => (invocation.byUid ? message.uid : number));
    await session.untagged(
      results ? formatEsearch(found, results, invocation) : ['SEARCH', ...found].join(' ')
    );
    return 'Done';
  },
};
