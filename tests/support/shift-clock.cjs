// Loaded into a Strapi process by --require: its clock on the wall is wrong by the milliseconds in the file that
// SHIFT_CLOCK names, which may change. Its steady clock is right, as that of a machine whose time somebody sets.
const { readFileSync } = require('node:fs');

const RealDate = Date;
const realNow = Date.now;
let shiftMs = 0;
let readAt = -Infinity;

const now = () => {
  if (performance.now() - readAt > 100) {
    readAt = performance.now();
    shiftMs = Number(readFileSync(process.env.SHIFT_CLOCK, 'utf8')) || 0;
  }
  return realNow() + shiftMs;
};

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => new target(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
