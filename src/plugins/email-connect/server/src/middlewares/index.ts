import { limit } from './limit';

export const middlewares = { limit };
