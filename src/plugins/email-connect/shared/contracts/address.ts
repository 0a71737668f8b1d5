import { z } from 'zod';

export const address = z.object({ address: z.string(), displayName: z.string() });
export type NamedAddress = z.infer<typeof address>;
