// How often something may be done.
export { assertWithinLimit } from './assert-within-limit';
export { AtOnce } from './at-once';
