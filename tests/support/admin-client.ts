import { z } from 'zod';
import { connectionTestLine } from '../../src/plugins/email-connect/shared/contracts/connection-test';
import type {
  ConnectionStepAnswer,
  ConnectionTestRequest,
} from '../../src/plugins/email-connect/shared/contracts/connection-test';
import type { ToldFailure } from '../../src/plugins/email-connect/shared/contracts/failure';

const refusal = z.object({
  error: z.object({
    message: z.string(),
    details: z.object({ code: z.string(), nextStep: z.string(), detail: z.string() }),
  }),
});

/** What a person would see of a refused request. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  nextStep: string;
  detail: string;
}

export interface ConnectionTestAnswer {
  passed: boolean;
  steps: ConnectionStepAnswer[];
  /** Those that failed, by name. */
  failed: Record<string, NonNullable<ConnectionStepAnswer['error']>>;
  /** Why it did not pass, when no step says so. */
  failure: ToldFailure | null;
}

/** The admin routes as raw answers, for tests of what is refused. */
export interface AdminClient {
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Fails when the call succeeds, or is refused in any form but ours. */
  refused(method: string, path: string, body?: unknown): Promise<Refusal>;
  testConnection(form: ConnectionTestRequest): Promise<ConnectionTestAnswer>;
}

/** A client of `url` for an admin who is logged in with `token`. */
export const adminClient = (url: string, token: string): AdminClient => {
  const call: AdminClient['call'] = (method, path, body) => {
    const isJson = body !== undefined && !(body instanceof FormData) && typeof body !== 'string';
    return fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isJson ? { 'content-type': 'application/json' } : {}),
      },
      body: isJson ? JSON.stringify(body) : body,
    });
  };
  return {
    call,
    refused: async (method, path, body) => {
      const response = await call(method, path, body);
      const text = await response.text();
      const parsed = refusal.safeParse(parseJson(text));
      if (!parsed.success) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      const { message, details } = parsed.data.error;
      return { status: response.status, message, ...details };
    },
    testConnection: async (form) => {
      const response = await call('POST', '/email-connect/connection-tests', form);
      const text = await response.text();
      if (!response.ok) throw new Error(`The connection test answered ${response.status}: ${text}`);
      const lines = text
        .trim()
        .split('\n')
        .map((line) => connectionTestLine.parse(JSON.parse(line)));
      const steps = lines.flatMap((line) => ('step' in line ? [line.step] : []));
      const results = lines.flatMap((line) => ('result' in line ? [line.result] : []));
      return {
        passed: results.at(-1)?.passed ?? false,
        failure: results.at(-1)?.failure ?? null,
        steps,
        failed: Object.fromEntries(steps.flatMap(({ name, error }) => (error ? [[name, error]] : []))),
      };
    },
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
