import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { addressOf, describeWith } from '../support/services';
import { splitQuoted } from '../../src/plugins/email-connect/shared/text/split-quoted';

/** Texts are the same when their words are: every run of blanks and line breaks counts as one blank, for all alike. */
const wordsOf = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** One of the libraries is an ES module, which Jest loads only on newer versions of Node: all read in a process of their own. */
const readAll = `
  import EmailReplyParser from 'email-reply-parser';
  import replyParser from 'node-email-reply-parser';
  import planer from 'planer';
  import { readFileSync } from 'node:fs';
  const texts = JSON.parse(readFileSync(0, 'utf8'));
  const readers = {
    'node-email-reply-parser': (text) => replyParser(text, true),
    'email-reply-parser': (text) => new EmailReplyParser().read(text).getVisibleText(),
    planer: (text) => planer.extractFrom(text, 'text/plain'),
  };
  const read = Object.entries(readers).map(([name, read]) => [name, texts.map(read)]);
  process.stdout.write(JSON.stringify(Object.fromEntries(read)));
`;

/** What each library, with its settings as they come, takes for the writer's words: by its name, in the order of the texts. */
const readByLibraries = (texts: string[]): Record<string, string[]> =>
  z.record(z.string(), z.array(z.string())).parse(
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', readAll], {
        cwd: path.resolve(__dirname, '..', '..'),
        input: JSON.stringify(texts),
        encoding: 'utf8',
      })
    )
  );

const filesIn = (folder: string) =>
  readdirSync(folder).map((name) => ({ name, source: readFileSync(path.join(folder, name)) }));

describeWith('corpus', 'real replies', () => {
  const folder = path.join(addressOf('corpus'), 'quoted-replies');

  it('the words of the writer are found at least as often as by the best library', () => {
    const cases = filesIn(path.join(folder, 'discourse', 'emails')).map(({ name, source }) => ({
      text: source.toString(),
      wanted: wordsOf(readFileSync(path.join(folder, 'discourse', 'trimmed', name), 'utf8')),
    }));
    const texts = cases.map(({ text }) => text);
    const read = { 'Email Connect': texts.map((text) => splitQuoted(text).fresh), ...readByLibraries(texts) };
    const counts = Object.entries(read).map(([name, fresh]) => ({
      name,
      exact: fresh.filter((text, index) => wordsOf(text) === cases[index]?.wanted).length,
    }));
    console.info(
      `${cases.length} replies, exact:`,
      counts.map(({ name, exact }) => `${name} ${exact}`)
    );
    const [ours, ...others] = counts.map(({ exact }) => exact);
    expect(cases.length).toBeGreaterThan(30);
    expect(others).toHaveLength(3);
    expect(others).not.toContain(0);
    expect(ours).toBeGreaterThanOrEqual(Math.max(...others));
    expect(ours).toBeGreaterThanOrEqual(cases.length - 1);
  });

  it('no word is lost between what was written and what was quoted', () => {
    for (const { source } of filesIn(path.join(folder, 'discourse', 'emails'))) {
      const text = source.toString();
      const { fresh, quoted } = splitQuoted(text);
      expect(sortedWords(`${fresh}\n${quoted}`)).toEqual(sortedWords(text));
    }
  });

  it('replies as fourteen mail programs write them are parted after the first word', async () => {
    const replies = filesIn(path.join(folder, 'talon', 'text'));
    const fresh: string[] = [];
    for (const { source } of replies) {
      expect(() => splitQuoted(source.toString())).not.toThrow();
      fresh.push(splitQuoted((await simpleParser(source)).text ?? '').fresh);
    }
    expect(replies).toHaveLength(14);
    // Two of the files are nothing but a signature.
    expect(fresh.filter((text) => text === 'Hello')).toHaveLength(12);
  });
});

const sortedWords = (text: string): string[] => text.split(/\s+/).filter(Boolean).sort();
