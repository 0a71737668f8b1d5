import { describeWith } from '../support/services';
import { addressesTests } from './story/addresses';
import { composerTests } from './story/composer';
import { connectingTests } from './story/connecting';
import { conversationTests } from './story/conversation';
import { inboxTests } from './story/inbox';
import { leavingTests } from './story/leaving';
import { levelsTests } from './story/levels';
import { levelsAtConnectTests } from './story/levels-connect';
import { brokenRules } from './story/picture';
import { longConversationTests } from './story/long-conversation';
import { ownershipTests } from './story/ownership';
import { rulesTests } from './story/rules';
import { sendingTests } from './story/sending';
import { startStage } from './story/stage';
import type { Stage } from './story/stage';
import { strangersTests } from './story/strangers';
import { unloggedTests } from './story/unlogged';

/** One story in one browser: each test goes on where the one before it ended. */
describeWith('chromium', 'Email Connect in the browser', () => {
  let started: Stage | undefined;
  const stage = (): Stage => {
    if (!started) throw new Error('The stage did not start.');
    return started;
  };

  beforeAll(async () => {
    started = await startStage();
  }, 150_000);

  afterAll(async () => {
    await started?.end();
  }, 30_000);

  describe('connecting', () => connectingTests(stage));
  describe('a conversation', () => conversationTests(stage));
  describe('the composer', () => composerTests(stage));
  describe('the inbox', () => inboxTests(stage));
  describe('rules', () => rulesTests(stage));
  describe('mail that is not logged', () => unloggedTests(stage));
  describe('mail that does not go out at once', () => sendingTests(stage));
  describe('a long conversation', () => longConversationTests(stage));
  describe('addresses to confirm', () => addressesTests(stage));
  describe('whose an inbox is', () => ownershipTests(stage));
  describe('contacts that go', () => leavingTests(stage));
  describe('levels', () => levelsTests(stage));
  describe('a stranger', () => strangersTests(stage));
  describe('levels of a new inbox', () => levelsAtConnectTests(stage));

  test('nothing went wrong in the page, nor in the mail servers', () => {
    expect(stage().browser.complaints).toEqual([]);
    expect(stage().mail.unexpectedErrors).toEqual([]);
  });

  test('WCAG 2.1 AA: axe finds nothing on any page and dialog that was pictured', () => {
    expect(brokenRules).toEqual([]);
  });
});
