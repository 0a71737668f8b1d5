import { z } from 'zod';

/** ISO: a day (`2026-03-01`, its beginning in UTC) or a time with its offset. */
export const dayOrTime = z.iso.date().or(z.iso.datetime({ offset: true }));
