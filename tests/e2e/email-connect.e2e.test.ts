import { describeWith } from '../support/services';
import { addressesTests } from './story/addresses';
import { composerTests } from './story/composer';
import { connectingTests } from './story/connecting';
import { conversationTests } from './story/conversation';
import { inboxTests } from './story/inbox';
import { longConversationTests } from './story/long-conversation';
import { rulesTests } from './story/rules';
import { sendingTests } from './story/sending';
import { startStage } from './story/stage';
import type { Stage } from './story/stage';
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

  test('nothing went wrong in the page, nor in the mail servers', () => {
    expect(stage().browser.complaints).toEqual([]);
    expect(stage().mail.unexpectedErrors).toEqual([]);
  });
});
