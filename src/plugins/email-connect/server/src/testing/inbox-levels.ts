import type { Holding } from '../domain/access/holding';
import type { Level } from '../domain/access/level';
import type { SeenHolding } from '../domain/access/sight';
import type { RuledLevel } from '../domain/logging/rule-action';
import { ruleMatchesOf } from '../domain/logging/rule-matches';
import type { MailToMeet, RuleMatch } from '../domain/logging/rule-matches';
import type { LoggingRule } from '../domain/logging/verdict';

/** The team's inboxes in memory, by their documentIds, and what their owners chose. */
export const inboxLevels = (inboxes: Readonly<Record<string, string>>) => {
  const connected = new Set(Object.keys(inboxes));
  const levelOf = new Map<string, Level>();
  const levelHere = new Map<string, Level>();
  const levelAlone = new Map<readonly Holding[], Map<string, Level>>();
  const granted = new Set<string>();
  const rules = new Map<string, LoggingRule & { level: RuledLevel }>();
  const met = new Map<readonly Holding[], RuleMatch[]>();
  const ruled = (holdings: readonly Holding[], inbox: string): Level[] =>
    (met.get(holdings) ?? [])
      .filter(({ inboxDocumentId }) => inboxDocumentId === inbox)
      .flatMap(({ ruleDocumentId }) => rules.get(ruleDocumentId)?.level ?? []);
  return {
    inboxAt: (address: string): string | null =>
      [...connected].find((inbox) => inboxes[inbox] === address) ?? null,
    /** As they count for somebody. */
    seen: (holdings: readonly Holding[], by: string): SeenHolding[] =>
      holdings.map((holding) => ({
        ...holding,
        levels: [
          ...[levelOf, levelHere, levelAlone.get(holdings)].flatMap(
            (chosen) => chosen?.get(holding.inboxDocumentId) ?? []
          ),
          ...ruled(holdings, holding.inboxDocumentId),
        ],
        isGranted: granted.has(`${holding.inboxDocumentId} ${by}`),
        isHidden: [
          levelAlone.get(holdings)?.get(holding.inboxDocumentId),
          ...ruled(holdings, holding.inboxDocumentId),
        ].includes('private'),
      })),
    /** Once a message is kept. */
    meetRules: (holdings: readonly Holding[], mail: MailToMeet): void =>
      void met.set(holdings, ruleMatchesOf([...rules.values()], mail, holdings)),
    /** A level for one message. */
    choose: (holdings: readonly Holding[], inbox: string, level: Level): void =>
      void levelAlone.set(holdings, new Map(levelAlone.get(holdings)).set(inbox, level)),
    /** A copy of a message with these people on it lies in the inbox, too; `isTrue`: it was compared, and says the same. */
    sighted: (holdings: Holding[], named: readonly string[], inbox: string, isTrue: boolean): void => {
      if (!isTrue && !named.includes(inboxes[inbox] ?? '')) return;
      const holding = holdings.find(({ inboxDocumentId }) => inboxDocumentId === inbox);
      if (holding) holding.holds = true;
      else holdings.push({ inboxDocumentId: inbox, holds: true, decides: false });
    },
    verbs: {
      connect: (inbox: string): void => void connected.add(inbox),
      notYet: (inbox: string): void => void connected.delete(inbox),
      level: (inbox: string, level: Level): void => void levelOf.set(inbox, level),
      levelOfConversation: (inbox: string, level: Level): void => void levelHere.set(inbox, level),
      rule: (documentId: string, level: RuledLevel, rule: Omit<LoggingRule, 'documentId'>): void =>
        void rules.set(documentId, { documentId, level, ...rule }),
      /** It is deleted, or switched off. */
      endRule: (documentId: string): void => void rules.delete(documentId),
      grant: (inbox: string, name: string): void => void granted.add(`${inbox} ${name}`),
    },
  };
};
