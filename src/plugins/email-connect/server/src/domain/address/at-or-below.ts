import { asciiDomain } from './address';

/** Whether `name`, in lower-case A-labels, is a domain or stands below it. An empty domain has nothing below it. */
export const isAtOrBelow = (name: string, domain: string): boolean => {
  const above = asciiDomain(domain.trim());
  return above !== '' && (name === above || name.endsWith(`.${above}`));
};
