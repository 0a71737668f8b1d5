import { limit } from './limit';
import { override } from './override';
import { siteTokens } from './site-tokens';

export const middlewares = { limit, override, 'site-tokens': siteTokens };
