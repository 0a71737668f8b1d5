import type { Origin } from '../message/message';

const onPurpose: ReadonlySet<Origin> = new Set<Origin>(['crm', 'log-address', 'by-hand']);

/** Whether mail of this origin goes into a muted thread too: it was written here, or somebody wanted it logged. */
export const overridesMute = ({ origin }: { origin: Origin }): boolean => onPurpose.has(origin);
