import { z } from 'zod';
import { contactRef } from './contact-ref';

/** An address of a record whose mail others do not see there until somebody confirms it. */
export const unconfirmedAddress = contactRef.extend({ name: z.string(), address: z.string() });
export type UnconfirmedAddress = z.infer<typeof unconfirmedAddress>;

/** In the order in which they were written. `total` counts all of them. */
export const unconfirmedAddressPage = z.object({
  addresses: z.array(unconfirmedAddress),
  total: z.number(),
});
export type UnconfirmedAddressPage = z.infer<typeof unconfirmedAddressPage>;
