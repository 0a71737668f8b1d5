import { limit } from './limit';
import { siteTokens } from './site-tokens';

export const middlewares = { limit, 'site-tokens': siteTokens };
