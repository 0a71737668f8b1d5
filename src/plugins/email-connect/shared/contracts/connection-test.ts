import { z } from 'zod';
import { toldFailure } from './failure';
import { inboxForm } from './inbox';

/** `inboxDocumentId`: test an edit of this inbox; its stored passwords stand in for empty ones. */
export const connectionTestRequest = inboxForm.extend({ inboxDocumentId: z.string().max(64).nullable() });
export type ConnectionTestRequest = z.infer<typeof connectionTestRequest>;

export const connectionStepName = z.enum([
  'imap-reach',
  'imap-tls',
  'imap-login',
  'imap-folders',
  'smtp-reach',
  'smtp-tls',
  'smtp-login',
]);

export const connectionStep = z.object({
  name: connectionStepName,
  state: z.enum(['running', 'passed', 'failed']),
  finding: z.string(),
  error: toldFailure.nullable(),
});
export type ConnectionStepAnswer = z.infer<typeof connectionStep>;

export const connectionTestResult = z.object({
  passed: z.boolean(),
  folders: z.array(
    z.object({ folderPath: z.string(), specialUse: z.string().nullable(), watched: z.boolean() })
  ),
  sentCopy: z.enum(['append', 'server', 'none']),
  sentFolderPath: z.string().nullable(),
  /** Why the test did not pass, if no step says so. */
  failure: toldFailure.nullable(),
});
export type ConnectionTestResult = z.infer<typeof connectionTestResult>;

/** The answer is a stream, one JSON value a line: steps as they happen, then one result. */
export const connectionTestLine = z.union([
  z.object({ step: connectionStep }),
  z.object({ result: connectionTestResult }),
]);
export type ConnectionTestLine = z.infer<typeof connectionTestLine>;
