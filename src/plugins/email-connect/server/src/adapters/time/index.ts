export { createClock } from './clock';
export { createRandom } from './random';
